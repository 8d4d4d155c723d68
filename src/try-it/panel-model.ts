import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Homecoming, takeHomecoming } from '../oauth/homecoming.ts'
import type { SignInError } from '../oauth/sign-in-error.ts'
import type { VaultClient } from '../oauth/vault/client.ts'
import type { SessionView } from '../oauth/vault/protocol.ts'
import { SendFailure } from '../oauth/vault/send-failure.ts'
import { type ApiRequest, buildRequest, RequestError, serverFor } from '../request/index.ts'
import type { Environment } from '../site.ts'
import type { AnswerOffer, AnswerView } from './answer-view.ts'
import { readChallenge } from './challenge.ts'
import { chosenEnvironment, rememberEnvironment } from './environment.ts'
import { isFramed } from './framed.ts'
import { headerOf } from './headers.ts'
import type { PanelOperation } from './operation.ts'
import { Form, readSavedForm, type SavedForm } from './request/form.ts'
import { isDangerous, missingScopes, needsNoCredential, signInAlternatives } from './scopes.ts'
import { hasSessionHint, setSessionHint } from './session-hint.ts'

/** A session and the moment, by `performance.now()`, when its token ends. */
export type LiveSession = SessionView & { endsAt: number }

/** What the panel is doing. */
export type Phase = 'idle' | 'asking' | 'sending' | 'leaving'

/** A sentence about what has just happened. */
export interface Notice {
  text: string
  /** The panel shows it already: it is only said aloud. */
  isQuiet?: boolean
}

const nothing: Notice = { text: '' }

export type BuiltRequest = { request: ApiRequest } | { error: RequestError }

/** Everything behind the panel of one page. */
export class PanelModel {
  readonly operation: PanelOperation
  /** Name of the service, as in "Sign in with …". */
  readonly title: string
  readonly form: Form
  readonly environment: Signal<Environment>
  readonly session = signal<LiveSession | undefined>(undefined)
  readonly phase = signal<Phase>('idle')
  readonly answer = signal<AnswerView | undefined>(undefined)
  readonly signInError = signal<SignInError | undefined>(undefined)
  /** A sentence about what has just happened to the session. */
  readonly notice = signal<Notice>(nothing)
  /** Milliseconds since the request left. */
  readonly waiting = signal(0)
  /** Problems are shown once the reader has tried to send. */
  readonly tried = signal(false)
  /** Something that looked like an API key was kept out. */
  readonly keyRefused = signal(false)
  readonly built: ReadonlySignal<BuiltRequest>
  /** Scopes that the session lacks for this call. */
  readonly missing: ReadonlySignal<string[]>
  readonly canSignIn: ReadonlySignal<boolean>
  readonly isOpen: boolean
  /** What the call destroys or spends. */
  readonly confirmation: string | undefined

  private vault: Promise<VaultClient> | undefined
  private controller: AbortController | undefined
  private readMore: (() => Promise<void>) | undefined
  /** The call now made is the one repeated after a sign-in: it is not offered once more. */
  private repeating = false

  constructor(operation: PanelOperation, title: string) {
    this.operation = operation
    this.title = title
    this.form = new Form(operation)
    this.environment = signal(chosenEnvironment())
    this.isOpen = needsNoCredential(operation.security)
    this.confirmation =
      operation.confirm ??
      (operation.method === 'DELETE' ? 'This call deletes something for good.' : undefined)
    this.built = computed(() => this.build(this.form.values.value))
    this.missing = computed(() => {
      const session = this.session.value
      if (!session || this.isOpen) return []
      return missingScopes(operation.security, session.scopes).map(({ name }) => name)
    })
    this.canSignIn = computed(
      () =>
        this.environment.value.issuer !== undefined &&
        signInAlternatives(operation.security).length > 0,
    )
    this.followForm()
  }

  /** Takes up what a sign-in left for this page, and asks the vault who is signed in. */
  async start(): Promise<void> {
    const home = takeHomecoming(sessionStorage, location.pathname)
    const saved = home && readSavedForm(home.form, this.operation.id)
    if (saved) {
      this.form.restore(saved)
      const environment = __ENVIRONMENTS__.find(({ name }) => name === saved.environment)
      if (environment) this.environment.value = environment
    }
    if (home) await this.comeHome(home, saved)
    else if (hasSessionHint()) await this.refreshSession()
  }

