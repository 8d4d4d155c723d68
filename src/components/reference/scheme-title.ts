import type { SecuritySchemeDescription } from '../../model/operation.ts'

const titles: Readonly<Record<SecuritySchemeDescription['type'], string>> = {
  oauth2: 'OAuth 2',
  openIdConnect: 'OpenID Connect',
  apiKey: 'API key',
  http: 'HTTP authentication',
  mutualTLS: 'Client certificate (mutual TLS)',
}

/** What kind of scheme it is. A document may name one that nobody knows. */
export function schemeTitle({ type }: Pick<SecuritySchemeDescription, 'type'>): string {
  return Object.hasOwn(titles, type) ? titles[type] : type
}
