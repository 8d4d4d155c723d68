import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { SentCall } from '../answer/answer-state.ts'
import type { AnswerView } from '../answer/answer-view.ts'
import type { PanelModel } from '../panel-model.ts'
import type { Cause } from './cause.ts'
import { findCause } from './find-cause.ts'
import { pageProber } from './probe.ts'

/** Shows a failure, finds out more where there is more to find out, and keeps it for this tab. */
export async function lookInto(
  model: PanelModel,
  failure: SendFailure,
  call: SentCall,
): Promise<void> {
  const { view } = model.answer
  const { generation } = model.history
  const isOpen = failure.code === 'unreachable' && call.request !== undefined
  const first: AnswerView = { kind: 'failure', failure, isSought: isOpen, request: call.request }
  view.value = first
  let cause: Cause | undefined
  if (isOpen && call.request) {
    const facts = {
      protocol: location.protocol,
      isOnline: navigator.onLine,
      isLocalNetworkDenied: await isLocalNetworkDenied(),
    }
    cause = await findCause(call.request, call.authorized, facts, pageProber).catch(() => undefined)
    // Another call may have taken its place.
    if (view.peek() === first) {
      view.value = { ...first, isSought: false, ...(cause && { cause }) }
    }
  }
  // What cannot be kept is missing from the history, and from nothing else.
  const keep = await import('../history/keep.ts').catch(() => undefined)
  if (!keep || model.history.generation !== generation) return
  await keep.keepFailedCall(model, failure, cause, call)
}

async function isLocalNetworkDenied(): Promise<boolean> {
  try {
    const name = 'local-network-access' as PermissionName
    return (await navigator.permissions.query({ name })).state === 'denied'
  } catch {
    // This browser knows no such permission.
    return false
  }
}
