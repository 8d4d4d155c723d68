import type { AuthorizationServer } from 'oauth4webapi'
import { authorizationAddress } from '../authorization.ts'
import type { Transaction } from '../transaction.ts'
import type { FlowStep, FlowStepName } from './flow-step.ts'
import { notePage, recorded } from './record.ts'

/** The steps of the last sign-in to each environment. They hold no secret, and end with the session. */
export class Flows {
  readonly #steps = new Map<string, FlowStep[]>()
  readonly #fetch: typeof fetch
  readonly #now: () => number

  constructor(send: typeof fetch, now: () => number) {
    this.#fetch = send
    this.#now = now
  }

  begin(environment: string): void {
    this.#steps.set(environment, [])
  }

  of(environment: string): FlowStep[] {
    return [...(this.#steps.get(environment) ?? [])]
  }

  drop(environment: string): void {
    this.#steps.delete(environment)
  }

  /** `fetch` for one step of the sign-in that has begun. */
  fetch(environment: string, step: FlowStepName): typeof fetch {
    return recorded(this.#fetch, this.#open(environment), this.#now, step)
  }

  /** `fetch` for finding out where things are. */
  discovery(environment: string): typeof fetch {
    return recorded(this.#fetch, this.#open(environment), this.#now, (address) =>
      address.includes('/.well-known/oauth-protected-resource') ? 'resource' : 'metadata',
    )
  }

  left(environment: string, address: string): void {
    this.#open(environment).push(notePage('authorization', address))
  }

  /** Notes the way back, and the way there where another vault went it. */
  async returned(
    query: string,
    transaction: Transaction,
    server: AuthorizationServer,
    resource: string,
  ): Promise<void> {
    const steps = this.#open(transaction.environment)
    if (!steps.some(({ step }) => step === 'authorization')) {
      const question = { ...transaction, resource, consent: false }
      steps.push(notePage('authorization', (await authorizationAddress(server, question)).url))
    }
    const address = new URL(transaction.redirectUri)
    address.search = query
    steps.push(notePage('answer', address.href))
  }

  #open(environment: string): FlowStep[] {
    const known = this.#steps.get(environment)
    if (known) return known
    const steps: FlowStep[] = []
    this.#steps.set(environment, steps)
    return steps
  }
}
