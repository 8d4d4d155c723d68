import type { PlainSignInError } from './sign-in-error.ts'
import { isTransaction, type Transaction } from './transaction.ts'

/** What the page that started a sign-in finds when the reader is back. Read once. */
export interface Homecoming {
  version: 1
  /** Path of that page. */
  path: string
  /** The panel's form as it was; its own room checks it. */
  form: unknown
  /** Under which the vault keeps what must not be stored. */
  trip: string
  /** True when the sign-in ended in a session. */
  signedIn: boolean
  /** The reader declined, which is no failure: the page itself says so, beside what was typed. */
  refusal?: PlainSignInError
  /** The answer, where only the page itself can spend it: its vault would not survive the way. */
  pending?: { query: string; transaction: Transaction }
}

const key = 'try-it-return'

export function saveHomecoming(storage: Storage, homecoming: Homecoming): void {
  try {
    storage.setItem(key, JSON.stringify(homecoming))
  } catch {
    // The reader comes back to an empty form.
  }
}

/** Reads what awaits this page and deletes it; what awaits another page is left alone. */
export function takeHomecoming(storage: Storage, path: string): Homecoming | undefined {
  try {
    const text = storage.getItem(key)
    if (text === null) return undefined
    const value: unknown = JSON.parse(text)
    if (!isHomecoming(value)) {
      storage.removeItem(key)
      return undefined
    }
    if (value.path !== path) return undefined
    storage.removeItem(key)
    return value
  } catch {
    try {
      storage.removeItem(key)
    } catch {
      // A browser that keeps nothing has nothing to delete.
    }
    return undefined
  }
}

function isHomecoming(value: unknown): value is Homecoming {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  return (
    record.version === 1 &&
    typeof record.path === 'string' &&
    typeof record.trip === 'string' &&
    typeof record.signedIn === 'boolean' &&
    (record.refusal === undefined || isRefusal(record.refusal)) &&
    (record.pending === undefined || isPending(record.pending))
  )
}

function isRefusal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { code, message, detail } = value as Record<string, unknown>
  return (
    code === 'denied' &&
    typeof message === 'string' &&
    (detail === undefined || typeof detail === 'string')
  )
}

function isPending(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { query, transaction } = value as Record<string, unknown>
  return typeof query === 'string' && isTransaction(transaction)
}
