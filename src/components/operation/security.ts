import type { SecurityAlternative, SecurityScheme } from '../../model/operation.ts'

/** A piece of a sentence; a scope is set apart. */
export interface SecurityPhrase {
  text: string
  scope: boolean
  /** Name of the scheme that it speaks of. */
  scheme?: string
}

/**
 * What is said where a call asks for no credential.
 *
 * @param stated The document says so; one that is silent may still mean an API that asks for some.
 */
export function noCredential(stated: boolean): string {
  return stated
    ? 'Open to everyone: no credential needed.'
    : 'Its description names no credential for this call.'
}

/**
 * All ways to be let in, in words. Where two schemes would be called the same, each bears its name.
 */
export function describeAlternatives(
  alternatives: readonly SecurityAlternative[],
): SecurityPhrase[][] {
  const described = alternatives.map(describeAlternative)
  const schemes = Map.groupBy(described.flat(), ({ text }) => text)
  return described.map((phrases) =>
    phrases.map((phrase) => {
      const { text, scheme, scope } = phrase
      if (scheme === undefined || scope) return phrase
      const others = schemes.get(text)?.some((other) => other.scheme !== scheme)
      return others ? { ...phrase, text: `${text} (${scheme})` } : phrase
    }),
  )
}

/** One way to be let in, in words: its schemes joined by "with", its scopes set apart. */
export function describeAlternative(alternative: SecurityAlternative): SecurityPhrase[] {
  return alternative.flatMap((scheme, index) => [
    ...(index > 0 ? [{ text: ' with ', scope: false }] : []),
    ...describeScheme(scheme),
  ])
}

function describeScheme(scheme: SecurityScheme): SecurityPhrase[] {
  // What the document does not describe has no place to lead to.
  const described = isDescribed(scheme) ? { scheme: scheme.name } : {}
  if (scheme.scopes.length > 0) {
    return scheme.scopes.flatMap(({ name }, index) => [
      ...(index > 0 ? [{ text: ' and ', scope: false }] : []),
      { text: name, scope: true, ...described },
    ])
  }
  return [{ text: schemeInWords(scheme), scope: false, ...described }]
}

function isDescribed({ type, httpScheme }: Pick<SecurityScheme, 'type' | 'httpScheme'>): boolean {
  return type !== 'http' || (httpScheme ?? '') !== ''
}

/** Kind of credential, as the end of "needs …". */
export function schemeInWords({
  type,
  httpScheme = '',
  parameterName,
  in: place,
}: Pick<SecurityScheme, 'type' | 'httpScheme' | 'parameterName' | 'in'>): string {
  switch (type) {
    case 'apiKey':
      return place === 'header' || !parameterName
        ? 'an API key'
        : `an API key in the ${place} parameter ${parameterName}`
    case 'http':
      if (httpScheme.toLowerCase() === 'bearer') return 'a bearer token'
      if (httpScheme.toLowerCase() === 'basic') return 'a user name and password'
      if (httpScheme === '') return 'a credential that the document does not describe'
      if (httpScheme === '') return 'a credential that the document does not describe'
      return `HTTP ${httpScheme} authentication`
    case 'oauth2':
    case 'openIdConnect':
      return 'an access token'
    case 'mutualTLS':
      return 'a client certificate'
  }
}
