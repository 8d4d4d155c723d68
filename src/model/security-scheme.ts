import { child, isObject, type JsonObject } from '../document/index.ts'
import { listOf, text } from './field.ts'
import type { Scope, SecurityScheme, SecuritySchemeDescription } from './operation.ts'
import { resolved } from './parameter.ts'
import type { Schemas } from './settled-schema.ts'
import { kebabCase, shortHash } from './slug.ts'

/** Where a security scheme stands on the front page of the reference. */
export function schemeAnchor(name: string): string {
  return `auth-${kebabCase(name) || shortHash(name)}`
}

/** The security schemes of a document, with all that a client must know. */
export function describeSchemes(schemas: Schemas): SecuritySchemeDescription[] {
  const components = child(child(schemas.document.json, 'components'), 'securitySchemes')
  const taken = new Set<string>()
  return Object.entries(isObject(components) ? components : {}).map(([name, entry]) => {
    const raw = resolved(entry, schemas)
    let anchor = schemeAnchor(name)
    if (taken.has(anchor)) anchor = `${anchor}-${shortHash(name)}`
    taken.add(anchor)
    return {
      name,
      type: text(raw.type) as SecurityScheme['type'],
      description: text(raw.description),
      deprecated: raw.deprecated === true,
      facts: factsOf(raw),
      flows: flowsOf(raw),
      anchor,
    }
  })
}

function factsOf(raw: JsonObject): SecuritySchemeDescription['facts'] {
  return [
    { label: raw.in === 'header' ? 'Header' : `In the ${text(raw.in)}`, value: text(raw.name) },
    { label: 'Scheme', value: text(raw.scheme) },
    { label: 'Format', value: text(raw.bearerFormat) },
    { label: 'Discovery', value: text(raw.openIdConnectUrl) },
    { label: 'Metadata', value: text(raw.oauth2MetadataUrl) },
  ].filter(({ value }) => value !== '')
}

const flowNames: Readonly<Record<string, string>> = {
  authorizationCode: 'Authorization code',
  clientCredentials: 'Client credentials',
  deviceAuthorization: 'Device',
  implicit: 'Implicit',
  password: 'Password',
}

function flowsOf(raw: JsonObject): SecuritySchemeDescription['flows'] {
  const dangerous = new Set(listOf(raw['x-dangerous-scopes']).map(String))
  return Object.entries(isObject(raw.flows) ? raw.flows : {}).flatMap(([key, flow]) => {
    if (!isObject(flow)) return []
    const scopes = Object.entries(isObject(flow.scopes) ? flow.scopes : {}).map(
      ([name, description]): Scope => ({
        name,
        description: text(description),
        dangerous: dangerous.has(name),
      }),
    )
    const facts = [
      { label: 'Authorization', value: text(flow.authorizationUrl) },
      { label: 'Device', value: text(flow.deviceAuthorizationUrl) },
      { label: 'Token', value: text(flow.tokenUrl) },
      { label: 'Refresh', value: text(flow.refreshUrl) },
    ].filter(({ value }) => value !== '')
    return [{ name: flowNames[key] ?? key, facts, scopes }]
  })
}
