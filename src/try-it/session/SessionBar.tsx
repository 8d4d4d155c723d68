import { isFramed } from '../framed.ts'
import type { PanelModel } from '../panel-model.ts'
import { CodeList } from './CodeList.tsx'
import { useSignedIn } from './use-signed-in.ts'

/** Who is signed in, with what and for how long; which environment; the way in and out. */
export function SessionBar({ model, onClose }: { model: PanelModel; onClose(): void }) {
  const session = model.session.current.value
  const parts = useSignedIn(model)
  return (
    <>
      <div class="try-row try-top">
        {session ? (
          <span class="try-session">
            <span class="try-dot" /> <strong>{session.account}</strong>
            {parts && <parts.SessionFacts session={session} />}
          </span>
        ) : (
          <span class="try-soft">
            <span class="try-dot try-dot-off" /> Not signed in
          </span>
        )}
        <EnvironmentPicker model={model} />
        <button type="button" class="try-close" aria-label="Close the panel" onClick={onClose}>
          <span aria-hidden="true">×</span>
        </button>
      </div>
      <div class="try-head">
        {session ? parts && <parts.MissingScopes model={model} /> : <SignedOut model={model} />}
        <p class={model.session.notice.value.isQuiet ? 'try-said' : 'try-notice'} role="status">
          {model.session.notice.value.text}
        </p>
        <SignInProblem model={model} />
        {parts && (session || model.session.error.value) && <parts.SessionTools model={model} />}
      </div>
    </>
  )
}

function EnvironmentPicker({ model }: { model: PanelModel }) {
  const { name } = model.environment.value
  if (__ENVIRONMENTS__.length < 2) return <span class="try-environment">{name}</span>
  return (
    <select
      class="try-environment"
      aria-label="Environment"
      value={name}
      disabled={model.phase.value !== 'idle'}
      onChange={({ currentTarget }) => {
        const chosen = __ENVIRONMENTS__.find((one) => one.name === currentTarget.value)
        if (chosen) model.useEnvironment(chosen)
      }}
    >
      {__ENVIRONMENTS__.map((environment) => (
        <option key={environment.name}>{environment.name}</option>
      ))}
    </select>
  )
}

function SignedOut({ model }: { model: PanelModel }) {
  const { issuer } = model.environment.value
  if (model.session.isOpen) return <p class="try-note">This call needs no credential.</p>
  if (!model.session.canSignIn.value || !issuer) {
    return (
      <p class="try-note">
        There is no sign-in for this call here. Use the curl with a key of your own.
      </p>
    )
  }
  if (isFramed()) {
    return (
      <p class="try-note">
        This page is shown inside another one, so it signs nobody in and sends nothing.
      </p>
    )
  }
  const isLeaving = model.phase.value === 'leaving'
  const wanted = model.session.wantedScopes()
  return (
    <div class="try-sign-in">
      <button
        type="button"
        class="try-plain try-strong"
        disabled={model.phase.value !== 'idle'}
        onClick={() => void model.signIn(model.session.wantedScopes())}
      >
        Sign in with {model.title}
      </button>
      <span class="try-soft">
        {isLeaving ? 'Leaving for' : 'You sign in at'} {new URL(issuer).host}
        {wanted.length > 0 && (
          <>
            {' '}
            and grant <CodeList names={wanted} />
          </>
        )}
      </span>
    </div>
  )
}

function SignInProblem({ model }: { model: PanelModel }) {
  const error = model.session.error.value
  return (
    <div class="try-error" role="alert">
      {error && (
        <>
          {error.message}
          {error.detail && (
            <>
              {' '}
              The server’s own words: <q>{error.detail}</q>
            </>
          )}
        </>
      )}
    </div>
  )
}
