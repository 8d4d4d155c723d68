import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import type { PanelModel } from '../panel-model.ts'
import { offerFor, standingOf } from '../session/step-up.ts'
import { afterAnswer } from './after-answer.ts'
import type { ReceivedCall } from './answer-state.ts'
import { receive } from './receive.ts'

/**
 * Reads an answer into the panel, and finds out about it what can be found out.
 *
 * @returns Goes on where reading stopped for the size of the answer.
 */
export function takeAnswer(
  model: PanelModel,
  answer: RemoteAnswer,
  call: ReceivedCall,
): Promise<() => Promise<void>> {
  const standing = standingOf(model.session, answer.head)
  const offer = standing && offerFor(answer.head, standing, call.mayRepeat)
  return receive(answer, model.answer.view, offer, call.started, (view, update) => {
    void afterAnswer(model, view, update, call)
  })
}
