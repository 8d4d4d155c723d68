import { findCustomer, insertCustomer, updateCustomer } from '../store/customers.ts'
import type { Db } from '../store/database.ts'
import { nextPublish } from '../store/playlists.ts'
import {
  insertBroadcast,
  listMovingStreams,
  listOpenBroadcasts,
  updateBroadcast,
  updateStream,
} from '../store/streams.ts'
import type { BroadcastRow, CustomerRow, StreamRow } from '../store/tables.ts'
import { finishPublishes } from './publish.ts'
import { creditsFor, defaultFramerate, defaultQuality, rateOf } from './rates.ts'
import { findIssues } from './readiness.ts'
import { dropSnapshots, freezeDrafts } from './snapshot.ts'
import { lasts } from './stream-states.ts'
import type { Work } from './work.ts'

/** Credits a new account of the sandbox begins with. */
const welcomeCredits = 5_000_000

/**
 * Brings an account up to date: what has come due since it was last looked at happens now, in
 * order and at the instants it was due, as if someone had watched all along. There are no timers,
 * so a restart, or a day asleep, changes nothing.
 */
export async function settle(work: Work): Promise<CustomerRow> {
  const customer = await findOrWelcome(work)
  const account = await readAccount(work.db, customer)
  for (;;) {
    const due = account.nextDue()
    const spent = account.spentAt()
    const at = Math.min(due?.dueAt ?? Number.POSITIVE_INFINITY, spent)
    if (at > work.now) break
    await account.chargeUntil(at)
    if (due?.dueAt != null && due.dueAt <= spent) await advance(work, account, due, due.dueAt)
    else for (const stream of account.onAir()) await leaveAir(work, account, stream, at)
  }
  await account.chargeUntil(work.now)
  await finishPublishes(work)
  await account.save(work.now)
  return account.customer
}

/**
 * The instant at which something happens to the account by itself. Until then only its credits can
 * be out of date.
 */
export async function nextChange({
  db,
  customerId,
}: Pick<Work, 'db' | 'customerId'>): Promise<number> {
  const customer = await findCustomer(db, customerId)
  if (!customer) return Number.NEGATIVE_INFINITY
  const account = await readAccount(db, customer)
  return Math.min(
    account.nextDue()?.dueAt ?? Number.POSITIVE_INFINITY,
    account.spentAt(),
    (await nextPublish(db, customerId)) ?? Number.POSITIVE_INFINITY,
  )
}

async function findOrWelcome({ db, customerId, now, means }: Work): Promise<CustomerRow> {
  const known = await findCustomer(db, customerId)
  if (known) return known
  const person = await means.people.find(db, customerId)
  const customer: CustomerRow = {
    id: customerId,
    createdAt: person?.createdAt ?? now,
    role: 'user',
    locale: null,
    defaultStreamDuration: null,
    credits: welcomeCredits,
    eligibleForFreeCredits: 0,
    settledAt: now,
  }
  await insertCustomer(db, customer)
  return customer
}

/** The next thing that happens to a stream by itself. */
async function advance(
  work: Work,
  account: MovingAccount,
  stream: StreamRow,
  at: number,
): Promise<void> {
  switch (stream.state) {
    case 'scheduled':
      return openWindow(work, account, stream, at)
    case 'preparing':
      return account.change(stream, { state: 'activating', dueAt: at + lasts.activating })
    case 'activating':
      return account.customer.credits > 0
        ? goOnAir(work, account, stream, at)
        : leaveAir(work, account, stream, at)
    case 'active':
      return leaveAir(work, account, stream, at)
    case 'stopping':
      return account.change(stream, { state: 'stopped', dueAt: null })
    case 'failing':
      return account.change(stream, { state: 'failed', dueAt: null })
    default:
      return account.change(stream, { dueAt: null })
  }
}

async function openWindow(
  work: Work,
  account: MovingAccount,
  stream: StreamRow,
  at: number,
): Promise<void> {
  const issues = await findIssues({ ...work, now: at }, stream)
  if (issues.length > 0) {
    await account.change(stream, { state: 'invalid', dueAt: null })
    return
  }
  await freezeDrafts(work.db, stream.id)
  await account.change(stream, {
    state: 'preparing',
    dueAt: at + lasts.preparing,
    runEndsAt: stream.scheduleEndAt,
  })
}

