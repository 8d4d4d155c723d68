import type { MediaFacts } from '../media/facts.ts'
import type { Db } from '../store/database.ts'

/** One unit of work: whose data, at which instant, in which transaction. */
export interface Work {
  db: Db
  customerId: string
  /** Milliseconds since the Unix epoch; one instant for the whole work. */
  now: number
  means: Means
  /** Files to remove once the work is committed. */
  discarded: string[]
}

/** What the rules need from outside the database. All of it answers at once, without waiting. */
export interface Means {
  /** A new id that no other call returns, e.g. `stream_01J…`. */
  newId(prefix: string, now: number): string
  secrets: Secrets
  addresses: Addresses
  people: People
  /** What stands in for media that a real service would download. */
  standIns: { video: StandIn; audio: StandIn }
}

export interface Secrets {
  /** Encrypts, so that a copy of the database gives nothing away. */
  seal(text: string): string
  /** Tells equal texts apart from others without keeping them. */
  fingerprint(text: string): string
}

export interface Addresses {
  /** Where bytes of an upload may be `PUT` until the instant. */
  upload(uploadId: string, expiresAt: number): string
  checkout(checkoutId: string): string
  coin(symbol: string): string
}

export interface StandIn {
  objectFile: string
  mimeType: string
  fileSize: number
  facts: MediaFacts
}

/** Who an account is, as the authorization server knows. */
export interface People {
  find(db: Db, accountId: string): Promise<Person | undefined>
}

export interface Person {
  email: string | null
  name: string | null
  imageUrl: string | null
  createdAt: number
}

/** RFC 3339 in UTC, or null. */
export function instant(milliseconds: number): string
export function instant(milliseconds: number | null): string | null
export function instant(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}
