import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { SentCall } from '../answer/answer-state.ts'
import type { ShownAnswerView } from '../answer/answer-view.ts'
import { largestText } from '../answer/receive.ts'
import type { Cause } from '../failure/cause.ts'
import type { PanelModel } from '../panel-model.ts'
import { findIds } from './found-ids.ts'
import { type PastAnswer, type PastCall, toKept } from './past-call.ts'
import { tabName } from './tab.ts'
import { withinMemory } from './within-memory.ts'

/** Characters up to which an answer is searched for ids. */
const smallEnough = 1_000_000

/** Puts a call and its answer into the history of this tab. */
export async function keepAnswer(
  model: PanelModel,
  view: ShownAnswerView,
  call: SentCall,
): Promise<void> {
  const { head, received, elapsed, measured, check } = view
  const body = view.body && view.body.blob.size <= largestText ? view.body.blob : undefined
  // Text that is no JSON has no places in it that the document could call secret.
  const secrets = view.body?.kind === 'json' ? check?.findings?.secrets : []
  const outcome: PastAnswer = {
    kind: 'answer',
    head,
    bytes: received.bytes,
    elapsed,
    ...(measured && { measured }),
    ...(secrets && { secrets }),
    ids: idsOf(view),
    hasBody: body !== undefined && body.size > 0,
  }
  await keep(model, outcome, call, body)
}

export async function keepFailedCall(
  model: PanelModel,
  { code, message }: SendFailure,
  cause: Cause | undefined,
  call: SentCall,
): Promise<void> {
  await keep(model, { kind: 'failure', code, message, ...(cause && { cause }) }, call, undefined)
}

async function keep(
  { session, operation, history }: PanelModel,
  outcome: PastCall['outcome'],
  { request, form }: SentCall,
  body: Blob | undefined,
): Promise<void> {
  const past: PastCall = {
    id: crypto.randomUUID(),
    at: Date.now(),
    page: location.pathname,
    method: operation.method,
    summary: operation.summary || operation.path,
    environment: form.environment,
    ...(request && { request }),
    form,
    outcome,
  }
  const vault = await session.connect()
  await vault.keepCall(tabName(), toKept(past, body))
  const kept = { ...past, ...(body && { body }) }
  history.calls.value = withinMemory([kept, ...history.calls.peek()])
}

function idsOf({ text, body, head }: ShownAnswerView) {
  if (body?.kind !== 'json' || text === undefined || head.status >= 400) return []
  if (text.length > smallEnough) return []
  try {
    return findIds(JSON.parse(text))
  } catch {
    return []
  }
}
