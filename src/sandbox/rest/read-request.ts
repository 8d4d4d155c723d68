import type { Context } from 'hono'
import type { ContractOperation, ContractParameter } from './contract.ts'
import { invalidParameter, Problem } from './problem.ts'
import type { Misfit } from './validate.ts'

/** Nesting of a JSON body. */
const deepest = 64

export type QueryValues = Readonly<Record<string, string | number | boolean>>

/** @throws {Problem} `INVALID_INPUT` for a parameter that is unknown, repeated or does not fit. */
export function readQuery(operation: ContractOperation, url: URL): QueryValues {
  const values: Record<string, string | number | boolean> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const parameter = operation.query.find((known) => known.name === name)
    if (!parameter) throw invalidParameter(name, 'is no parameter of this operation.')
    const [text = '', ...more] = url.searchParams.getAll(name)
    if (more.length > 0) throw invalidParameter(name, 'is given more than once.')
    checkText(text, (problem) => invalidParameter(name, problem))
    values[name] = readText(parameter, text)
    checkParameter(parameter, values[name])
  }
  for (const { name, required } of operation.query) {
    if (required && values[name] === undefined) throw invalidParameter(name, 'is missing.')
  }
  return values
}

/** @throws {Problem} `INVALID_INPUT` for a described header that does not fit. */
export function readIdempotencyKey(operation: ContractOperation, c: Context): string | undefined {
  const parameter = operation.headers.find(({ name }) => name.toLowerCase() === 'idempotency-key')
  const value = c.req.header('idempotency-key')
  if (!parameter || value === undefined) return undefined
  checkParameter(parameter, value)
  return value
}

/**
 * Reads the bytes of the body and what they mean, without asking whether it fits.
 *
 * @throws {Problem} `BAD_REQUEST`, `UNSUPPORTED_MEDIA_TYPE`
 */
export async function readBody(
  operation: ContractOperation,
  c: Context,
): Promise<{ text: string; value: unknown }> {
  if (operation.method === 'GET') return { text: '', value: undefined }
  const text = decode(await c.req.arrayBuffer())
  if (text.trim() === '') return { text: '', value: undefined }
  const type = c.req.header('content-type') ?? ''
  if (!/^\s*application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new Problem(
      'UNSUPPORTED_MEDIA_TYPE',
      type ? `The body is sent as ${printable(type)}.` : 'The body has no Content-Type.',
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? printable(error.message) : 'unreadable'
    throw new Problem('BAD_REQUEST', `The body is not JSON: ${why}`)
  }
  return { text, value }
}

/** @throws {Problem} `BAD_REQUEST`, `INVALID_INPUT` naming every field that does not fit. */
export function checkBody({ body }: ContractOperation, value: unknown): void {
  checkDepth(value)
  if (!body) {
    const isEmpty =
      value === undefined || (typeof value === 'object' && JSON.stringify(value) === '{}')
    if (!isEmpty) throw invalidFields([{ path: [], problem: 'This operation takes no body.' }])
    return
  }
  if (value === undefined) {
    if (!body.required) return
    throw invalidFields([{ path: [], problem: 'A JSON body is needed.' }])
  }
  const misfits = body.validate(value)
  if (misfits.length > 0) throw invalidFields(misfits)
  checkValues(value, [])
}

function invalidFields(misfits: readonly Misfit[]): Problem {
  const [first] = misfits
  const place = first?.path.join('.') ?? ''
  const more = misfits.length > 1 ? ` (and ${misfits.length - 1} more)` : ''
  return new Problem(
    'INVALID_INPUT',
    `${place ? `${printable(place)}: ` : ''}${first?.problem ?? 'does not fit'}${more}`,
    {
      members: {
        errors: misfits.map(({ path, problem }) => ({
          detail: problem,
          pointer: `#${path.map((step) => `/${encodeURIComponent(escapeStep(step))}`).join('')}`,
        })),
      },
    },
  )
}

function readText(parameter: ContractParameter, text: string): string | number | boolean {
  if (parameter.type === 'string') return text
  if (parameter.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

function checkParameter({ name, validate }: ContractParameter, value: unknown): void {
  const [misfit] = validate(value)
  if (misfit) throw invalidParameter(name, misfit.problem)
}

/** What no schema says and no column can hold. */
export function checkValues(value: unknown, path: readonly string[]): void {
  const refuse = (problem: string) => invalidFields([{ path, problem }])
  if (typeof value === 'string') checkText(value, refuse)
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw refuse('is too large.')
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) checkValues(member, [...path, name])
  }
}

function checkText(text: string, refuse: (problem: string) => Problem): void {
  if (text.includes('\0')) throw refuse('must not hold the character NUL.')
  if (!text.isWellFormed()) throw refuse('must be well-formed Unicode.')
}

/** @throws {Problem} `BAD_REQUEST` for JSON that nests too deep. */
export function checkDepth(value: unknown, left = deepest): void {
  if (typeof value !== 'object' || value === null) return
  if (left === 0) throw new Problem('BAD_REQUEST', `The body nests deeper than ${deepest} levels.`)
  for (const member of Object.values(value)) checkDepth(member, left - 1)
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('BAD_REQUEST', 'The body is not UTF-8.')
  }
}

/** What was sent may be shown again, but only as far as a line of text can show it. */
function printable(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}

function escapeStep(step: string): string {
  // A name that is no Unicode text cannot be spelled in a pointer; it is shown as near as can be.
  return step.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
}
