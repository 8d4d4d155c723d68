/**
 * The digits of numbers that a JavaScript number cannot hold, such as 9007199254740993, under the
 * number they turn into. Where two texts turn into the same number the first one stays: a document
 * that holds both 2^63 and 2^63 - 1 shows one of them for the other.
 */
export class ExactNumbers {
  readonly #texts = new Map<number, string>()

  /** Notes a number as it was written. */
  note(value: number, text: string): void {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return
    if (Number.isSafeInteger(value) || this.#texts.has(value)) return
    if (plainDigits(String(value)) !== plainDigits(text)) this.#texts.set(value, text)
  }

  /** The number as the document writes it. */
  textOf(value: number): string {
    return this.#texts.get(value) ?? JSON.stringify(value)
  }

  get size(): number {
    return this.#texts.size
  }
}

function plainDigits(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
