import type { PanelModel } from '../panel-model.ts'
import { CodeList } from './CodeList.tsx'
import { callScopes } from './scopes.ts'
import type { AnswerOffer } from './step-up.ts'

/** Beside a refusal: what is granted, what is missing, and the one step that settles it. */
export function StepUp({ offer, model }: { offer: AnswerOffer; model: PanelModel }) {
  const { kind, missing, wanted, repeat } = offer
  const granted = callScopes(offer.granted)
  const host = new URL(model.environment.value.issuer ?? location.origin).host
  if (kind === 'pointless') {
    return (
      <div class="try-offer">
        <p>
          The API asks for a scope that your sign-in has: <CodeList names={granted} />. Signing in
          again would change nothing.
        </p>
      </div>
    )
  }
  return (
    <div class="try-offer">
      {kind === 'step_up' ? (
        <dl class="try-scopes">
          <dt>Granted</dt>
          <dd>{granted.length > 0 ? <CodeList names={granted} /> : 'nothing'}</dd>
          <dt>Missing</dt>
          <dd>
            <CodeList names={missing} />
          </dd>
        </dl>
      ) : (
        <p>
          {kind === 'sign_in_again'
            ? 'The API no longer takes your sign-in.'
            : 'This call needs a sign-in.'}
        </p>
      )}
      {!repeat && <p>The call was repeated once already, so it is not repeated again by itself.</p>}
      <button
        type="button"
        class="try-plain"
        disabled={model.phase.value !== 'idle'}
        onClick={() => void model.signIn(wanted, repeat)}
      >
        {kind === 'step_up' ? `Allow ${missing.join(', ')}` : 'Sign in'}
        {repeat && ' and repeat this call'}
      </button>
      <span>at {host}</span>
    </div>
  )
}
