import { bodyKind, decode, mediaTypeOf } from '../answer/body-kind.ts'
import { headerOf } from '../answer/headers.ts'
import type { KeptPastCall } from './past-call.ts'

/** Text of the body of a past answer; nothing where it is no text or was not kept. */
export async function bodyText({ outcome, body }: KeptPastCall): Promise<string | undefined> {
  if (outcome.kind !== 'answer' || !body) return undefined
  const type = headerOf(outcome.head.headers, 'content-type')
  const kind = bodyKind(mediaTypeOf(type), outcome.bytes)
  return kind === 'json' || kind === 'text' ? decode(body, type) : undefined
}
