import type { PlainSendFailure, SendFailureCode } from './protocol.ts'

/** A request that got no answer, or half of one. The message can be shown as it is. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure'
  readonly code: SendFailureCode

  constructor(code: SendFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  toPlain(): PlainSendFailure {
    return { code: this.code, message: this.message }
  }
}
