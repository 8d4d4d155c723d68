import { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { AnswerView } from '../answer/answer-view.ts'
import { bodyKind, decode, mediaTypeOf } from '../answer/body-kind.ts'
import { headerOf } from '../answer/headers.ts'
import type { PanelModel } from '../panel-model.ts'
import { readSavedForm } from '../request/saved-form.ts'
import { awaitCall, takeAwaitedCall } from './awaited-call.ts'
import { fromKept, type KeptPastCall } from './past-call.ts'

/** Reads what the vault has of a tab. */
export async function readCalls({ session, history }: PanelModel, tab: string): Promise<void> {
  const vault = await session.connect()
  const kept = await vault.keptCalls(tab)
  if (kept.length === 0) history.clear()
  else {
    const calls = kept.map(fromKept).filter((call) => call !== undefined)
    history.calls.value = calls.reverse()
  }
}

/** Shows the call for which another page led here. */
export async function showAwaited(model: PanelModel): Promise<void> {
  const awaited = takeAwaitedCall(location.pathname)
  const call = awaited && model.history.calls.peek().find(({ id }) => id === awaited.id)
  if (call) await openPast(model, call, awaited.again)
}

/**
 * Shows a past call, or makes it once more; on its own page, to which this leads where it is another
 * one.
 */
export async function openPast(
  model: PanelModel,
  call: KeptPastCall,
  again: boolean,
): Promise<void> {
  if (call.page !== location.pathname) {
    awaitCall({ page: call.page, id: call.id, again })
    // The record was written by this site, but a path is checked wherever it came from.
    const address = new URL(call.page, location.origin)
    if (address.origin === location.origin) location.assign(address.href)
    return
  }
  const environment = __ENVIRONMENTS__.find(({ name }) => name === call.environment)
  if (environment) model.useEnvironment(environment)
  const form = readSavedForm(call.form, model.operation.id)
  if (form) model.form.restore(form)
  // Without its files it would be another call.
  if (again && !form?.filesLeftOut) await model.sending.send()
  else model.answer.show(await viewOf(call))
}

async function viewOf({ outcome, request, body, at }: KeptPastCall): Promise<AnswerView> {
  if (outcome.kind === 'failure') {
    const { code, message, cause } = outcome
    const failure = new SendFailure(code, message)
    return { kind: 'failure', failure, request, ...(cause && { cause }) }
  }
  const { head, bytes, elapsed, measured } = outcome
  const contentType = headerOf(head.headers, 'content-type')
  const mediaType = mediaTypeOf(contentType)
  const kind = bodyKind(mediaType, bytes)
  const isText = body !== undefined && (kind === 'json' || kind === 'text')
  return {
    kind: 'answer',
    head,
    contentType,
    mediaType,
    received: { bytes, done: true, paused: false },
    cameAt: at,
    elapsed,
    offer: undefined,
    isKept: true,
    ...(measured && { measured }),
    ...(body && { body: { kind, blob: body } }),
    ...(isText && { text: await decode(body, contentType) }),
  }
}
