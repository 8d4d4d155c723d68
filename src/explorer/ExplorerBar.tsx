import type { ComponentChildren } from 'preact'
import { isFramed } from '../try-it/framed.ts'
import type { ExplorerSession } from './explorer-session.ts'

interface Props {
  session: ExplorerSession
  /** Scopes that a sign-in from here asks for. */
  wanted: readonly string[]
  onSignIn(): void
  children?: ComponentChildren
}

/** Who is signed in, where, and the way in and out. */
export function ExplorerBar({ session, wanted, onSignIn, children }: Props) {
  const current = session.current.value
  const { name, issuer } = session.environment.value
  const error = session.error.value
  return (
    <div class="explorer-bar">
      <div class="explorer-row">
        {__ENVIRONMENTS__.length < 2 ? (
          <span class="explorer-soft">{name}</span>
        ) : (
          <select
            class="explorer-select"
            aria-label="Environment"
            value={name}
            onChange={({ currentTarget }) => session.useEnvironment(currentTarget.value)}
          >
            {__ENVIRONMENTS__.map((environment) => (
              <option key={environment.name}>{environment.name}</option>
            ))}
          </select>
        )}
        {isFramed() ? (
          <span class="explorer-soft">
            This page is shown inside another one, so it sends nothing.
          </span>
        ) : current ? (
          <>
            <span>
              Signed in as <strong>{current.account}</strong>
            </span>
            <button type="button" class="try-plain" onClick={() => void session.signOut()}>
              Sign out
            </button>
          </>
        ) : issuer === undefined ? (
          <span class="explorer-soft">There is no sign-in here. Use the curl.</span>
        ) : (
          <>
            <button
              type="button"
              class="try-send"
              disabled={session.isLeaving.value}
              onClick={onSignIn}
            >
              Sign in with {session.title}
            </button>
            <span class="explorer-soft">
              at {new URL(issuer).host}
              {wanted.length > 0 && ` for ${wanted.join(', ')}`}
            </span>
          </>
        )}
        {children}
      </div>
      <p class="explorer-notice" role="status">
        {session.notice.value}
      </p>
      <p class="explorer-error" role="alert">
        {error &&
          `${error.message}${error.detail ? ` The server’s own words: “${error.detail}”` : ''}`}
      </p>
    </div>
  )
}
