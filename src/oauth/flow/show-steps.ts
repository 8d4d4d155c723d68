import type { FlowField, FlowStep } from './flow-step.ts'
import { maskField, maskHeader, maskJson } from './mask.ts'
import type { FlowNote } from './record.ts'

/** Notes as they may leave the vault: without anything that could be used by somebody else. */
export function showSteps(notes: readonly FlowNote[]): FlowStep[] {
  return notes.map(({ step, address, method, headers, body, status, answer, elapsed }) => {
    const url = new URL(address)
    const isForm = body instanceof URLSearchParams
    const query = isForm ? body : url.searchParams
    const fields = [...query].map(([name, value]): FlowField => maskField(name, value))
    const text = typeof body === 'string' ? maskJson(body) : undefined
    const shown = answer === undefined ? undefined : maskJson(answer)
    return {
      step,
      method,
      url: url.origin + url.pathname,
      headers: [...new Headers(headers)]
        // The library names itself; browsers put their own name there.
        .filter(([name]) => name !== 'user-agent')
        .map(([name, value]) => maskHeader(name, value)),
      fields,
      ...(text !== undefined && { body: text }),
      ...(status !== undefined && { status }),
      ...(shown !== undefined && { answer: shown }),
      ...(elapsed !== undefined && { elapsed }),
    }
  })
}
