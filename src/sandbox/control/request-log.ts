/** One request as it is remembered: no query, no header, no body. */
export interface LoggedRequest {
  /** Real time, RFC 3339. */
  at: string
  server: string
  method: string
  /** What looks like a secret in it is left out. */
  path: string
  /** Nothing where a fault ended the connection before an answer. */
  status?: number
  /** Milliseconds until the answer began. */
  ms: number
  operationId?: string
  /** What the request asked to go wrong. */
  fault?: string
}

interface App {
  fetch(request: Request, env: unknown): Response | Promise<Response>
}

const most = 200

/** The last requests of all servers, in memory alone. */
export class RequestLog {
  readonly #operations: { id: string; method: string; pattern: RegExp }[]
  readonly #requests: LoggedRequest[] = []

  constructor(operations: readonly { id: string; method: string; path: string }[]) {
    this.#operations = operations
      .map(({ id, method, path }) => ({
        id,
        method,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
        parameters: path.split('{').length,
      }))
      // A fixed path wins over one with a parameter.
      .sort((a, b) => a.parameters - b.parameters)
  }

  /** The newest one first. */
  get newest(): readonly LoggedRequest[] {
    return this.#requests.toReversed().map((request) => {
      const operationId = this.#operationOf(request)
      return operationId ? { ...request, operationId } : request
    })
  }

  /** @returns The app, watched. */
  watch(server: string, app: App): App {
    return {
      fetch: async (request, env) => {
        const at = new Date()
        const begun = performance.now()
        const pathname = pathOf(request.url)
        const response = await app.fetch(request, env)
        if (!isOwn(pathname)) {
          const ms = Math.round((performance.now() - begun) * 10) / 10
          this.#add(at, server, request.method, pathname, response, ms)
        }
        return response
      },
    }
  }

  #operationOf({ server, method, path }: LoggedRequest): string | undefined {
    if (server !== 'api') return undefined
    return this.#operations.find((one) => one.method === method && one.pattern.test(path))?.id
  }

  #add(
    at: Date,
    server: string,
    method: string,
    pathname: string,
    { status, headers }: Response,
    ms: number,
  ): void {
    const fault = headers.get('sandbox-fault')
    if (this.#requests.length >= most) this.#requests.shift()
    this.#requests.push({
      at: at.toISOString(),
      server,
      method: method.slice(0, 20),
      path: withoutSecrets(pathname),
      ...(status === hungUp ? {} : { status }),
      ms,
      ...(fault ? { fault: withoutSecrets(fault.replace(/\?[^,;]*/g, '')) } : {}),
    })
  }
}

/** The path of an absolute address, as it was sent. */
function pathOf(address: string): string {
  const path = address.slice(address.indexOf('/', address.indexOf('//') + 2))
  return path.replace(/[?#].*$/s, '')
}

/** The status of the answers that nobody sees. */
const hungUp = 499

/** Looking at the log does not fill it. */
function isOwn(path: string): boolean {
  return /^\/(sandbox|assets|favicon\.svg)(\/|$)/.test(path)
}

/** API keys, tokens, and any long piece that might be one. */
function withoutSecrets(text: string): string {
  const clean = text
    .replace(/sl_[\w-]*/gi, 'sl_…')
    .replace(/eyJ[\w.-]*/g, 'eyJ…')
    .replace(/[^/,;=\s…]{48,}/g, '…')
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean
}
