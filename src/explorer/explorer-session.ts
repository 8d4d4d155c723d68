import { batch, signal } from '@preact/signals'
import { takeHomecoming } from '../oauth/homecoming.ts'
import { finishSignIn, leaveForSignIn } from '../oauth/sign-in.ts'
import { SignInError } from '../oauth/sign-in-error.ts'
import type { VaultClient } from '../oauth/vault/client.ts'
import type { SessionView } from '../oauth/vault/protocol.ts'
import type { Environment } from '../site.ts'
import { isFramed } from '../try-it/framed.ts'
import { chosenEnvironment, rememberEnvironment } from '../try-it/session/environment.ts'
import { hasSessionHint, setSessionHint } from '../try-it/session/session-hint.ts'

/** Who is signed in while a page explores a whole API. The token stays in the vault. */
export class ExplorerSession {
  /** Name of the service, as in "Sign in with …". */
  readonly title: string
  readonly environment = signal<Environment>(chosenEnvironment())
  readonly current = signal<SessionView | undefined>(undefined)
  readonly error = signal<SignInError | undefined>(undefined)
  /** A sentence about what has just happened. */
  readonly notice = signal('')
  readonly isLeaving = signal(false)
  #vault: Promise<VaultClient> | undefined

  constructor(title: string) {
    this.title = title
  }

  /**
   * Takes up what a sign-in left for this page, or asks the vault who is signed in.
   *
   * @returns What the page gave `signIn` to keep; its own room checks it.
   */
  async start(): Promise<unknown> {
    const home = takeHomecoming(sessionStorage, location.pathname)
    if (!home) {
      if (hasSessionHint()) await this.#refresh()
      return undefined
    }
    const vault = await this.connect()
    try {
      if (home.pending) {
        await finishSignIn(vault, home.pending.query, home.pending.transaction)
      }
      await this.#refresh()
      if (home.refusal) {
        const { code, message, detail } = home.refusal
        this.error.value = new SignInError(code, message, { detail })
      }
      if (home.signedIn && this.current.value) {
        this.notice.value = `Signed in as ${this.current.value.account}.`
      }
    } catch (cause) {
      this.error.value = asSignInError(cause)
    }
    return home.form
  }

  /** Those of the scopes that the session does not have; all of them where there is none. */
  missing(scopes: readonly string[]): string[] {
    const held = this.current.value?.scopes ?? []
    return scopes.filter((scope) => !held.includes(scope))
  }

  /**
   * Leaves for the authorization server, to come back with these scopes and those held already.
   *
   * @param consent Ask even where it was given before: the scopes delete or spend.
   * @param form What the page wants to find again; nothing secret.
   */
  async signIn(scopes: readonly string[], consent: boolean, form: unknown): Promise<void> {
    if (this.isLeaving.peek() || isFramed()) return
    batch(() => {
      this.isLeaving.value = true
      this.error.value = undefined
    })
    try {
      await leaveForSignIn(await this.connect(), {
        environment: this.environment.peek(),
        scopes: [...new Set([...(this.current.peek()?.scopes ?? []), ...scopes])],
        consent,
        clientName: `${this.title} docs`,
        form,
        secrets: {},
      })
    } catch (cause) {
      batch(() => {
        this.error.value = asSignInError(cause)
        this.isLeaving.value = false
      })
    }
  }

  async signOut(): Promise<void> {
    const { name, issuer } = this.environment.peek()
    const outcome = await (await this.connect()).signOut(name)
    this.#hold(undefined)
    this.notice.value =
      outcome === 'closed'
        ? 'Signed out, here and at the authorization server.'
        : `Signed out here. The session at ${issuer ?? 'the server'} may still be open.`
  }

  useEnvironment(name: string): void {
    const environment = __ENVIRONMENTS__.find((one) => one.name === name)
    if (!environment || name === this.environment.peek().name) return
    batch(() => {
      this.environment.value = environment
      this.current.value = undefined
      this.notice.value = ''
    })
    rememberEnvironment(environment)
    if (hasSessionHint()) void this.#refresh()
  }

  connect(): Promise<VaultClient> {
    this.#vault ??= import('../oauth/vault/connect.ts').then(async ({ connectVault }) => {
      const vault = await connectVault()
      vault.listen((environment, session) => {
        if (environment !== this.environment.peek().name) return
        if (!session && this.current.peek()) this.notice.value = 'Your sign-in has ended.'
        this.#hold(session)
      })
      return vault
    })
    return this.#vault
  }

  async #refresh(): Promise<void> {
    const vault = await this.connect()
    this.#hold(await vault.session(this.environment.peek().name))
  }

  #hold(session: SessionView | undefined): void {
    this.current.value = session
    setSessionHint(session !== undefined)
  }
}

function asSignInError(cause: unknown): SignInError {
  if (cause instanceof SignInError) return cause
  return new SignInError('unexpected', 'The sign-in failed for a reason we did not expect.', {
    cause,
  })
}
