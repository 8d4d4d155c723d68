import { SignInError } from './sign-in-error.ts'

/**
 * One sign-in between leaving for the authorization server and coming back. Lives in this tab's
 * `sessionStorage`, is read once, and is worth nothing afterwards.
 */
export interface Transaction {
  version: 1
  state: string
  nonce: string
  /** PKCE code verifier (RFC 7636, 4.1). */
  verifier: string
  /** Name of the environment. */
  environment: string
  issuer: string
  clientId: string
  redirectUri: string
  scopes: string[]
  /** Path, query and fragment of the page that started it; parsed anew on return. */
  returnPath: string
  /** Milliseconds since the Unix epoch. */
  createdAt: number
  /** The panel's form, without anything that looks secret; its own room checks it on return. */
  form: unknown
}

/** Milliseconds a transaction may wait for its answer. */
export const transactionLife = 10 * 60_000

const key = 'oauth-transaction'
const longest = 2048
const largest = 1_000_000

/**
 * @throws {SignInError} `storage_refused`: the browser keeps nothing for this site.
 */
export function saveTransaction(storage: Storage, transaction: Transaction): void {
  try {
    storage.setItem(key, JSON.stringify(transaction))
  } catch (cause) {
    throw new SignInError(
      'storage_refused',
      'The browser stores nothing for this site, or not this much, so a sign-in could not come back to it.',
      { cause },
    )
  }
}

/** Reads the transaction and deletes it, so that no answer can be used twice. */
export function takeTransaction(storage: Storage): Transaction | undefined {
  try {
    const text = storage.getItem(key)
    storage.removeItem(key)
    return text === null ? undefined : readTransaction(text)
  } catch {
    return undefined
  }
}

/** Reads a transaction that may still get its answer. */
export function peekTransaction(storage: Storage): Transaction | undefined {
  try {
    const text = storage.getItem(key)
    return text === null ? undefined : readTransaction(text)
  } catch {
    return undefined
  }
}

/** @returns Nothing unless every field is of the right shape. */
export function readTransaction(text: string): Transaction | undefined {
  if (text.length > largest) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return isTransaction(value) ? value : undefined
}

export function isTransaction(value: unknown): value is Transaction {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const record = value as Record<string, unknown>
  return (
    record.version === 1 &&
    isSecret(record.state) &&
    isSecret(record.nonce) &&
    isSecret(record.verifier) &&
    isText(record.environment) &&
    isWebAddress(record.issuer) &&
    isText(record.clientId) &&
    isWebAddress(record.redirectUri) &&
    Array.isArray(record.scopes) &&
    record.scopes.length <= 100 &&
    record.scopes.every(isText) &&
    isText(record.returnPath) &&
    typeof record.createdAt === 'number' &&
    Number.isSafeInteger(record.createdAt) &&
    record.createdAt > 0
  )
}

/**
 * @param now Milliseconds since the Unix epoch.
 * @throws {SignInError} `expired`.
 */
export function requireFresh(transaction: Transaction, now: number): void {
  const age = now - transaction.createdAt
  // A little less than nothing is a clock being set right; much less is a made-up record.
  if (age > transactionLife || age < -60_000) {
    throw new SignInError('expired', 'The sign-in took longer than ten minutes. Start it again.')
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest
}

function isWebAddress(value: unknown): value is string {
  return isText(value) && URL.canParse(value) && /^https?:\/\//.test(value)
}

/** 32 random bytes in base64url. */
function isSecret(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value)
}
