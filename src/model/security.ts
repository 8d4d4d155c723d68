import { child, isObject, type JsonObject } from '../document/index.ts'
import { listOf, text } from './field.ts'
import type { Scope, SecurityAlternative, SecurityScheme, SnippetCredential } from './operation.ts'
import { resolved } from './parameter.ts'
import type { Schemas } from './settled-schema.ts'

/** The security schemes of a document. */
export class SecuritySchemes {
  readonly #schemas: Schemas
  readonly #raw = new Map<string, JsonObject>()
  readonly #scopes = new Map<string, Map<string, Scope>>()
  /** Start of the names of variables, e.g. `STREAMLOOP`. */
  readonly #variable: string

  constructor(schemas: Schemas, title: string) {
    this.#schemas = schemas
    this.#variable = variablePrefix(title)
    const components = child(child(schemas.document.json, 'components'), 'securitySchemes')
    if (!isObject(components)) return
    for (const [name, entry] of Object.entries(components)) {
      const raw = resolved(entry, schemas)
      this.#raw.set(name, raw)
      this.#scopes.set(name, scopesOf(raw))
    }
  }

  /**
   * @param requirement `security` of the operation, or of the document without one.
   * @param steps Where it stands, for errors.
   * @param operation Steps of the operation whose own it is.
   * @throws {DocumentError} `security_unknown`.
   */
  alternatives(
    requirement: unknown,
    steps: readonly string[],
    operation?: readonly string[],
  ): SecurityAlternative[] {
    return listOf(requirement).map((entry, index) =>
      Object.entries(isObject(entry) ? entry : {}).map(([name, scopes]) =>
        this.#scheme(name, listOf(scopes).map(String), [...steps, String(index), name], operation),
      ),
    )
  }

  /** Every scope that is asked for, in the order the schemes list them. */
  asked(alternatives: Iterable<SecurityAlternative>): Scope[] {
    const asked = new Map<string, Scope>()
    for (const alternative of alternatives) {
      for (const { scopes } of alternative) {
        for (const scope of scopes) asked.set(scope.name, scope)
      }
    }
    const declared = [...this.#scopes.values()].flatMap((scopes) => [...scopes.keys()])
    return [...new Set([...declared, ...asked.keys()])].flatMap((name) => asked.get(name) ?? [])
  }

  /** What a snippet may carry for these alternatives, the API key first. */
  credentials(alternatives: readonly SecurityAlternative[]): SnippetCredential[] {
    // The first alternative is the one meant: where it is empty, so is the snippet.
    if (alternatives[0]?.length === 0) return []
    const byKind = new Map<SnippetCredential['kind'], SnippetCredential>()
    for (const scheme of alternatives.flat()) {
      const credential = this.#credential(scheme)
      if (credential && !byKind.has(credential.kind)) byKind.set(credential.kind, credential)
    }
    return (['apiKey', 'bearer'] as const).flatMap((kind) => byKind.get(kind) ?? [])
  }

  #scheme(
    name: string,
    scopes: readonly string[],
    steps: readonly string[],
    operation?: readonly string[],
  ): SecurityScheme {
    const raw = this.#raw.get(name) ?? undefinedScheme
    if (raw === undefinedScheme) {
      this.#schemas.document.refuse(
        'security_unknown',
        steps,
        `No security scheme is called "${name}".`,
        'Define it in components.securitySchemes, or correct the name.',
        operation,
      )
    }
    const known = this.#scopes.get(name)
    const scheme: SecurityScheme = {
      name,
      type: raw.type as SecurityScheme['type'],
      scopes: scopes.map(
        (scope) => known?.get(scope) ?? { name: scope, description: '', dangerous: false },
      ),
      description: text(raw.description),
    }
    if (typeof raw.name === 'string') scheme.parameterName = raw.name
    if (raw.in === 'header' || raw.in === 'query' || raw.in === 'cookie') scheme.in = raw.in
    if (typeof raw.scheme === 'string') scheme.httpScheme = raw.scheme.toLowerCase()
    return scheme
  }

  #credential(scheme: SecurityScheme): SnippetCredential | undefined {
    if (scheme.type === 'apiKey' && scheme.in === 'header' && scheme.parameterName) {
      return {
        kind: 'apiKey',
        header: scheme.parameterName,
        prefix: '',
        variable: `${this.#variable}API_KEY`,
      }
    }
    const isBearer = scheme.type === 'http' && scheme.httpScheme === 'bearer'
    if (isBearer || scheme.type === 'oauth2' || scheme.type === 'openIdConnect') {
      return {
        kind: 'bearer',
        header: 'Authorization',
        prefix: 'Bearer ',
        variable: `${this.#variable}TOKEN`,
      }
    }
    return undefined
  }
}

/** Stands for a scheme that the document names and does not define. */
const undefinedScheme: JsonObject = {
  type: 'http',
  description: 'The document does not define it.',
}

function scopesOf(raw: JsonObject): Map<string, Scope> {
  const dangerous = new Set(listOf(raw['x-dangerous-scopes']).map(String))
  const scopes = new Map<string, Scope>()
  for (const flow of Object.values(isObject(raw.flows) ? raw.flows : {})) {
    const listed = child(flow, 'scopes')
    for (const [name, description] of Object.entries(isObject(listed) ? listed : {})) {
      scopes.set(name, { name, description: text(description), dangerous: dangerous.has(name) })
    }
  }
  return scopes
}

/** `Streamloop API` → `STREAMLOOP_`: what a shell variable may begin with. */
function variablePrefix(title: string): string {
  const words = title
    .replace(/\s+api\s*$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 40)
  return words === '' ? '' : `${words}_`
}
