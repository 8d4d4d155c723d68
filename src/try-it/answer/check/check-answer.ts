import type {
  DocumentedAnswer,
  DocumentedContent,
  PanelAnswers,
} from '../../../model/panel-answers.ts'
import { isJson } from '../body-kind.ts'
import type { CheckReply, CheckTask } from './check-worker.ts'
import workerUrl from './check-worker.ts?worker&url'
import type { Findings } from './differences.ts'
import { answerFor, contentFor } from './documented-answer.ts'

/** How an answer compares with the document. */
export interface Check {
  /** Differences of the answer as a whole: sentences, and where the documented answers stand. */
  notes: { text: string; anchor?: string }[]
  findings?: Findings
  /** Why the body, or a part of it, was not checked. */
  unchecked?: string
}

export interface CheckedAnswer {
  /** Of the request: HEAD is answered without a body, whatever is documented. */
  method: string
  status: number
  /** Empty where the answer names none. */
  mediaType: string
  bytes: number
  /** Text of a JSON body that is complete. */
  json?: string
}

/** Milliseconds that reading may take. */
const readPatience = 10_000

/** Milliseconds that checking may take; a pattern that runs wild is stopped. */
function checkPatience(text: string): number {
  return 1_500 + text.length / 500
}

/**
 * Compares an answer with what the document says.
 *
 * @param onRead Called once it is known whether the body is JSON.
 */
export async function checkAnswer(
  answer: CheckedAnswer,
  documented: PanelAnswers | undefined,
  onRead: (complaint: string | undefined) => void,
): Promise<Check> {
  const check: Check = { notes: [] }
  const expected = documented && answerFor(documented, answer.status)
  if (!documented) check.unchecked = 'What the documentation says could not be loaded.'
  else if (!expected) {
    check.notes.push({ text: `The status ${answer.status} is not documented.`, anchor: 'answers' })
  }
  const content = expected && contentFor(expected, answer.mediaType)
  const text = expected && complaintAbout(answer, expected, content)
  if (text) check.notes.push({ text, anchor: expected.anchor })
  if (answer.json === undefined) {
    if (content?.schema !== undefined && answer.bytes > 0 && isJson(answer.mediaType)) {
      check.unchecked = 'The body was not checked: it is too large.'
    }
    return check
  }
  const task: CheckTask = {
    text: answer.json,
    ...(content?.schema !== undefined && { schema: content.schema }),
    ...(content?.places && { places: content.places }),
    ...(expected && { anchor: expected.anchor }),
    skipPatterns: false,
  }
  const outcome = await run(task, onRead)
  if (outcome.kind !== 'late') return settle(check, outcome)
  check.unchecked = 'Patterns were not checked: one of the document takes too long.'
  const second = await run({ ...task, skipPatterns: true }, () => {})
  if (second.kind !== 'late') return settle(check, second)
  check.unchecked = 'The body was not checked: it takes too long.'
  return check
}

/** A sentence about the body as a whole, where it or its type is not the documented one. */
function complaintAbout(
  { method, mediaType, bytes }: CheckedAnswer,
  { content: documented }: DocumentedAnswer,
  content: DocumentedContent | undefined,
): string | undefined {
  if (bytes > 0) {
    if (content) return undefined
    if (documented.length === 0) return 'No body is documented for this status.'
    const named = documented.map((one) => one.mediaType).join(' or ')
    return `${mediaType || 'No media type'} came; documented is ${named}.`
  }
  // No bytes are a text, but no JSON.
  const isEnough = content !== undefined && !isJson(mediaType)
  if (documented.length === 0 || isEnough || method === 'HEAD') return undefined
  return 'A body is documented for this status; none came.'
}

function settle(check: Check, reply: CheckReply): Check {
  if (reply.kind === 'checked') {
    check.findings = reply.findings
    if (reply.partly) check.unchecked = reply.partly
  }
  if (reply.kind === 'failed') check.unchecked = `The body was not checked: ${reply.reason}.`
  if (reply.kind === 'read') check.unchecked = 'The body was not checked: it is not JSON.'
  return check
}

/** Runs the checker in a worker of its own, which ends with it. */
function run(
  task: CheckTask,
  onRead: (complaint: string | undefined) => void,
): Promise<CheckReply | { kind: 'late' }> {
  const worker = new Worker(workerUrl, { type: 'module' })
  return new Promise<CheckReply | { kind: 'late' }>((resolve) => {
    const late = () => resolve({ kind: 'late' })
    let timer = setTimeout(late, readPatience)
    worker.onerror = () => resolve({ kind: 'failed', reason: 'the checker could not be started' })
    worker.onmessage = ({ data }: MessageEvent<CheckReply>) => {
      if (data.kind !== 'read') {
        clearTimeout(timer)
        resolve(data)
        return
      }
      onRead(data.complaint)
      clearTimeout(timer)
      if (data.complaint !== undefined) resolve(data)
      else timer = setTimeout(late, checkPatience(task.text))
    }
    worker.postMessage(task)
  }).finally(() => worker.terminate())
}
