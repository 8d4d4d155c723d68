import { createHash } from 'node:crypto'
import type { Credentials } from '../store/credentials.ts'
import { AuthorizationServerError, InvalidApiKeyError } from './errors.ts'
import type { Library } from './library.ts'

/** An API key as its owner sees it in the list. The key itself is shown once, when it is made. */
export interface ApiKeySummary {
  id: string
  name: string
  /** The first characters, prefix included, so that its owner can tell it from others. */
  start: string
  createdAt: Date
  /** Absent: it never expires. */
  expiresAt?: Date
  /** Correct to the minute. Absent: never used. */
  lastUsedAt?: Date
}

export interface NewApiKey {
  accountId: string
  name: string
  /** Absent: it never expires. */
  expiresInSeconds?: number
}

export interface ApiKeys {
  /** @throws {AuthorizationServerError} `unknown_account` */
  create(key: NewApiKey): Promise<{ id: string; key: string }>
  /** Newest first. */
  list(accountId: string): Promise<ApiKeySummary[]>
  /** Works from the very next request on. False: this account has no such key. */
  revoke(accountId: string, keyId: string): Promise<boolean>
  /** @throws {InvalidApiKeyError} */
  verify(key: string): Promise<{ accountId: string; keyId: string }>
}

/** As the library hashes keys, but without a turn through its thread pool. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** Every key starts so: what looks like a key can then be kept out of browsers and logs. */
export const apiKeyPrefix = 'sl_'

const longestKey = 256
const lastUseStep = 60_000

/**
 * API keys, kept by Better Auth's plugin: only a SHA-256 of the key is stored.
 *
 * Keys are checked here rather than by the plugin, which writes a row for every call; here the
 * last use is written at most once a minute.
 */
export function createApiKeys(
  credentials: Credentials,
  library: Library,
  now: () => Date,
): ApiKeys {
  return {
    async create({ accountId, name, expiresInSeconds }) {
      if (!(await credentials.hasAccount(accountId))) {
        throw new AuthorizationServerError('unknown_account', `There is no account ${accountId}.`)
      }
      const { id, key } = await library.api.createApiKey({
        body: {
          userId: accountId,
          name,
          prefix: apiKeyPrefix,
          ...(expiresInSeconds === undefined ? {} : { expiresIn: expiresInSeconds }),
        },
      })
      return { id, key }
    },

    async list(accountId) {
      const rows = await credentials.listApiKeys(accountId)
      return rows.map((row) => ({
        id: row.id,
        name: row.name ?? '',
        start: row.start ?? apiKeyPrefix,
        createdAt: new Date(row.createdAt),
        ...(row.expiresAt === null ? {} : { expiresAt: new Date(row.expiresAt) }),
        ...(row.lastRequest === null ? {} : { lastUsedAt: new Date(row.lastRequest) }),
      }))
    },

    async revoke(accountId, keyId) {
      // Through the library, which waits for its own open transactions on this connection: inside
      // one that is rolled back, a revocation would be lost after it was acknowledged.
      const { adapter } = await library.$context
      const removed = await adapter.deleteMany({
        model: 'apikey',
        where: [
          { field: 'id', value: keyId },
          { field: 'referenceId', value: accountId },
        ],
      })
      return removed > 0
    },

    async verify(key) {
      if (!key.startsWith(apiKeyPrefix) || key.length > longestKey) throw new InvalidApiKeyError()
      const row = await credentials.findApiKey(hashOf(key))
      const time = now()
      if (row?.enabled !== 1) throw new InvalidApiKeyError()
      if (row.expiresAt !== null && Date.parse(row.expiresAt) <= time.getTime()) {
        throw new InvalidApiKeyError()
      }
      const keyId = row.id
      const lastUse = row.lastRequest === null ? 0 : Date.parse(row.lastRequest)
      if (Math.abs(time.getTime() - lastUse) >= lastUseStep) await noteUse(keyId, time)
      return { accountId: row.referenceId, keyId }
    },
  }

  async function noteUse(keyId: string, time: Date): Promise<void> {
    try {
      await credentials.noteApiKeyUse(keyId, time.toISOString())
    } catch {
      // A full or busy disk must not stop a request that only reads.
    }
  }
}
