import type { SecurityAlternative, SecurityScheme } from '../../model/operation.ts'

/** A piece of a sentence; a scope is set apart. */
export interface SecurityPhrase {
  text: string
  scope: boolean
}

/** One way to be let in, in words: its schemes joined by "with", its scopes set apart. */
export function describeAlternative(alternative: SecurityAlternative): SecurityPhrase[] {
  return alternative.flatMap((scheme, index) => [
    ...(index > 0 ? [{ text: ' with ', scope: false }] : []),
    ...describeScheme(scheme),
  ])
}

function describeScheme(scheme: SecurityScheme): SecurityPhrase[] {
  if (scheme.scopes.length > 0) {
    return scheme.scopes.flatMap(({ name }, index) => [
      ...(index > 0 ? [{ text: ' and ', scope: false }] : []),
      { text: name, scope: true },
    ])
  }
  return [{ text: schemeInWords(scheme), scope: false }]
}

function schemeInWords({
  type,
  httpScheme = '',
  parameterName,
  in: place,
}: SecurityScheme): string {
  switch (type) {
    case 'apiKey':
      return place === 'header' || !parameterName
        ? 'an API key'
        : `an API key in the ${place} parameter ${parameterName}`
    case 'http':
      if (httpScheme.toLowerCase() === 'bearer') return 'a bearer token'
      if (httpScheme.toLowerCase() === 'basic') return 'a user name and password'
      return `HTTP ${httpScheme} authentication`
    case 'oauth2':
    case 'openIdConnect':
      return 'an access token'
    case 'mutualTLS':
      return 'a client certificate'
  }
}
