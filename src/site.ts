/**
 * Names, origins and environments: the one place that spells them (besides `openapi/` and
 * `content/`, the one place that knows Streamloop). Read by Node alone: the browser gets what it
 * needs from the built pages.
 */

/** A running API, its authorization server and its MCP server, which the reader can pick. */
export interface Environment {
  /** Shown in the picker; also its identity in stored choices. */
  name: string
  /** Origin of the API: scheme, host and port, without a path. */
  api: string
  /** Issuer identifier of the authorization server, compared as an exact string (RFC 8414, 2). */
  issuer?: string
  /** Resource identifier of the API (RFC 8707, 2), sent with every authorization. */
  resource?: string
  /** Address of the MCP server. */
  mcp?: string
}

export interface Site {
  title: string
  description: string
  /** Origin and base path of the docs, without a trailing slash. */
  url: string
  /** Origin of the docs: scheme, host and port. */
  origin: string
  /** Base path: `/` or e.g. `/docs` without a trailing slash. */
  base: string
  /** The first one is printed in snippets, guides and Markdown twins. Empty for a foreign document. */
  environments: readonly Environment[]
  /** Path of the root OpenAPI file, relative to the working directory or absolute. */
  openApiDocument: string
  /** Pages of a broken document say what is missing from them; otherwise it is refused. */
  lenient: boolean
  /** The GraphQL API beside the REST one, where there is one. */
  graphql?: GraphqlSite
  /** Page that says how to connect the MCP server, below the base. */
  mcpGuide?: string
  /** Where an earlier site had its reference, an operation in `/<tag>/<slug>` below; it leads on. */
  formerReference?: string
  /** True when `OPENAPI_DOCUMENT` names someone else's document: Streamloop's guides stay out. */
  foreignDocument: boolean
  /** Path of the guide that gets a token in a terminal; it is one of Streamloop's. */
  tokenGuide?: string
  ports: Ports
}

export interface GraphqlSite {
  /** Path of the schema in GraphQL's definition language, as `openApiDocument`. */
  schema: string
  /** Path of the endpoint at the API's origin. */
  path: string
}

/** TCP ports of the local servers. */
export interface Ports {
  docs: number
  auth: number
  api: number
  mcp: number
}

/** An environment variable holds something that cannot be used. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
  readonly code = 'setting_invalid'
  readonly variable: string

  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`)
    this.variable = variable
  }
}

const production: Environment = {
  name: 'Production',
  api: 'https://api.streamloop.app',
  issuer: 'https://auth.streamloop.app',
  resource: 'https://api.streamloop.app',
  mcp: 'https://mcp.streamloop.app/mcp',
}

/**
 * The local sandbox as the browser reaches it.
 *
 * @param ports Ports of its three listeners.
 */
export function sandboxEnvironment(ports: Ports): Environment {
  const api = `http://localhost:${ports.api}`
  return {
    name: 'Sandbox',
    api,
    issuer: `http://localhost:${ports.auth}`,
    resource: api,
    mcp: `http://localhost:${ports.mcp}/mcp`,
  }
}

/**
 * Settles the site from environment variables:
 * `DOCS_TARGET` (`production`, the default, or `local`), `WITH_SANDBOX=1` (adds the sandbox to a
 * production build), `SITE_URL`, `OPENAPI_DOCUMENT`, `DOCS_ENVIRONMENTS` (`Name=origin` pairs,
 * separated by commas, in the place of all others), `LENIENT=1`, `GRAPHQL_SCHEMA`, `DOCS_PORT`, `AUTH_PORT`,
 * `API_PORT`, `MCP_PORT`.
 *
 * @throws {SettingError} A variable holds something unusable.
 */
export function readSite(env: NodeJS.ProcessEnv = process.env): Site {
  const ports = readPorts(env)
  const target = env.DOCS_TARGET ?? 'production'
  if (target !== 'production' && target !== 'local') {
    throw new SettingError('DOCS_TARGET', `is "${target}"; it may be "production" or "local".`)
  }
  const sandbox = sandboxEnvironment(ports)
  const local = target === 'local'
  const url = readUrl(
    'SITE_URL',
    env.SITE_URL ?? (local ? `http://localhost:${ports.docs}` : 'https://streamloop.app/docs'),
  )
  const own = local ? [sandbox] : env.WITH_SANDBOX === '1' ? [production, sandbox] : [production]
  const base = url.pathname.replace(/\/+$/, '') || '/'
  return {
    title: 'Streamloop',
    description: 'Guides, API reference and a local sandbox for the Streamloop API.',
    url: url.origin + (base === '/' ? '' : base),
    origin: url.origin,
    base,
    // Someone else's API is not at our addresses: unless the build names where it is, its own servers
    // are printed, and nothing is sent.
    environments: readEnvironments(env) ?? (env.OPENAPI_DOCUMENT === undefined ? own : []),
    openApiDocument: env.OPENAPI_DOCUMENT ?? 'openapi/openapi.yaml',
    lenient: env.LENIENT === '1',
    ...graphqlOf(env),
    ...(env.OPENAPI_DOCUMENT === undefined ? { formerReference: '/api-reference' } : {}),
    mcpGuide: '/guides/connect-mcp/',
    foreignDocument: env.OPENAPI_DOCUMENT !== undefined,
    ...(env.OPENAPI_DOCUMENT === undefined && {
      tokenGuide: '/guides/register-a-client/#3-sign-in-with-it',
    }),
    ports,
  }
}

/** `Test=https://test.api.example,Live=https://api.example`: APIs to call without a sign-in. */
function readEnvironments({ DOCS_ENVIRONMENTS: text }: NodeJS.ProcessEnv) {
  if (text === undefined || text === '') return undefined
  return text.split(',').map((entry): Environment => {
    const at = entry.indexOf('=')
    const name = entry.slice(0, at).trim()
    if (at < 0 || name === '') {
      throw new SettingError('DOCS_ENVIRONMENTS', `has "${entry}"; write Name=https://api.example.`)
    }
    return { name, api: readUrl('DOCS_ENVIRONMENTS', entry.slice(at + 1).trim()).origin }
  })
}

/** Someone else's document comes with a schema only where one is named. */
function graphqlOf(env: NodeJS.ProcessEnv): Pick<Site, 'graphql'> {
  const own = env.OPENAPI_DOCUMENT === undefined ? 'openapi/schema.graphql' : undefined
  const schema = env.GRAPHQL_SCHEMA ?? own
  return schema ? { graphql: { schema, path: '/graphql' } } : {}
}

/**
 * @throws {SettingError} A port is not a whole number from 1 to 65535, or is given twice.
 */
export function readPorts(env: NodeJS.ProcessEnv = process.env): Ports {
  const ports: Ports = {
    docs: readPort('DOCS_PORT', env.DOCS_PORT, 4321),
    auth: readPort('AUTH_PORT', env.AUTH_PORT, 4322),
    api: readPort('API_PORT', env.API_PORT, 4323),
    mcp: readPort('MCP_PORT', env.MCP_PORT, 4324),
  }
  const taken = new Map<number, string>()
  for (const [name, port] of Object.entries(ports)) {
    const variable = `${name.toUpperCase()}_PORT`
    const other = taken.get(port)
    if (other) throw new SettingError(variable, `is ${port}, which ${other} has already.`)
    taken.set(port, variable)
  }
  return ports
}

function readPort(variable: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new SettingError(variable, `is "${text}"; a port is a whole number from 1 to 65535.`)
  }
  return port
}

function readUrl(variable: string, text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new SettingError(variable, `is "${text}"; it must be a full http or https address.`)
  }
  return new URL(text)
}
