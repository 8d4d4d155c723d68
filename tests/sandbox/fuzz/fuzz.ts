import fc from 'fast-check'
import { readDocument } from '../../../src/document/index.ts'
import * as seeded from '../../../src/sandbox/seed/ids.ts'
import { checkAnswer } from '../contract.ts'
import { demo, other, startApi, type TestApi } from '../harness.ts'
import { anyRequest, type FuzzedRequest } from './requests.ts'
import { idMark } from './values.ts'

export interface Fuzzed {
  requests: number
  /** How often each status was answered. */
  statuses: Map<number, number>
  /** Operations that succeeded at least once. */
  succeeded: Set<string>
}

/** Requests on one database; then a fresh one, so that none grows without bound. */
const batch = 2000

const scopes = [
  'streamloop:read',
  'streamloop:write',
  'streamloop:destructive',
  'streamloop:billing',
]

/**
 * Sends random requests and holds every answer against the OpenAPI document.
 *
 * @throws {Error} The first answer that breaks a promise, with the request and the seed.
 */
export async function fuzz(requests: number, seed: number): Promise<Fuzzed> {
  const document = await readDocument('openapi/openapi.yaml')
  const arbitrary = anyRequest(document)
  const result: Fuzzed = { requests: 0, statuses: new Map(), succeeded: new Set() }
  for (let done = 0; done < requests; done += batch) {
    const api = await startApi()
    try {
      const sample = { seed: seed + done, numRuns: Math.min(batch, requests - done) }
      await run(api, fc.sample(arbitrary, sample), sample.seed, result)
    } finally {
      await api.close()
    }
  }
  return result
}

async function run(
  api: TestApi,
  requests: readonly FuzzedRequest[],
  seed: number,
  result: Fuzzed,
): Promise<void> {
  const ids = new Set(seededIds())
  for (const [index, request] of requests.entries()) {
    const known = [...ids]
    const fill = (text: string) =>
      text.replace(idMark, (_, n, prefix) => {
        const kind = known.filter((id) => id.startsWith(prefix))
        return kind[Number(n) % kind.length] ?? 'none'
      })
    const path = fill(request.path)
    const body = typeof request.body === 'string' ? fill(request.body) : request.body
    api.clock.advance(request.after / 1000)
    const describe = (error: unknown) =>
      new Error(
        `${error instanceof Error ? error.message : error}\nSeed ${seed}, request ${index}: ` +
          `${request.method} ${path.slice(0, 300)} as ${request.caller} ` +
          `${JSON.stringify(request.headers)} ${String(body).slice(0, 1500)}`,
        { cause: error },
      )
    try {
      const response = await api.request(`/v1${path}`, {
        method: request.method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...credentials(request.caller, index),
          ...request.headers,
        },
        ...(body === undefined ? {} : { body }),
      })
      await checkAnswer(request.operation, response)
      const text = await response.text()
      checkNothingLeaks(api, request, response, text)
      const [failure] = api.failures
      if (failure) throw failure
      result.requests += 1
      result.statuses.set(response.status, (result.statuses.get(response.status) ?? 0) + 1)
      if (response.ok) {
        result.succeeded.add(request.operation)
        for (const [id] of text.matchAll(/\b[a-z]+_[0-9A-Z]{26}\b/g)) {
          if (ids.size < 400 && request.operation !== 'getOpenApiDocument') ids.add(id)
        }
      }
    } catch (error) {
      throw describe(error)
    }
  }
}

/** Stack traces, SQL, files, and whose key it was: nothing of these belongs in an answer. */
const inside =
  /SQLITE|node_modules|node:internal|\.ts:\d|\bat (async )?[\w.<>]+ \(|constraint failed|no such (table|column)|near ".*": syntax error/i

function checkNothingLeaks(
  { directory }: TestApi,
  request: FuzzedRequest,
  response: Response,
  text: string,
): void {
  if (response.status >= 500) throw new Error(`${response.status}: ${text.slice(0, 500)}`)
  if (request.operation === 'getOpenApiDocument' && response.ok) return
  const headers = [...response.headers].flat().join('\n')
  for (const secret of [directory, process.cwd(), `sl_${demo}`]) {
    if (text.includes(secret) || headers.includes(secret)) {
      throw new Error(`The answer holds ${secret}: ${text.slice(0, 500)}`)
    }
  }
  const found = inside.exec(text)
  if (found) throw new Error(`The answer shows the inside: ${found[0]}`)
  if (!/^req_[0-9A-Z]{26}$/.test(response.headers.get('x-request-id') ?? '')) {
    throw new Error('The answer has no id of its request.')
  }
}

function credentials(caller: FuzzedRequest['caller'], index: number): Record<string, string> {
  const granted = scopes.filter((_, bit) => (index >> bit) & 1)
  const token = `${demo}.${granted.join('+').replaceAll(':', '_')}`
  switch (caller) {
    case 'demo':
      return { 'x-api-key': `sl_${demo}` }
    case 'other':
      return { 'x-api-key': `sl_${other}` }
    case 'token':
      return { authorization: `Bearer ${token}` }
    case 'both':
      return { 'x-api-key': `sl_${demo}`, authorization: `Bearer ${token}` }
    case 'garbage':
      return index % 2 ? { authorization: 'Basic eDp5' } : { 'x-api-key': 'sl_nobody' }
    default:
      return {}
  }
}

function seededIds(): string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  visit({ ...seeded })
  return [...found].filter((id) => /^[a-z]+_[0-9A-Z]{26}$/.test(id))
}
