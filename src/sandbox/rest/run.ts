import type { Clock } from '../clock.ts'
import { DomainError } from '../domain/domain-error.ts'
import { nextChange, settle } from '../domain/settle.ts'
import type { Means, Work } from '../domain/work.ts'
import { attempt, type Db, type Store, StoreUnavailableError } from '../store/database.ts'
import {
  type AnswerKey,
  deleteAnswersBefore,
  findAnswer,
  insertAnswer,
} from '../store/idempotent-answers.ts'
import type { ContractOperation } from './contract.ts'
import type { Answer, Call, Handler } from './handler.ts'
import { Problem } from './problem.ts'

/** An answer as it goes on the wire, apart from what belongs to the single request. */
export interface Reply {
  status: number
  headers: Record<string, string>
  /** JSON text; absent without a body. */
  body?: string
  /** True for the stored answer of an earlier request. */
  replayed?: boolean
}

export interface Runner {
  store: Store
  clock: Clock
  means: Means
  /** Writes a refusal. */
  refuse(problem: Problem): Reply
  /** Removes files that nothing needs any more. */
  discard(files: readonly string[]): void
}

export interface Errand {
  operation: ContractOperation
  handler: Handler
  accountId: string
  input: Pick<Call, 'id' | 'query' | 'body'>
  /** Looks at the body; inside the errand, because a refusal is an answer that can be replayed. */
  check(): void
  /** Makes the request one that happens once. */
  once?: { key: string; path: string; requestHash: string }
}

/** Of the operations that only read: those that need credits up to the instant, or keep something. */
const writesAnyway: ReadonlySet<string> = new Set([
  'getBillingOverview',
  'getUsage',
  'getCryptoDepositAddress',
  // May hold any of these.
  'graphql',
])

/** How long the first answer is kept, in milliseconds. */
const answersLast = 24 * 60 * 60 * 1000

/**
 * Does what a request asks, in one transaction: the account is brought up to date, the effect
 * happens, and the answer is kept for a repeat, all together or not at all. Repeats that come at
 * the same time wait for the first one, as the transaction holds the write lock.
 *
 * @throws {StoreUnavailableError}
 */
export async function runErrand(runner: Runner, errand: Errand): Promise<Reply> {
  const { accountId, operation } = errand
  const discarded: string[] = []
  const act = async (db: Db, isUpToDate: boolean): Promise<Reply> => {
    discarded.length = 0
    const { clock, means } = runner
    const work = { db, customerId: accountId, now: clock.now(), means, discarded }
    if (isUpToDate) await settle(work)
    return answerOnce(runner, errand, work)
  }
  if (operation.method === 'GET' && !writesAnyway.has(operation.id)) {
    // Most looks find the account as it was left: they take no lock and write nothing.
    const reply = await runner.store.read(async (db, version) => {
      const { clock, means } = runner
      const work = { db, customerId: accountId, now: clock.now(), means, discarded }
      const at = await calmUntil(runner.store, version, work)
      return at <= work.now ? undefined : answer(runner, errand, work, look)
    })
    if (reply) return reply
  }
  try {
    const reply = await runner.store.transaction((db) => act(db, true))
    runner.discard(discarded)
    return reply
  } catch (error) {
    // A disk that takes no writes can still be read, as of when it last took one.
    if (error instanceof StoreUnavailableError && operation.method === 'GET') {
      return runner.store.read((db) => act(db, false))
    }
    throw error
  }
}

/** Of each store, as far as its data of that version goes. */
const calm = new WeakMap<Store, { version: string; instants: Map<string, number> }>()

/** When something happens to the account by itself; counted anew once anything has changed. */
async function calmUntil(store: Store, version: string, work: Work): Promise<number> {
  let known = calm.get(store)
  if (known?.version !== version) {
    known = { version, instants: new Map() }
    calm.set(store, known)
  }
  const { instants } = known
  const at = instants.get(work.customerId) ?? (await nextChange(work))
  instants.set(work.customerId, at)
  return at
}

/** As `attempt`, where there is nothing to take back. */
async function look<T>(_: Db, work: () => Promise<T>, keep: (error: unknown) => T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    return keep(error)
  }
}

async function answerOnce(runner: Runner, errand: Errand, work: Work): Promise<Reply> {
  const { once, operation, accountId } = errand
  if (!once) return answer(runner, errand, work)
  const key: AnswerKey = {
    caller: accountId,
    method: operation.method,
    path: once.path,
    key: once.key,
  }
  await deleteAnswersBefore(work.db, work.now - answersLast)
  const stored = await findAnswer(work.db, key)
  if (stored) {
    if (stored.requestHash !== once.requestHash) {
      return runner.refuse(
        new Problem('IDEMPOTENCY_KEY_REUSED', 'The key was sent before, with another body.'),
      )
    }
    return {
      status: stored.status,
      headers: JSON.parse(stored.headers) as Record<string, string>,
      ...(stored.body === null ? {} : { body: stored.body }),
      replayed: true,
    }
  }
  const reply = await answer(runner, errand, work)
  await insertAnswer(work.db, {
    ...key,
    requestHash: once.requestHash,
    status: reply.status,
    headers: JSON.stringify(reply.headers),
    body: reply.body ?? null,
    createdAt: work.now,
  })
  return reply
}

/** A refusal takes back what the operation had begun, and is an answer like any other. */
async function answer(
  runner: Runner,
  errand: Errand,
  work: Work,
  take: typeof attempt = attempt,
): Promise<Reply> {
  const { operation, handler, input } = errand
  return take(
    work.db,
    async () => {
      errand.check()
      return write(operation, await handler({ work, ...input }))
    },
    (error) => {
      work.discarded.length = 0
      if (error instanceof Problem) return runner.refuse(error)
      if (!(error instanceof DomainError)) throw error
      return runner.refuse(new Problem(error.code, error.message, { members: error.members }))
    },
  )
}

function write({ success, path }: ContractOperation, { body, location }: Answer): Reply {
  const base = path.slice(0, path.indexOf('/', 1))
  const headers: Record<string, string> = {}
  if (location !== undefined) headers.Location = base + location
  if (body === undefined) return { status: success, headers }
  headers['Content-Type'] = 'application/json'
  return { status: success, headers, body: JSON.stringify(body) }
}