  private async comeHome(home: Homecoming, saved: SavedForm | undefined): Promise<void> {
    const vault = await this.connect()
    const secrets = (await vault.takeSecrets(home.trip)) ?? {}
    const lost = saved ? this.form.restoreSecrets(secrets, saved.secretNames) : []
    if (home.pending) {
      const { finishSignIn } = await import('../oauth/sign-in.ts')
      const { query, transaction } = home.pending
      try {
        await finishSignIn(vault, query, transaction)
      } catch (cause) {
        this.signInError.value = cause as SignInError
        return
      }
    }
    await this.refreshSession()
    if (!home.signedIn || !this.session.value) return
    const { account, unasked } = this.session.value
    this.notice.value = unasked.length
      ? {
          text: `Signed in as ${account}. The server also granted ${unasked.join(', ')}, which was not asked for.`,
        }
      : { text: `Signed in as ${account}.`, isQuiet: true }
    if (lost.length > 0) {
      this.notice.value = {
        text: `Signed in as ${account}. Type ${lost.join(', ')} again: this browser kept no secrets on the way.`,
      }
      return
    }
    if (saved?.repeat && 'request' in this.built.peek()) {
      this.repeating = true
      await this.sendNow()
      this.repeating = false
    }
  }

  useEnvironment(environment: Environment): void {
    if (environment.name === this.environment.peek().name) return
    batch(() => {
      this.environment.value = environment
      this.session.value = undefined
      this.answer.value = undefined
      this.notice.value = nothing
    })
    rememberEnvironment(environment)
    if (hasSessionHint()) void this.refreshSession()
  }

  /** Sends, or asks first where the call destroys or spends. */
  async send(confirmed = false): Promise<void> {
    const phase = this.phase.peek()
    if (phase === 'sending' || phase === 'leaving') return
    this.tried.value = true
    if (isFramed()) return
    if (this.form.holdsApiKey()) {
      this.refuseKey()
      return
    }
    if ('error' in this.built.peek()) {
      this.phase.value = 'idle'
      return
    }
    if (this.confirmation && !confirmed) {
      this.phase.value = 'asking'
      return
    }
    await this.sendNow()
  }

  /** Keeps an API key out and says so. */
  refuseKey(): void {
    batch(() => {
      this.keyRefused.value = true
      this.phase.value = this.phase.peek() === 'asking' ? 'idle' : this.phase.peek()
    })
  }

  forgetRefusal(): void {
    this.keyRefused.value = false
  }

  /** The call as a terminal makes it, with the key in a variable. */
  get curlHint(): string {
    const { method, path, server, credentials } = this.operation
    const built = this.built.peek()
    const url =
      'request' in built ? built.request.url : serverFor(server, this.environment.peek().api) + path
    const key = credentials.find(({ kind }) => kind === 'apiKey')
    const option = method === 'GET' ? '' : `-X ${method} `
    const header = key ? `${key.header}: ${key.prefix}$${key.variable}` : 'x-api-key: $API_KEY'
    return `curl ${option}'${url.replaceAll("'", '%27')}' -H "${header}"`
  }

  cancel(): void {
    this.controller?.abort()
  }

  dismiss(): void {
    if (this.phase.peek() === 'asking') this.phase.value = 'idle'
  }

  /** @param repeat Make the call once the reader is back. */
  async signIn(scopes: readonly string[], repeat = false): Promise<void> {
    if (this.phase.peek() === 'leaving' || isFramed()) return
    this.phase.value = 'leaving'
    this.signInError.value = undefined
    const { leaveForSignIn } = await import('../oauth/sign-in.ts')
    const environment = this.environment.peek()
    try {
      await leaveForSignIn(await this.connect(), {
        environment,
        scopes: [...scopes],
        consent: isDangerous(this.operation.security, scopes),
        clientName: `${this.title} docs`,
        form: this.form.save(environment.name, repeat),
        secrets: this.form.secrets(),
      })
    } catch (cause) {
      this.signInError.value = cause as SignInError
      this.phase.value = 'idle'
    }
  }

  /** Scopes to ask for: those of the call, and those the reader has already given. */
  wantedScopes(extra: readonly string[] = []): string[] {
    const held = this.session.peek()?.scopes ?? []
    const [first = []] = signInAlternatives(this.operation.security)
    const needed = held.length > 0 ? this.missing.peek() : first.map(({ name }) => name)
    return [...new Set([...held, ...needed, ...extra])]
  }

