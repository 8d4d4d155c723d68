import type { FlowField, FlowStep, FlowStepName } from './flow-step.ts'
import { maskField, maskHeader, maskJson } from './mask.ts'

/** Characters of an answer that are kept. */
const longest = 100_000

/**
 * `fetch` that takes notes of each request to an authorization server and of its answer. Secrets
 * are masked before a note is taken, so that no note has to be kept as safe as a token.
 *
 * @param steps Takes up the notes, in the order of the requests.
 * @param now Milliseconds of a clock that never jumps.
 */
export function recorded(
  send: typeof fetch,
  steps: FlowStep[],
  now: () => number,
  name: FlowStepName | ((address: string) => FlowStepName),
): typeof fetch {
  return async (input, init) => {
    const address = String(input)
    const step = noteRequest(typeof name === 'string' ? name : name(address), address, init ?? {})
    steps.push(step)
    const started = now()
    const response = await send(input, init)
    step.elapsed = now() - started
    // A redirect that is not followed has no status to show.
    if (response.status > 0) step.status = response.status
    const text = await readSome(response)
    const answer = text === undefined ? undefined : maskJson(text)
    if (answer !== undefined) step.answer = answer
    return response
  }
}

/** A page that is opened in the browser, not fetched. */
export function notePage(step: FlowStepName, address: string): FlowStep {
  return noteRequest(step, address, {})
}

function noteRequest(step: FlowStepName, address: string, init: RequestInit): FlowStep {
  const url = new URL(address)
  const { body } = init
  const isForm = body instanceof URLSearchParams
  const query = isForm ? body : url.searchParams
  const fields = [...query].map(([name, value]): FlowField => maskField(name, value))
  const text = typeof body === 'string' ? maskJson(body) : undefined
  return {
    step,
    method: init.method ?? 'GET',
    url: url.origin + url.pathname,
    headers: [...new Headers(init.headers)]
      // The library names itself; browsers put their own name there.
      .filter(([name]) => name !== 'user-agent')
      .map(([name, value]) => maskHeader(name, value)),
    fields,
    ...(text !== undefined && { body: text }),
  }
}

/** The text of a copy of an answer, unless it is out of all proportion. */
async function readSome(response: Response): Promise<string | undefined> {
  const reader = response.clone().body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const piece = await reader?.read()
      if (!piece?.value) return text
      text += decoder.decode(piece.value, { stream: true })
      if (text.length > longest) {
        // Nobody waits for the copy's end: the answer itself is still read by whoever asked.
        void reader?.cancel()
        return undefined
      }
    }
  } catch {
    return undefined
  }
}
