import type { KeptPastCall } from './past-call.ts'

const mostCalls = 50
/** Bytes of all bodies; those of the oldest calls are let go. */
const mostBytes = 32 * 1024 * 1024

/** @param calls Newest first. */
export function withinMemory(calls: readonly KeptPastCall[]): KeptPastCall[] {
  let bytes = 0
  return calls.slice(0, mostCalls).map((call) => {
    bytes += call.body?.size ?? 0
    if (bytes <= mostBytes) return call
    const { body: _gone, ...rest } = call
    return rest
  })
}