async function goOnAir(
  { db, means }: Work,
  account: MovingAccount,
  stream: StreamRow,
  at: number,
): Promise<void> {
  const broadcast: BroadcastRow = {
    id: means.newId('session', at),
    customerId: stream.customerId,
    streamId: stream.id,
    quality: stream.quality ?? defaultQuality,
    framerate: stream.framerate ?? defaultFramerate,
    startedAt: at,
    endedAt: null,
    credits: 0,
  }
  await insertBroadcast(db, broadcast)
  account.broadcasts.set(stream.id, broadcast)
  await account.change(stream, {
    state: 'active',
    hasRun: 1,
    dueAt: endOfRun(stream, at),
  })
}

/** When a run that went on air at the instant ends by itself, or null. */
export function endOfRun(
  { streamDuration, runEndsAt }: Pick<StreamRow, 'streamDuration' | 'runEndsAt'>,
  onAirAt: number,
): number | null {
  const spent = streamDuration ? onAirAt + streamDuration * 1000 : Number.POSITIVE_INFINITY
  const end = Math.max(onAirAt, Math.min(spent, runEndsAt ?? Number.POSITIVE_INFINITY))
  return Number.isFinite(end) ? end : null
}

async function leaveAir(
  { db }: Work,
  account: MovingAccount,
  stream: StreamRow,
  at: number,
): Promise<void> {
  await dropSnapshots(db, stream.id)
  await account.endBroadcast(stream, at)
  await account.change(stream, stopping(at))
}

/** What stopping does to a stream: a window is used up by the run it led to. */
export function stopping(at: number): Partial<StreamRow> {
  return {
    state: 'stopping',
    dueAt: at + lasts.stopping,
    runEndsAt: null,
    scheduleStartAt: null,
    scheduleEndAt: null,
  }
}

async function readAccount(db: Db, customer: CustomerRow): Promise<MovingAccount> {
  const streams = await listMovingStreams(db, customer.id)
  const broadcasts = await listOpenBroadcasts(db, customer.id)
  return new MovingAccount(db, customer, streams, broadcasts)
}

/** An account while time passes over it. */
class MovingAccount {
  readonly customer: CustomerRow
  readonly streams: StreamRow[]
  /** On air now, by stream. */
  readonly broadcasts: Map<string, BroadcastRow>
  readonly #db: Db

  constructor(db: Db, customer: CustomerRow, streams: StreamRow[], broadcasts: BroadcastRow[]) {
    this.#db = db
    this.customer = { ...customer }
    this.streams = streams.map((stream) => ({ ...stream }))
    this.broadcasts = new Map(broadcasts.map((row) => [row.streamId, { ...row }]))
  }

  nextDue(): StreamRow | undefined {
    return this.streams
      .filter(({ dueAt }) => dueAt !== null)
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0]
  }

  onAir(): StreamRow[] {
    return this.streams.filter(({ state }) => state === 'active')
  }

  /** When the credits run out at today's pace. */
  spentAt(): number {
    let rate = 0
    for (const row of this.broadcasts.values()) rate += rateOf(row.quality, row.framerate)
    if (rate === 0) return Number.POSITIVE_INFINITY
    const left = Math.max(0, this.customer.credits)
    return this.customer.settledAt + Math.floor((left * 60_000) / rate)
  }

  async chargeUntil(at: number): Promise<void> {
    for (const row of this.broadcasts.values()) {
      const due = creditsFor(at - row.startedAt, rateOf(row.quality, row.framerate)) - row.credits
      const charged = Math.min(Math.max(0, due), this.customer.credits)
      if (charged === 0) continue
      row.credits += charged
      this.customer.credits -= charged
      await updateBroadcast(this.#db, row.id, { credits: row.credits })
    }
    this.customer.settledAt = Math.max(this.customer.settledAt, at)
  }

  async endBroadcast(stream: StreamRow, at: number): Promise<void> {
    const row = this.broadcasts.get(stream.id)
    if (!row) return
    this.broadcasts.delete(stream.id)
    await updateBroadcast(this.#db, row.id, { endedAt: at })
  }

  async change(stream: StreamRow, changes: Partial<StreamRow>): Promise<void> {
    Object.assign(stream, changes)
    await updateStream(this.#db, stream.id, changes)
  }

  async save(now: number): Promise<void> {
    const { id, credits } = this.customer
    // The instant alone is not worth a write: charges are counted from each broadcast's start.
    this.customer.settledAt = Math.max(this.customer.settledAt, now)
    if (this.broadcasts.size > 0 || this.streams.length > 0) {
      await updateCustomer(this.#db, id, { credits, settledAt: this.customer.settledAt })
    }
  }
}
