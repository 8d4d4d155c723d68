import { type Signal, signal } from '@preact/signals'

export type ExtraHeader = readonly [name: string, value: string]

/** Headers that the document does not name, and which answer is asked for. */
export class ExtraHeaders {
  readonly list: Signal<readonly ExtraHeader[]> = signal([])
  /** Empty: every client's own. */
  readonly accept = signal('')

  /** None in the place of none is no change, and sets off nothing. */
  restore(headers: readonly ExtraHeader[]): void {
    if (headers.length > 0 || this.list.peek().length > 0) this.list.value = headers
  }

  /** Those that are complete enough to be sent. */
  get filled(): ExtraHeader[] {
    return this.list.value.filter(([name, value]) => name !== '' || value !== '')
  }

  /** Secret-looking ones give way to dots: they are neither printed nor stored. */
  get printable(): ExtraHeader[] {
    return this.filled.map(([name, value]) =>
      isSecretHeader(name) && value !== '' ? [name, '...'] : [name, value],
    )
  }
}

/** True for a name that promises a credential, whatever its service calls it. */
export function isSecretHeader(name: string): boolean {
  return /auth|token|secret|passw|credential|session|signature|(api|access)[-_]?key/i.test(name)
}
