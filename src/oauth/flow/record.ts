import type { FlowStepName } from './flow-step.ts'

/**
 * A request to an authorization server and its answer as they were, secrets and all. Never leaves
 * the vault, and lives no longer there than the token that is in it.
 */
export interface FlowNote {
  step: FlowStepName
  address: string
  method: string
  headers?: RequestInit['headers'] | undefined
  body?: RequestInit['body'] | undefined
  status?: number
  answer?: string
  /** Milliseconds to the head of the answer. */
  elapsed?: number
}

/** Characters of an answer that are kept. */
const longest = 100_000

/**
 * `fetch` that takes notes of each request and of its answer.
 *
 * @param notes Takes up the notes, in the order of the requests.
 * @param now Milliseconds of a clock that never jumps.
 */
export function recorded(
  send: typeof fetch,
  notes: FlowNote[],
  now: () => number,
  name: (address: string) => FlowStepName,
): typeof fetch {
  return async (input, init = {}) => {
    const address = String(input)
    const { method = 'GET', headers, body } = init
    const note: FlowNote = { step: name(address), address, method, headers, body }
    notes.push(note)
    const started = now()
    const response = await send(input, init)
    note.elapsed = now() - started
    // A redirect that is not followed has no status to show.
    if (response.status > 0) note.status = response.status
    const text = await readSome(response)
    if (text !== undefined) note.answer = text
    return response
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