  async signOut(): Promise<void> {
    const vault = await this.connect()
    this.notice.value = nothing
    const { name, issuer } = this.environment.peek()
    const outcome = await vault.signOut(name)
    batch(() => {
      this.session.value = undefined
      this.answer.value = undefined
      this.notice.value = {
        text:
          outcome === 'closed'
            ? 'Signed out, here and at the authorization server.'
            : `Signed out here. The session at ${issuer ?? 'the server'} may still be open.`,
      }
    })
    setSessionHint(false)
  }

  /** Goes on reading an answer that was stopped for its size. */
  async continueReading(): Promise<void> {
    await this.readMore?.()
  }

  private async sendNow(): Promise<void> {
    const built = this.built.peek()
    if ('error' in built) return
    const controller = new AbortController()
    const started = performance.now()
    const timer = setInterval(() => {
      this.waiting.value = performance.now() - started
    }, 100)
    this.controller = controller
    batch(() => {
      this.phase.value = 'sending'
      this.waiting.value = 0
      this.answer.value = undefined
    })
    try {
      const vault = await this.connect()
      const answer = await vault.send(
        {
          environment: this.environment.peek().name,
          request: built.request,
          authorize: !this.isOpen || this.session.peek() !== undefined,
        },
        controller.signal,
      )
      const { head } = answer
      const offer = this.offerFor(head.status, headerOf(head.headers, 'www-authenticate'))
      const { receive } = await import('./receive.ts')
      this.readMore = await receive(answer, this.answer, offer, started)
      if (head.status === 401) await this.refreshSession()
    } catch (cause) {
      const failure =
        cause instanceof SendFailure
          ? cause
          : new SendFailure('unreachable', 'The request could not be made.', { cause })
      this.answer.value = { kind: 'failure', failure }
    } finally {
      clearInterval(timer)
      this.phase.value = 'idle'
    }
  }

  /** What would let the call through: a sign-in, or exactly the scopes that the API misses. */
  private offerFor(status: number, header: string | undefined): AnswerOffer | undefined {
    if (!this.canSignIn.peek()) return undefined
    const challenge = readChallenge(header)
    const repeat = !this.repeating
    if (status === 401) return { scopes: [], wanted: this.wantedScopes(), repeat }
    if (status !== 403 || challenge?.error !== 'insufficient_scope') return undefined
    const held = this.session.peek()?.scopes ?? []
    const named = challenge.scopes.filter((scope) => !held.includes(scope))
    const scopes = named.length > 0 ? named : this.missing.peek()
    return scopes.length > 0
      ? { scopes, wanted: [...new Set([...held, ...scopes])], repeat }
      : undefined
  }

  private build(values: Form['values']['value']): BuiltRequest {
    try {
      const server = serverFor(this.operation.server, this.environment.value.api)
      return { request: buildRequest(this.operation, values, server) }
    } catch (cause) {
      if (cause instanceof RequestError) return { error: cause }
      throw cause
    }
  }

  /** Tells the samples of the page what has been typed. */
  private followForm(): void {
    let last: string | undefined
    effect(() => {
      const built = this.build(this.form.printable.value)
      if ('error' in built) return
      const now = JSON.stringify(built.request)
      // The samples already show what the form begins with.
      if (last !== undefined && last !== now) {
        document.dispatchEvent(new CustomEvent('request-change', { detail: built.request }))
      }
      last = now
    })
  }

  private async refreshSession(): Promise<void> {
    const vault = await this.connect()
    this.hold(await vault.session(this.environment.peek().name))
  }

  private hold(session: SessionView | undefined): void {
    this.session.value = session && { ...session, endsAt: performance.now() + session.remaining }
    setSessionHint(session !== undefined)
  }

  private connect(): Promise<VaultClient> {
    this.vault ??= import('../oauth/vault/connect.ts').then(async ({ connectVault }) => {
      const vault = await connectVault()
      vault.listen((environment, session) => {
        if (environment !== this.environment.peek().name) return
        if (!session && this.session.peek()) this.notice.value = { text: 'Your sign-in has ended.' }
        this.hold(session)
      })
      return vault
    })
    return this.vault
  }
}
