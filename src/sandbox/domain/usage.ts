import { listBroadcastsBetween } from '../store/streams.ts'
import type { BroadcastRow } from '../store/tables.ts'
import { instant, type Work } from './work.ts'

export type UsagePeriod = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR'

export interface UsageBucket {
  date: string
  minutes: number
  credits: number
  /** Broadcasts that went on air in it. */
  sessions: number
}

export interface UsageView {
  totalMinutes: number
  totalCredits: number
  sessionCount: number
  buckets: UsageBucket[]
  byQuality: { quality: string; minutes: number; credits: number }[]
}

const hour = 3_600_000
const day = 24 * hour

/** What was on air and what it cost, from the broadcasts on record. All bounds are in UTC. */
export async function getUsage(work: Work, period: UsagePeriod = 'QUARTER'): Promise<UsageView> {
  const starts = bucketStarts(period, work.now)
  const [from = work.now] = starts
  const rows = await listBroadcastsBetween(work.db, work.customerId, from, work.now)
  const buckets = starts.map((start) => ({
    date: instant(start),
    minutes: 0,
    credits: 0,
    sessions: 0,
  }))
  const byQuality = new Map<string, { quality: string; minutes: number; credits: number }>()
  for (const row of rows) {
    const quality = byQuality.get(row.quality) ?? { quality: row.quality, minutes: 0, credits: 0 }
    byQuality.set(row.quality, quality)
    for (const [index, start] of starts.entries()) {
      const bucket = buckets[index]
      const end = starts[index + 1] ?? work.now + 1
      if (!bucket) continue
      const share = shareOf(row, start, end, work.now)
      bucket.minutes += share.minutes
      bucket.credits += share.credits
      quality.minutes += share.minutes
      quality.credits += share.credits
      const began = Math.max(row.startedAt, from)
      if (began >= start && began < end) bucket.sessions += 1
    }
  }
  const sum = (read: (bucket: UsageBucket) => number) =>
    buckets.reduce((total, bucket) => total + read(bucket), 0)
  return {
    totalMinutes: sum(({ minutes }) => minutes),
    totalCredits: sum(({ credits }) => credits),
    sessionCount: rows.length,
    buckets,
    byQuality: [...byQuality.values()].sort((a, b) => a.quality.localeCompare(b.quality)),
  }
}

/** Where the buckets of a period begin, oldest first; the last one holds the present. */
function bucketStarts(period: UsagePeriod, now: number): number[] {
  switch (period) {
    case 'DAY':
      return evenStarts(now, hour, 24)
    case 'WEEK':
      return evenStarts(now, day, 7)
    case 'MONTH':
      return evenStarts(now, day, 30)
    case 'QUARTER':
      return monthStarts(now, 3)
    case 'YEAR':
      return monthStarts(now, 12)
  }
}

function evenStarts(now: number, step: number, count: number): number[] {
  const last = Math.floor(now / step) * step
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step)
}

function monthStarts(now: number, count: number): number[] {
  const date = new Date(now)
  return Array.from({ length: count }, (_, index) =>
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (count - 1 - index), 1),
  )
}

/**
 * The part of a broadcast that falls between two instants. Counted as the difference of two running
 * totals, so that the parts of a broadcast add up to the whole, whatever the rounding.
 */
function shareOf(row: BroadcastRow, from: number, to: number, now: number) {
  const ended = row.endedAt ?? now
  const length = Math.max(1, ended - row.startedAt)
  const elapsed = (at: number) => Math.min(Math.max(0, at - row.startedAt), ended - row.startedAt)
  const minutes = (at: number) => Math.floor(elapsed(at) / 60_000)
  const credits = (at: number) => Math.floor((elapsed(at) * row.credits) / length)
  return { minutes: minutes(to) - minutes(from), credits: credits(to) - credits(from) }
}
