import type { PanelModel } from '../panel-model.ts'
import type { SentCall } from './answer-state.ts'
import type { ShownAnswerView } from './answer-view.ts'
import { checkAnswer } from './check/check-answer.ts'
import { loadAnswers } from './check/documented-answer.ts'
import { inWords } from './check/json-pointer.ts'
import { headerOf } from './headers.ts'
import { findNextPage } from './next-page.ts'
import { readProblem } from './problem.ts'
import type { Update } from './receive.ts'

/**
 * What is found out once an answer is there: whether it is as documented, which fields it blames,
 * whether there is a next page. Then it goes into the tab's history.
 */
export async function afterAnswer(
  model: PanelModel,
  view: ShownAnswerView,
  update: Update,
  call: SentCall,
): Promise<void> {
  let latest = view
  const { generation } = model.history
  const change: Update = (part) => {
    latest = { ...latest, ...part }
    update(part)
  }
  tellFields(model, view)
  const json = view.body?.kind === 'json' && view.received.done ? view.text : undefined
  const next = json === undefined ? undefined : nextPage(model, view, json, call)
  if (next) change({ next })
  if (view.received.done) {
    const documented = await loadAnswers(model.answersAddress).catch(() => undefined)
    const { status } = view.head
    const { mediaType, received } = view
    const { method } = model.operation
    const check = await checkAnswer(
      { method, status, mediaType, bytes: received.bytes, ...(json !== undefined && { json }) },
      documented,
      (complaint) => change({ complaint: complaint ?? '' }),
    )
    change({ check, ...(documented && { hidden: hiddenHeaders(documented, view) }) })
  }
  // What cannot be kept is missing from the history, and from nothing else.
  const keep = await import('../history/keep.ts').catch(() => undefined)
  // Whoever signed out in the meantime wants nothing kept.
  if (!keep || model.history.generation !== generation) return
  await keep.keepAnswer(model, latest, call)
}

/** Marks the fields that a problem document names. */
function tellFields(
  { request, form }: PanelModel,
  { mediaType, text, head }: ShownAnswerView,
): void {
  if (head.status < 400 || text === undefined) return
  const fields = readProblem(mediaType, text, __BASE__)?.fields ?? []
  request.told.value = fields.flatMap(({ parameter, pointer, detail: message }) => {
    if (pointer !== undefined) return [{ key: 'body', pointer, place: inWords(pointer), message }]
    const field = form.fields.find((one) => one.parameter.name === parameter)
    return field ? [{ key: field.key, pointer: '', place: '', message }] : []
  })
}

/** Characters up to which the page itself looks into the answer. */
const smallEnough = 1_000_000

function nextPage(
  { operation }: PanelModel,
  { head }: ShownAnswerView,
  json: string,
  { request }: SentCall,
) {
  if (head.status >= 300 || json.length > smallEnough) return undefined
  const names = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name)
  if (names.length === 0) return undefined
  try {
    const [, query = ''] = request?.url.split('?') ?? []
    const sent = new URLSearchParams(query)
    return findNextPage(JSON.parse(json), headerOf(head.headers, 'link'), names, sent)
  } catch {
    return undefined
  }
}

/** Documented headers that this page does not see. */
function hiddenHeaders(
  documented: Awaited<ReturnType<typeof loadAnswers>>,
  { head }: ShownAnswerView,
): string[] {
  const answer = documented.answers.find(({ status }) => status === String(head.status))
  const seen = new Set(head.headers.map(([name]) => name.toLowerCase()))
  return (answer?.headers ?? [])
    .map(({ name }) => name)
    .filter((name) => !seen.has(name.toLowerCase()))
}
