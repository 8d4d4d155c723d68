import type { PanelModel } from '../panel-model.ts'
import { CodeList } from './CodeList.tsx'
import { callScopes } from './scopes.ts'
import type { LiveSession } from './session-state.ts'
import { useTimeLeft } from './time-left.ts'

export { SessionTools } from './SessionTools.tsx'

/** With what, and for how long. */
export function SessionFacts({ session }: { session: LiveSession }) {
  const left = useTimeLeft(session)
  return (
    <span class="try-soft">
      {' '}
      · {shortScopes(session.scopes)} · {left}
    </span>
  )
}

/** `streamloop:read streamloop:write` as `read, write`: the prefix says nothing where all share it. */
function shortScopes(scopes: readonly string[]): string {
  const named = callScopes(scopes)
  const prefixes = new Set(named.map((scope) => scope.slice(0, scope.lastIndexOf(':') + 1)))
  const [prefix = ''] = prefixes.size === 1 ? prefixes : []
  return named.map((scope) => scope.slice(prefix.length)).join(', ') || 'no scopes'
}

/** What the sign-in lacks for this call, and the way to get it. */
export function MissingScopes({ model }: { model: PanelModel }) {
  const missing = model.session.missing.value
  if (missing.length === 0) return null
  return (
    <div class="try-sign-in">
      <span class="try-soft">
        This call needs <CodeList names={missing} />, which you have not granted.
      </span>
      <button
        type="button"
        class="try-plain try-strong"
        disabled={model.phase.value !== 'idle'}
        onClick={() => void model.signIn(model.session.wantedScopes())}
      >
        Grant {missing.join(', ')}
      </button>
    </div>
  )
}
