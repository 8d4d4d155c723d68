import { signal } from '@preact/signals'
import { render } from 'preact'
import { SendFailure } from '../oauth/vault/send-failure.ts'
import { failureWords } from '../try-it/failure/failure-words.ts'
import { isFramed } from '../try-it/framed.ts'
import { ask } from './ask.ts'
import { ExplorerBar } from './ExplorerBar.tsx'
import { ExplorerSession } from './explorer-session.ts'
import { keepKeysOut } from './key-guard.ts'
import { mendScalar } from './mend-scalar.ts'
import { type ExplorerOperation, operationOf } from './operations.ts'
import { giveUpMain, loadScalar, scalarConfiguration } from './scalar.ts'
import { ExplorerRefusal, readRequest, sendThroughVault } from './vault-fetch.ts'

export interface ExplorerPlace {
  /** Takes the session bar. */
  bar: HTMLElement
  /** Takes the explorer. */
  mount: HTMLElement
  /** Name of the service. */
  title: string
  /** Address of the library's script. */
  script: string
  /** Address of the document without credentials. */
  document: string
  /** Address of what is known about its operations. */
  operations: string
}

/** Loads the explorer into its page. */
export async function openExplorer(place: ExplorerPlace): Promise<void> {
  const canSend = __ENVIRONMENTS__.length > 0
  const [scalar, document_, operations] = await Promise.all([
    loadScalar(place.script),
    readJson<unknown>(place.document),
    readJson<ExplorerOperation[]>(place.operations),
  ])
  const desk = canSend ? new Desk(place.title, operations) : undefined
  if (desk) {
    render(<DeskBar desk={desk} />, place.bar)
    keepKeysOut(document, () => desk.refuse(keyWords))
    await desk.start()
  }
  const configuration = () =>
    scalarConfiguration({
      document: document_,
      send: desk ? (input, init) => desk.send(new Request(input, init)) : refuseAll,
      canSend,
      scheme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
    })
  giveUpMain(place.mount)
  place.mount.replaceChildren()
  const reference = scalar.createApiReference(place.mount, configuration())
  mendScalar()
  new MutationObserver(() => reference.updateConfiguration(configuration())).observe(
    document.documentElement,
    { attributeFilter: ['data-theme'] },
  )
}

const keyWords =
  'That looks like an API key. It was not kept and not sent: keys belong into a terminal, not into a page.'

function refuseAll(): Promise<Response> {
  return Promise.reject(new ExplorerRefusal('foreign', 'This site sends nothing for this API.'))
}

/** What stands between the explorer's Send button and the API. */
class Desk {
  readonly session: ExplorerSession
  /** Of the last call that was not made for want of them. */
  readonly wanted = signal<readonly string[]>([])
  readonly problem = signal('')
  readonly #operations: readonly ExplorerOperation[]

  constructor(title: string, operations: readonly ExplorerOperation[]) {
    this.session = new ExplorerSession(title)
    this.#operations = operations
  }

  async start(): Promise<void> {
    const form = await this.session.start()
    const place =
      typeof form === 'object' && form !== null && 'hash' in form ? form.hash : undefined
    if (typeof place === 'string' && /^#[\w/%.~{}-]*$/.test(place)) location.hash = place
  }

  /** Asks for what the call needs, then hands it to the vault. */
  async send(sent: Request): Promise<Response> {
    this.problem.value = ''
    try {
      return await this.#send(sent)
    } catch (cause) {
      const words =
        cause instanceof SendFailure ? failureWords(cause) : { title: '', text: messageOf(cause) }
      this.refuse(words.title ? `${words.title}. ${words.text}` : words.text)
      throw cause
    }
  }

  async #send(sent: Request): Promise<Response> {
    const request = await readRequest(sent)
    const url = new URL(request.url)
    const environment = __ENVIRONMENTS__.find(({ api }) => new URL(api).origin === url.origin)
    if (!environment || isFramed()) {
      throw new ExplorerRefusal('foreign', `${url.origin} is none of this site's environments.`)
    }
    this.session.useEnvironment(environment.name)
    const operation = operationOf(this.#operations, request.method, url.pathname)
    await this.#requireScopes(operation)
    await this.#requireConsent(operation, `${request.method} ${url.pathname}`)
    const vault = await this.session.connect()
    return sendThroughVault(
      vault,
      request,
      {
        environment: environment.name,
        authorize: operation?.open !== true || this.session.current.peek() !== undefined,
      },
      sent.signal,
    )
  }

  async #requireScopes(operation: ExplorerOperation | undefined): Promise<void> {
    if (!operation || operation.open) return
    const names = operation.scopes.map(({ name }) => name)
    const missing = this.session.missing(names)
    this.wanted.value = missing
    const signedIn = this.session.current.peek() !== undefined
    if (signedIn && missing.length === 0) return
    const { issuer } = this.session.environment.peek()
    const goes =
      issuer !== undefined &&
      (await ask({
        title: signedIn ? 'This call needs more' : 'This call needs a sign-in',
        text: `You sign in at ${new URL(issuer).host} and grant ${names.join(', ')}. Then send it again.`,
        yes: signedIn ? `Grant ${missing.join(', ')}` : 'Sign in',
      }))
    if (goes) await this.signIn(names)
    throw new ExplorerRefusal('not_signed_in', 'Sign in first, then send it again.')
  }

  async #requireConsent(operation: ExplorerOperation | undefined, call: string): Promise<void> {
    if (operation?.confirm === undefined) return
    const goes = await ask({ title: call, text: operation.confirm, yes: 'Send it' })
    if (!goes) throw new ExplorerRefusal('not_confirmed', 'Not sent.')
  }

  async signIn(scopes: readonly string[]): Promise<void> {
    const dangerous = this.#operations
      .flatMap((operation) => operation.scopes)
      .some((scope) => scope.dangerous && scopes.includes(scope.name))
    await this.session.signIn(scopes, dangerous, { hash: location.hash })
  }

  /** Scopes of a sign-in that no call asked for: those of reading, which the first call has. */
  get usualScopes(): string[] {
    if (this.wanted.value.length > 0) return [...this.wanted.value]
    const first = this.#operations.find(({ method, open }) => method === 'GET' && !open)
    return first?.scopes.map(({ name }) => name) ?? []
  }

  refuse(words: string): void {
    this.problem.value = words
  }
}

function DeskBar({ desk }: { desk: Desk }) {
  const scopes = desk.usualScopes
  return (
    <>
      <ExplorerBar
        session={desk.session}
        wanted={scopes}
        onSignIn={() => void desk.signIn(scopes)}
      />
      <p class="explorer-error" role="alert">
        {desk.problem.value}
      </p>
    </>
  )
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'The call could not be made.'
}

async function readJson<T>(address: string): Promise<T> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
  return (await response.json()) as T
}
