import { type Compilable, Kysely } from 'kysely'
import { type Connection, sqliteDialect } from './sqlite-dialect.ts'

/** Instants as ISO 8601 text, which sorts as they do. */
type Instant = string

/** Tables that Better Auth makes and keeps in the same file, as far as they are looked at here. */
interface LibraryTables {
  user: { id: string; email: string }
  session: {
    id: string
    userId: string
    /** The cookie's secret. */
    token: string
    createdAt: Instant
    expiresAt: Instant
    userAgent: string | null
  }
  jwks: { id: string; publicKey: string; alg: string | null; expiresAt: Instant | null }
  oauthClient: {
    clientId: string
    name: string | null
    uri: string | null
    /** JSON text of a list. */
    redirectUris: string
    disabled: number | null
    createdAt: Instant
  }
  oauthConsent: {
    id: string
    userId: string
    clientId: string
    /** JSON text of a list. */
    scopes: string
    createdAt: Instant
  }
  apikey: {
    id: string
    referenceId: string
    name: string | null
    /** The first characters. */
    start: string | null
    /** Its hash. */
    key: string
    enabled: number | null
    createdAt: Instant
    expiresAt: Instant | null
    lastRequest: Instant | null
  }
}

export type Credentials = ReturnType<typeof createCredentials>

/**
 * What lies behind tokens, keys and the settings pages, looked up beside the library: its own ways
 * write with every call, or read far more than is asked.
 *
 * @param connection The one that the library was given: it sees what that has begun.
 */
export function createCredentials(connection: Connection) {
  const db = new Kysely<LibraryTables>({ dialect: sqliteDialect(connection) })

  /** Compiles a query once, as every call of the API asks it; its values are given with each run. */
  function prepared<Row>(query: Compilable<Row>) {
    const compiled = query.compile()
    return async (...parameters: string[]): Promise<Row[]> =>
      (await db.executeQuery<Row>({ ...compiled, parameters })).rows
  }
  function first<Row>(query: Compilable<Row>) {
    const run = prepared(query)
    return async (...parameters: string[]): Promise<Row | undefined> =>
      (await run(...parameters))[0]
  }
  const any = ''

  const account = first(db.selectFrom('user').select('id').where('id', '=', any))
  const accounts = prepared(
    db
      .selectFrom('user')
      .select(['id', 'email'])
      .where((is) => is.or([is('email', '=', any), is('id', '=', any)])),
  )
  const signingKey = first(
    db.selectFrom('jwks').select(['publicKey', 'alg', 'expiresAt']).where('id', '=', any),
  )
  const client = first(
    db
      .selectFrom('oauthClient')
      .select(['name', 'uri', 'redirectUris', 'disabled'])
      .where('clientId', '=', any),
  )
  const clients = first(db.selectFrom('oauthClient').select((is) => is.fn.countAll().as('total')))
  const standing = first(
    db
      .selectFrom('oauthClient')
      .leftJoin('user', (join) => join.on('user.id', '=', any))
      .leftJoin('oauthConsent', (join) =>
        join
          .onRef('oauthConsent.clientId', '=', 'oauthClient.clientId')
          .on('oauthConsent.userId', '=', any)
          .on('oauthConsent.createdAt', '<=', any),
      )
      .leftJoin('session', (join) => join.on('session.id', '=', any))
      .select([
        'oauthClient.disabled',
        'user.id as accountId',
        'oauthConsent.id as grantId',
        'session.userId as sessionOf',
        'session.expiresAt as sessionUntil',
      ])
      .where('oauthClient.clientId', '=', any),
  )
  const grants = prepared(
    db
      .selectFrom('oauthConsent')
      .select(['clientId', 'scopes', 'createdAt'])
      .where('userId', '=', any)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc'),
  )
  const session = first(
    db.selectFrom('session').select(['userId', 'token', 'expiresAt']).where('id', '=', any),
  )
  const sessions = prepared(
    db
      .selectFrom('session')
      .select(['id', 'createdAt', 'userAgent'])
      .where('userId', '=', any)
      .where('expiresAt', '>', any)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc'),
  )
  const apiKey = first(
    db
      .selectFrom('apikey')
      .select(['id', 'referenceId', 'enabled', 'expiresAt', 'lastRequest'])
      .where('key', '=', any),
  )
  const apiKeys = prepared(
    db
      .selectFrom('apikey')
      .select(['id', 'name', 'start', 'createdAt', 'expiresAt', 'lastRequest'])
      .where('referenceId', '=', any)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc'),
  )

  return {
    hasAccount: async (id: string) => (await account(id)) !== undefined,
    /** Those that have the email or the id. */
    findAccounts: (email: string, id: string) => accounts(email, id),

    findSigningKey: (id: string) => signingKey(id),

    findClient: (clientId: string) => client(clientId),
    countClients: async () => Number((await clients())?.total),
    /** Those of before the instant that nobody has agreed to. */
    async deleteUnusedClients(before: Instant): Promise<void> {
      await db
        .deleteFrom('oauthClient')
        .where('createdAt', '<', before)
        .where('clientId', 'not in', db.selectFrom('oauthConsent').select('clientId'))
        .execute()
    },

    /**
     * What stands behind a token: the client, and as far as they are there, the account, what it
     * granted the client by the instant, and the session. In one query: it is asked with every call.
     */
    findStanding: (behind: {
      clientId: string
      accountId: string
      grantedBy: Instant
      sessionId: string | undefined
    }) =>
      standing(
        behind.accountId,
        behind.accountId,
        behind.grantedBy,
        behind.sessionId ?? '',
        behind.clientId,
      ),
    /** Newest first. */
    listGrants: (accountId: string) => grants(accountId),

    findSession: (id: string) => session(id),
    /** Those that last beyond the instant, newest first. */
    listSessions: (accountId: string, after: Instant) => sessions(accountId, after),

    findApiKey: (hash: string) => apiKey(hash),
    /** Newest first. */
    listApiKeys: (accountId: string) => apiKeys(accountId),
    async noteApiKeyUse(id: string, at: Instant): Promise<void> {
      await db.updateTable('apikey').set({ lastRequest: at }).where('id', '=', id).execute()
    },
  }
}
