import { vi } from 'vitest'
import { arriveFromSignIn, leaveForSignIn, type SignInWish } from '../../src/oauth/sign-in.ts'
import { connectPort, type VaultClient } from '../../src/oauth/vault/client.ts'
import { servePort } from '../../src/oauth/vault/serve-port.ts'
import type { Vault } from '../../src/oauth/vault/vault.ts'
import type { FakeIssuer } from './fake-issuer.ts'
import { memoryStorage } from './memory-storage.ts'

/** What the tabs of one browser share. */
export interface Browser {
  fake: FakeIssuer
  vault: Vault
  localStorage: Storage
  ports: MessagePort[]
}

/** A tab of a browser on a page of the docs, as far as a sign-in has to do with it. */
export class Tab {
  readonly sessionStorage = memoryStorage()
  /** Where the tab was sent. */
  readonly visited: string[] = []
  readonly client: VaultClient
  readonly #browser: Browser
  readonly #hostname: string
  readonly #base: string

  constructor(
    browser: Browser,
    options: { outlivesPage?: boolean; hostname?: string; base?: string } = {},
  ) {
    this.#browser = browser
    this.#hostname = options.hostname ?? 'localhost'
    this.#base = options.base ?? '/'
    const { port1, port2 } = new MessageChannel()
    browser.ports.push(port1, port2)
    this.client = connectPort(port2, options.outlivesPage ?? true).client
    servePort(browser.vault, port1)
  }

  /** Leaves for the issuer. */
  async leave(wish: Partial<SignInWish> = {}): Promise<URL> {
    this.#enter('/reference/streams/list-streams/')
    await leaveForSignIn(this.client, {
      environment: this.#browser.fake.environment,
      scopes: ['read'],
      consent: false,
      clientName: 'Docs',
      form: { typed: 'limit=7' },
      secrets: {},
      ...wish,
    })
    this.#browser.fake.nonce = this.kept()?.nonce ?? ''
    return new URL(this.visited.at(-1) ?? '')
  }

  /** Comes back with an answer. */
  arrive(query: string, connect: () => Promise<VaultClient> = async () => this.client) {
    this.#enter('/oauth/callback/')
    return arriveFromSignIn(query, connect)
  }

  /** The transaction as it lies in the storage. */
  kept(): Record<string, string> | undefined {
    return JSON.parse(this.sessionStorage.getItem('oauth-transaction') ?? 'null') ?? undefined
  }

  /** The answer of an issuer that is content with the sign-in this tab has begun. */
  goodAnswer(code = 'code-1'): string {
    const { state = '', issuer = '' } = this.kept() ?? {}
    return `?${new URLSearchParams({ code, state, iss: issuer })}`
  }

  /** Makes this the tab whose globals are seen. */
  #enter(pathname: string): void {
    const origin =
      this.#hostname === 'localhost' ? 'http://localhost:4321' : `https://${this.#hostname}`
    vi.stubGlobal('__BASE__', this.#base)
    vi.stubGlobal('sessionStorage', this.sessionStorage)
    vi.stubGlobal('localStorage', this.#browser.localStorage)
    vi.stubGlobal('location', {
      origin,
      hostname: this.#hostname,
      pathname,
      hash: '',
      assign: (url: string) => this.visited.push(url),
    })
  }
}
