import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import { readDocument } from '../../src/document/index.ts'
import { InvalidApiKeyError, InvalidTokenError } from '../../src/sandbox/auth/errors.ts'
import { ManualClock } from '../../src/sandbox/clock.ts'
import type { Means } from '../../src/sandbox/domain/work.ts'
import { ObjectStore } from '../../src/sandbox/media/objects.ts'
import { standIns } from '../../src/sandbox/media/stand-ins.ts'
import { createApi } from '../../src/sandbox/rest/app.ts'
import type { CredentialChecks } from '../../src/sandbox/rest/authenticate.ts'
import { type Contract, readContract } from '../../src/sandbox/rest/contract.ts'
import { RateLimit } from '../../src/sandbox/rest/rate-limit.ts'
import { uploadAddress } from '../../src/sandbox/rest/upload-route.ts'
import { createAddressSigner, createSecrets } from '../../src/sandbox/secrets.ts'
import { demoAccountId } from '../../src/sandbox/seed/ids.ts'
import { seed } from '../../src/sandbox/seed/seed.ts'
import { Store } from '../../src/sandbox/store/database.ts'
import { checkAnswer, operationFor } from './contract.ts'

export const origin = 'http://localhost:4323'
export const docs = 'http://localhost:4321'
export const demo = demoAccountId
/** Another account, for what must stay apart. */
export const other = 'user_01KXSECOND00000000000000000'

export interface CallOptions {
  /** Whose key the call carries; the demo account's unless said otherwise. Null: no credential. */
  as?: string | null
  /** An access token with these scopes instead of a key. */
  scopes?: readonly string[]
  /** Sent as JSON, or as it is where it is text. */
  body?: unknown
  headers?: Record<string, string>
}

/** Tests say themselves what they expect of an answer. */
export type Json = ReturnType<typeof JSON.parse>

export interface TestApi {
  clock: ManualClock
  store: Store
  means: Means
  objects: ObjectStore
  directory: string
  failures: unknown[]
  /** Calls the API; the answer is held against the OpenAPI document. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>
  /** The body of a call that must succeed. */
  json(method: string, path: string, options?: CallOptions): Promise<Json>
  /** The problem of a call that must be refused. */
  problem(method: string, path: string, options?: CallOptions): Promise<Json>
  /** Any request, unchecked. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** Any request under any name of the host. */
  requestAt(url: string): Promise<Response>
  close(): Promise<void>
}

let contract: Promise<Contract> | undefined
let seeded: Promise<string> | undefined

/**
 * The real API on a real database with the demo data, and a clock that stands still. Only who calls
 * is settled here instead of by the authorization server: a key is `sl_` and the account's id.
 */
export async function startApi(
  options: { rateLimit?: number; contract?: Contract } = {},
): Promise<TestApi> {
  contract ??= readDocument('openapi/openapi.yaml').then(readContract)
  const directory = await mkdtemp(join(tmpdir(), 'streamloop-api-'))
  const clock = new ManualClock(firstStart)
  const means = await gatherMeans()
  seeded ??= seedOnce(means)
  const file = join(directory, 'sandbox.sqlite')
  await copyFile(await seeded, file)
  const store = await Store.open(file)
  const objects = await ObjectStore.open(join(directory, 'objects'))

  const failures: unknown[] = []
  const app = createApi({
    contract: options.contract ?? (await contract),
    store,
    clock,
    means,
    objects,
    signer,
    credentials,
    origin,
    issuer: 'http://localhost:4322',
    docsOrigins: [docs],
    limit: new RateLimit(options.rateLimit ?? 1_000_000, clock),
    onFailure: (error) => failures.push(error),
  })
  const request = async (path: string, init?: RequestInit) => app.request(origin + path, init)
  const call = async (method: string, path: string, options: CallOptions = {}) => {
    const { as = demo, scopes, body, headers = {} } = options
    const credential: Record<string, string> = scopes
      ? { authorization: `Bearer ${as}.${scopes.join('+').replaceAll(':', '_')}` }
      : as === null
        ? {}
        : { 'x-api-key': `sl_${as}` }
    const content =
      body === undefined || typeof body === 'string'
        ? { body: body as string | undefined }
        : { body: JSON.stringify(body) }
    const response = await request(`/v1${path}`, {
      method,
      headers: {
        ...credential,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...content,
    })
    const operation = await operationFor(method, path)
    if (operation) await checkAnswer(operation, response)
    return response
  }
  return {
    clock,
    store,
    means,
    objects,
    directory,
    failures,
    call,
    request,
    requestAt: async (url) => app.request(url),
    async json(method, path, options) {
      const response = await call(method, path, options)
      if (response.status >= 300) throw new Error(`${response.status} ${await response.text()}`)
      return response.status === 204 ? undefined : response.json()
    },
    async problem(method, path, options) {
      const response = await call(method, path, options)
      if (response.status < 400) throw new Error(`${response.status} ${await response.text()}`)
      return response.json()
    },
    async close() {
      store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const firstStart = '2026-08-03T10:20:30.400Z'
const signer = createAddressSigner('a secret of these tests')

async function gatherMeans(): Promise<Means> {
  const nextUlid = monotonicFactory()
  return {
    newId: (prefix, now) => `${prefix}_${nextUlid(now)}`,
    secrets: createSecrets('a secret of these tests'),
    addresses: {
      upload: (id, expiresAt) => uploadAddress(origin, signer, id, expiresAt),
      checkout: (id) => `${origin}/checkout/${id}`,
      coin: (symbol) => `${origin}/coins/${symbol.toLowerCase()}.svg`,
    },
    people: {
      async find(_, id) {
        const name = id === demo ? 'Demo User' : 'Second'
        return {
          email: `${id}@example.com`,
          name,
          imageUrl: null,
          createdAt: Date.parse(firstStart),
        }
      },
    },
    standIns: await standIns,
  }
}

/** The demo data, made once and copied for each test. */
async function seedOnce(means: Means): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'streamloop-seed-'))
  const file = join(directory, 'sandbox.sqlite')
  const store = await Store.open(file)
  await store.transaction((db) => seed(db, Date.parse(firstStart), means))
  store.close()
  return file
}

const credentials: CredentialChecks = {
  async verifyApiKey(key) {
    if (!key.startsWith('sl_user_')) throw new InvalidApiKeyError()
    return { accountId: key.slice(3), keyId: `key of ${key.slice(3)}` }
  },
  async verifyAccessToken(token) {
    const [accountId = '', scopes] = token.split('.')
    if (scopes === undefined) throw new InvalidTokenError('Not a token of these tests.')
    return {
      accountId,
      clientId: 'app',
      scopes: scopes.replaceAll('_', ':').split('+').filter(Boolean),
    }
  },
}
