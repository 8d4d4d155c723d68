import type { AuthorizationServer } from 'oauth4webapi'
import type { Environment } from '../../site.ts'
import { authorizationAddress, newSecrets } from '../authorization.ts'
import { signInEnvironment } from '../authorization-server.ts'
import { checkCallback, validateCallback } from '../callback.ts'
import { discover } from '../discovery.ts'
import { exchangeCode, readAccount } from '../exchange.ts'
import type { FlowStep } from '../flow/flow-step.ts'
import { Flows } from '../flow/flows.ts'
import type { TokenReport } from '../inspection/token-report.ts'
import { registerClient } from '../registration.ts'
import { SignInError } from '../sign-in-error.ts'
import { refusal } from '../sign-in-failure.ts'
import { isTransaction, type Transaction, transactionLife } from '../transaction.ts'
import { KeptCalls } from './kept-calls.ts'
import type { BeginRequest, Begun, SendRequest, SessionView, SignOutOutcome } from './protocol.ts'
import type { Answer, Sender } from './send.ts'
import { SendFailure } from './send-failure.ts'
import { isIdle, type Session, viewSession } from './session.ts'

export interface VaultOptions extends Sender {
  /** Every environment of this build: their APIs are the only places a request goes to. */
  environments: readonly Environment[]
  /** Address of the callback page. */
  redirectUri: string
  /** Milliseconds since the Unix epoch. */
  wallClock(): number
}

/**
 * Holds the tokens and makes every request that needs one. The same code runs in a shared worker
 * and, where there is none that lives long enough, in the page's closure.
 */
export interface Vault {
  /** @throws {SignInError} */
  begin(request: BeginRequest): Promise<Begun>
  /** @throws {SignInError} */
  finish(query: string, transaction: Transaction): Promise<SessionView>
  session(environment: string): SessionView | undefined
  /** @throws {SendFailure} */
  send(request: SendRequest, signal: AbortSignal): Promise<Answer>
  signOut(environment: string): Promise<SignOutOutcome>
  /** Keeps what must not be stored while its reader is at the authorization server. */
  keepSecrets(trip: string, secrets: Readonly<Record<string, string>>): void
  /** Hands them out, once. */
  takeSecrets(trip: string): Record<string, string> | undefined
  /** What is in the token, for a person to read. The token itself stays. */
  inspect(environment: string): Promise<TokenReport | undefined>
  /** The steps of the last sign-in, secrets masked. */
  flow(environment: string): FlowStep[]
  /** What each tab has called. */
  readonly calls: KeptCalls
  /** Ends what is idle or long expired. To be called every now and then. */
  sweep(): void
  /** @returns Stops listening. */
  listen(listener: (environment: string, session: SessionView | undefined) => void): () => void
}

/** Milliseconds past its end after which a token is forgotten; the API's 401 is what counts. */
const grace = 60_000

