import type { AuthorizationServer } from 'oauth4webapi'
import { authorizationAddress } from '../authorization.ts'
import type { Transaction } from '../transaction.ts'
import type { FlowStep, FlowStepName } from './flow-step.ts'
import { type FlowNote, recorded } from './record.ts'

/**
 * The steps of the last sign-in to each environment. Their secrets are masked when somebody wants to
 * see them, by code that comes then; the notes end with the session, as its token does.
 */
export class Flows {
  readonly #notes = new Map<string, FlowNote[]>()
  /** Of a sign-in that failed: nothing secret outlives it. */
  readonly #sealed = new Map<string, FlowStep[]>()
  readonly #fetch: typeof fetch
  readonly #now: () => number

  constructor(send: typeof fetch, now: () => number) {
    this.#fetch = send
    this.#now = now
  }

  begin(environment: string): void {
    this.drop(environment)
  }

  /** Secrets masked. */
  async of(environment: string): Promise<FlowStep[]> {
    const { showSteps } = await import('./show-steps.ts')
    return this.#sealed.get(environment) ?? showSteps(this.#notes.get(environment) ?? [])
  }

  /** Masks the notes for good. */
  async seal(environment: string): Promise<void> {
    const notes = this.#notes.get(environment)
    if (!notes) return
    const shown = await this.of(environment).catch(() => [])
    // It may have been forgotten or begun anew by now.
    if (this.#notes.get(environment) !== notes) return
    this.#notes.delete(environment)
    this.#sealed.set(environment, shown)
  }

  drop(environment: string): void {
    this.#notes.delete(environment)
    this.#sealed.delete(environment)
  }

  /** `fetch` for one step of the sign-in that has begun. */
  fetch(environment: string, step: FlowStepName): typeof fetch {
    return recorded(this.#fetch, this.#open(environment), this.#now, () => step)
  }

  /** `fetch` for finding out where things are. */
  discovery(environment: string): typeof fetch {
    return recorded(this.#fetch, this.#open(environment), this.#now, (address) =>
      address.includes('/.well-known/oauth-protected-resource') ? 'resource' : 'metadata',
    )
  }

  left(environment: string, address: string): void {
    this.#open(environment).push({ step: 'authorization', address, method: 'GET' })
  }

  /** Notes the way back, and the way there where another vault went it. */
  async returned(
    query: string,
    transaction: Transaction,
    server: AuthorizationServer,
    resource: string,
  ): Promise<void> {
    this.#sealed.delete(transaction.environment)
    const notes = this.#open(transaction.environment)
    if (!notes.some(({ step }) => step === 'authorization')) {
      const question = { ...transaction, resource, consent: false }
      const { url } = await authorizationAddress(server, question)
      notes.push({ step: 'authorization', address: url, method: 'GET' })
    }
    const address = new URL(transaction.redirectUri)
    address.search = query
    notes.push({ step: 'answer', address: address.href, method: 'GET' })
  }

  #open(environment: string): FlowNote[] {
    const known = this.#notes.get(environment)
    if (known) return known
    const notes: FlowNote[] = []
    this.#notes.set(environment, notes)
    return notes
  }
}
