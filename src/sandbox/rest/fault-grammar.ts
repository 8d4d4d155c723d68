import { Problem } from './problem.ts'

/** What one request asks to go wrong. */
export interface FaultPlan {
  /** The faults as they were understood, for the answer's own `Sandbox-Fault`. */
  text: string
  /** Waiting before anything is done, in milliseconds. */
  delay?: number
  /** Bytes of the body a second. */
  drip?: number
  /** Bytes of the body before the connection ends. */
  cut?: number
  noCors: boolean
  malformed: boolean
  drift: boolean
  /** What is answered in the operation's place. */
  instead?: Stand
}

export type Stand =
  | { kind: 'status'; status: number }
  | { kind: 'redirect'; url: string }
  | { kind: 'sse' | 'jsonl'; count: number }
  | { kind: 'big'; size: number }
  | { kind: 'reset' }

/** One line for each fault; the answer to a header that cannot be read lists them. */
export const faultGrammar = [
  'status=400 to status=599',
  'delay=5s (or ms; up to 600s)',
  'drip=1KiB/s (B, KiB or MiB)',
  'cut=2KiB (0B to 1GiB)',
  'reset',
  'no-cors',
  'redirect=URL',
  'malformed',
  'drift',
  'sse or sse=10',
  'jsonl or jsonl=10',
  'big=50MiB (up to 1GiB)',
] as const

const units = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const
const largest = units.GiB
const longestDelay = 600_000
const mostEvents = 1_000_000

/**
 * Reads the request header `Sandbox-Fault`: faults with commas or semicolons between them, none
 * twice. Strict, so that a misspelled fault is not taken for a request that went well.
 *
 * @throws {Problem} `BAD_REQUEST`, listing what may be asked for.
 */
export function readFaults(header: string): FaultPlan {
  const plan: FaultPlan = { text: '', noCors: false, malformed: false, drift: false }
  const seen = new Set<string>()
  const parts = header.split(/[,;]/).map((part) => part.trim())
  for (const part of parts) {
    const [, name = '', value] = /^([a-z-]+)(?:=(.*))?$/.exec(part) ?? []
    if (name === '' || !add(plan, name, value)) throw unreadable(`${show(part)} is none of them`)
    if (seen.has(name)) throw unreadable(`${name} is asked for twice`)
    seen.add(name)
  }
  const stands = [...seen].filter((name) => name in readStand)
  if (stands.length > 1) throw unreadable(`${stands.join(' and ')} cannot both be the answer`)
  const bent = plan.malformed ? 'malformed' : plan.drift ? 'drift' : undefined
  if (bent && plan.instead && plan.instead.kind !== 'status') {
    throw unreadable(`${bent} bends a JSON answer, and ${plan.instead.kind} is none`)
  }
  plan.text = parts.join(', ')
  return plan
}

/** @returns False for what is no fault, or has no such value. */
function add(plan: FaultPlan, name: string, value: string | undefined): boolean {
  const stand = Object.hasOwn(readStand, name) ? readStand[name]?.(value) : undefined
  if (stand) {
    plan.instead ??= stand
    return true
  }
  switch (name) {
    case 'delay':
      plan.delay = within(1, longestDelay, readDuration(value))
      return plan.delay !== undefined
    case 'drip':
      plan.drip = value?.endsWith('/s')
        ? within(1, largest, readSize(value.slice(0, -2)))
        : undefined
      return plan.drip !== undefined
    case 'cut':
      plan.cut = within(0, largest, readSize(value))
      return plan.cut !== undefined
    case 'no-cors':
      plan.noCors = true
      return value === undefined
    case 'malformed':
      plan.malformed = true
      return value === undefined
    case 'drift':
      plan.drift = true
      return value === undefined
    default:
      return false
  }
}

const readStand: Record<string, (value: string | undefined) => Stand | undefined> = {
  status(value) {
    const status = /^[45]\d\d$/.test(value ?? '') ? Number(value) : undefined
    return status === undefined ? undefined : { kind: 'status', status }
  },
  redirect(value) {
    const isWeb = value !== undefined && /^https?:\/\//.test(value) && URL.canParse(value)
    return isWeb ? { kind: 'redirect', url: new URL(value).href } : undefined
  },
  sse: (value) => readStream('sse', value),
  jsonl: (value) => readStream('jsonl', value),
  big(value) {
    const size = within(2, largest, readSize(value))
    return size === undefined ? undefined : { kind: 'big', size }
  },
  reset: (value) => (value === undefined ? { kind: 'reset' } : undefined),
}

function readStream(kind: 'sse' | 'jsonl', value: string | undefined): Stand | undefined {
  if (value === undefined) return { kind, count: Number.POSITIVE_INFINITY }
  const count = /^[1-9]\d*$/.test(value) ? within(1, mostEvents, Number(value)) : undefined
  return count === undefined ? undefined : { kind, count }
}

/** Milliseconds. */
function readDuration(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d{1,9})(ms|s)$/.exec(text ?? '') ?? []
  return amount === undefined ? undefined : Number(amount) * (unit === 's' ? 1000 : 1)
}

/** Bytes. */
function readSize(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d{1,10})(B|KiB|MiB|GiB)$/.exec(text ?? '') ?? []
  return amount === undefined ? undefined : Number(amount) * units[unit as keyof typeof units]
}

function within(least: number, most: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined
}

function unreadable(problem: string): Problem {
  const detail = `Sandbox-Fault takes ${faultGrammar.join('; ')}; several with commas. Here, ${problem}.`
  return new Problem('BAD_REQUEST', detail, {
    members: { errors: [{ detail: `${problem}.`, parameter: 'Sandbox-Fault' }] },
  })
}

function show(part: string): string {
  if (part === '') return 'nothing between two commas'
  return `"${part.length > 60 ? `${part.slice(0, 60)}…` : part}"`
}