export function createVault(options: VaultOptions): Vault {
  const sessions = new Map<string, Session>()
  const servers = new Map<string, AuthorizationServer>()
  const secrets = new Map<string, { kept: Record<string, string>; until: number }>()
  const calls = new KeptCalls()
  const flows = new Flows(options.fetch, options.now)
  const listeners = new Set<(environment: string, session: SessionView | undefined) => void>()

  function environmentOf(name: string): Environment {
    const found = options.environments.find((environment) => environment.name === name)
    if (found) return found
    throw new SignInError('not_configured', 'This site was built without that environment.')
  }

  async function serverOf(environment: Environment): Promise<AuthorizationServer> {
    const known = servers.get(environment.name)
    if (known) return known
    const server = await discover(environment, flows.discovery(environment.name))
    servers.set(environment.name, server)
    return server
  }

  function tell(environment: string): void {
    const session = sessions.get(environment)
    const view = session && viewSession(session, options.now())
    for (const listener of listeners) listener(environment, view)
  }

  function drop(environment: string): void {
    flows.drop(environment)
    if (sessions.delete(environment)) tell(environment)
  }

  function sweep(): void {
    const now = options.now()
    for (const [name, session] of sessions) {
      const idle = isIdle(session, now, options.wallClock())
      // Whoever comes next to this computer shall not read what the last reader was answered.
      if (idle) calls.clear()
      if (idle || now > session.expiresAt + grace) drop(name)
    }
    for (const [trip, { until }] of secrets) if (now > until) secrets.delete(trip)
  }

  function current(environment: string): Session | undefined {
    sweep()
    const session = sessions.get(environment)
    if (session) session.usedAt = { steady: options.now(), wall: options.wallClock() }
    return session
  }

  async function finish(query: string, transaction: Transaction): Promise<SessionView> {
    const parameters = await checkCallback(query, transaction, options.wallClock())
    const environment = signInEnvironment(environmentOf(transaction.environment))
    if (
      transaction.issuer !== environment.issuer ||
      transaction.redirectUri !== options.redirectUri
    ) {
      throw await refusal('not_ours', 'otherSite')
    }
    const server = await serverOf(environment)
    await flows.returned(query, transaction, server, environment.resource)
    const client = { client_id: transaction.clientId }
    const answer = await validateCallback(server, client, parameters, transaction)
    const { token, subject, receivedAt } = await exchangeCode(
      server,
      answer,
      transaction,
      environment.resource,
      { fetch: flows.fetch(environment.name, 'exchange'), now: options.now },
    )
    const ask = flows.fetch(environment.name, 'account')
    const account = await readAccount(server, token.access_token, subject, ask)
    const scopes = token.scope?.split(' ').filter(Boolean) ?? transaction.scopes
    const session: Session = {
      environment: environment.name,
      accessToken: token.access_token,
      idToken: token.id_token,
      account,
      scopes,
      unasked: scopes.filter((scope) => !transaction.scopes.includes(scope)),
      expiresAt:
        token.expires_in === undefined
          ? Number.POSITIVE_INFINITY
          : receivedAt + token.expires_in * 1000,
      usedAt: { steady: options.now(), wall: options.wallClock() },
      server,
      clientId: transaction.clientId,
    }
    sessions.set(environment.name, session)
    tell(environment.name)
    return viewSession(session, options.now())
  }

  return {
    async begin(request) {
      const environment = signInEnvironment(environmentOf(request.environment))
      // Read anew: a sign-in is rare, and metadata may have changed since.
      servers.delete(environment.name)
      flows.begin(environment.name)
      const server = await serverOf(environment)
      const { redirectUri } = options
      let clientId = request.clientId
      if (clientId !== undefined && request.doubtful) {
        const { isClientForgotten } = await import('../forgotten-client.ts')
        const ask = flows.fetch(environment.name, 'known_client')
        if (await isClientForgotten(server, clientId, ask)) clientId = undefined
      }
      const register = flows.fetch(environment.name, 'registration')
      clientId ??= await registerClient(server, redirectUri, request.clientName, register)
      const own = newSecrets()
      const { scopes, url } = await authorizationAddress(server, {
        ...own,
        clientId,
        redirectUri,
        scopes: request.scopes,
        resource: environment.resource,
        consent: request.consent,
      })
      flows.left(environment.name, url)
      return { ...own, url, issuer: environment.issuer, clientId, redirectUri, scopes }
    },

    async finish(query, transaction) {
      if (!isTransaction(transaction)) throw await refusal('not_ours', 'otherTab')
      return finish(query, transaction)
    },

    session(environment) {
      const session = current(environment)
      return session && viewSession(session, options.now())
    },

    async send({ environment: name, request, authorize }, signal) {
      const environment = options.environments.find((one) => one.name === name)
      if (!environment) {
        throw new SendFailure('not_allowed', 'This site was built without that environment.')
      }
      const session = current(name)
      const token = authorize ? session?.accessToken : undefined
      const answer = await (await sender())(request, environment, token, signal, options)
      // The API's word counts, whatever our clock says (RFC 6750, 3.1).
      const { status, headers } = answer.head
      if (token !== undefined && status === 401 && sessions.get(name)?.accessToken === token) {
        const challenge = headers.find(([header]) => header === 'www-authenticate')?.[1]
        if (challenge === undefined || /\berror="?invalid_token\b/.test(challenge)) drop(name)
      }
      return answer
    },

    async signOut(environment) {
      const session = sessions.get(environment)
      drop(environment)
      secrets.clear()
      calls.clear()
      if (!session) return 'unknown'
      try {
        const { endSession } = await import('../sign-out.ts')
        return (await endSession(session.server, session, options.fetch)) ? 'closed' : 'unknown'
      } catch {
        return 'unknown'
      }
    },

    async inspect(environment) {
      const session = current(environment)
      if (!session) return undefined
      const { accessToken, scopes, expiresAt, server } = session
      const { issuer, resource } = signInEnvironment(environmentOf(environment))
      const { inspectToken } = await import('../inspection/inspect-token.ts')
      const remaining = Math.max(0, expiresAt - options.now())
      const jwksUri = server.jwks_uri
      return inspectToken(
        { accessToken, scopes, remaining, issuer, resource, jwksUri },
        options.fetch,
      )
    },

    flow: (environment) => flows.of(environment),

    keepSecrets(trip, kept) {
      sweep()
      if (Object.keys(kept).length > 0 && secrets.size < 20) {
        secrets.set(trip, { kept: { ...kept }, until: options.now() + transactionLife })
      }
    },

    takeSecrets(trip) {
      sweep()
      const found = secrets.get(trip)
      secrets.delete(trip)
      return found?.kept
    },

    calls,

    sweep,

    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  /** Comes with the first call: a sign-in alone has no use for it. */
  async function sender() {
    try {
      return (await import('./send.ts')).send
    } catch (cause) {
      if (options.offline()) throw new SendFailure('offline', 'This browser is offline.', { cause })
      throw new SendFailure('unreachable', 'A part of this site could not be loaded.', { cause })
    }
  }
}
