import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { FlowStep } from '../../oauth/flow/flow-step.ts'
import type { TokenReport } from '../../oauth/inspection/token-report.ts'
import type { SignInError } from '../../oauth/sign-in-error.ts'
import type { VaultClient } from '../../oauth/vault/client.ts'
import type { SessionView } from '../../oauth/vault/protocol.ts'
import type { Environment } from '../../site.ts'
import type { PanelOperation } from '../operation.ts'
import { isDangerous, missingScopes, needsNoCredential, signInAlternatives } from './scopes.ts'
import { hasSessionHint, setSessionHint } from './session-hint.ts'

/** A session and the moment, by `performance.now()`, when its token ends. */
export type LiveSession = SessionView & { endsAt: number }

/** A sentence about what has just happened. */
export interface Notice {
  text: string
  /** The panel shows it already: it is only said aloud. */
  isQuiet?: boolean
}

export const nothing: Notice = { text: '' }

/** Something that a sign-in left, for this page or another. */
export function hasHomecoming(): boolean {
  try {
    return sessionStorage.getItem('try-it-return') !== null
  } catch {
    return false
  }
}

/** Who is signed in to the chosen environment, and what this call needs of them. */
export class SessionState {
  readonly current = signal<LiveSession | undefined>(undefined)
  readonly error = signal<SignInError | undefined>(undefined)
  readonly notice = signal<Notice>(nothing)
  /** Scopes that the session lacks for this call. */
  readonly missing: ReadonlySignal<string[]>
  readonly canSignIn: ReadonlySignal<boolean>
  /** The call works with nothing at all. */
  readonly isOpen: boolean
  private readonly operation: PanelOperation
  private readonly environment: Signal<Environment>
  private vault: Promise<VaultClient> | undefined

  constructor(operation: PanelOperation, environment: Signal<Environment>) {
    this.operation = operation
    this.environment = environment
    this.isOpen = needsNoCredential(operation.security)
    this.missing = computed(() => {
      const session = this.current.value
      if (!session || this.isOpen) return []
      return missingScopes(operation.security, session.scopes).map(({ name }) => name)
    })
    this.canSignIn = computed(
      () =>
        environment.value.issuer !== undefined && signInAlternatives(operation.security).length > 0,
    )
  }

  /** Scopes to ask for: those of the call, and those the reader has already given. */
  wantedScopes(extra: readonly string[] = []): string[] {
    const held = this.current.peek()?.scopes ?? []
    const [first = []] = signInAlternatives(this.operation.security)
    const needed = held.length > 0 ? this.missing.peek() : first.map(({ name }) => name)
    return [...new Set([...held, ...needed, ...extra])]
  }

  /** True when any of the scopes deletes or spends. */
  isDangerous(scopes: readonly string[]): boolean {
    return isDangerous(this.operation.security, scopes)
  }

  async signOut(): Promise<void> {
    const vault = await this.connect()
    this.notice.value = nothing
    const environment = this.environment.peek()
    const { name, issuer } = environment
    // First the vault, which needs nothing that could fail to load.
    const outcome = await vault.signOut(name)
    try {
      const { forgetSignIns } = await import('./sign-in-trip.ts')
      forgetSignIns(environment)
    } catch {
      // A client id stays, which names nobody.
    }
    batch(() => {
      this.current.value = undefined
      this.notice.value = {
        text:
          outcome === 'closed'
            ? 'Signed out, here and at the authorization server.'
            : `Signed out here. The session at ${issuer ?? 'the server'} may still be open.`,
      }
    })
    setSessionHint(false)
  }

  /** Asks the vault who is signed in. */
  async refresh(): Promise<void> {
    const vault = await this.connect()
    this.hold(await vault.session(this.environment.peek().name))
  }

  /** What is in the token; nothing where nobody is signed in. */
  async inspect(): Promise<TokenReport | undefined> {
    return (await this.connect()).inspect(this.environment.peek().name)
  }

  /** The steps of the last sign-in. */
  async flow(): Promise<FlowStep[]> {
    return (await this.connect()).flow(this.environment.peek().name)
  }

  /** The same, where somebody may be: it would start the worker for nothing otherwise. */
  async refreshIfHinted(): Promise<void> {
    if (hasSessionHint()) await this.refresh()
  }

  connect(): Promise<VaultClient> {
    this.vault ??= import('../../oauth/vault/connect.ts').then(async ({ connectVault }) => {
      const vault = await connectVault()
      vault.listen((environment, session) => {
        if (environment !== this.environment.peek().name) return
        if (!session && this.current.peek()) this.notice.value = { text: 'Your sign-in has ended.' }
        this.hold(session)
      })
      return vault
    })
    // Tried again the next time: what failed may have been the network.
    this.vault.catch(() => {
      this.vault = undefined
    })
    return this.vault
  }

  private hold(session: SessionView | undefined): void {
    this.current.value = session && { ...session, endsAt: performance.now() + session.remaining }
    setSessionHint(session !== undefined)
    if (!session) return
    import('./marks.ts').then(
      ({ showMarks }) => showMarks(),
      () => {
        // The pages are as they are for those who are not signed in.
      },
    )
  }
}
