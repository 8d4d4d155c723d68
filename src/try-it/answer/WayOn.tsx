import type { PanelModel } from '../panel-model.ts'
import type { ShownAnswerView } from './answer-view.ts'

/** A sign-in that would let the call through. */
export function WayOn({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { offer, head } = view
  if (!offer) return null
  const { scopes, wanted, repeat } = offer
  const host = new URL(model.environment.value.issuer ?? location.origin).host
  return (
    <div class="try-offer">
      <p>
        {scopes.length > 0
          ? `Your sign-in lacks ${scopes.join(', ')}.`
          : head.authorized
            ? 'The API no longer takes your sign-in.'
            : 'This call needs a sign-in.'}
        {!repeat && ' The call was repeated once already, so something else is in the way.'}
      </p>
      <button
        type="button"
        class="try-plain"
        disabled={model.phase.value !== 'idle'}
        onClick={() => void model.signIn(wanted, repeat)}
      >
        {scopes.length > 0 ? `Allow ${scopes.join(', ')}` : 'Sign in'}
        {repeat && ' and repeat this call'}
      </button>
      <span>at {host}</span>
    </div>
  )
}
