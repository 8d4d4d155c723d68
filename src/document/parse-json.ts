import type { ExactNumbers } from './exact-number.ts'
import { type JsonObject, setKey } from './json-value.ts'
import { limits } from './limits.ts'
import { ParseFailure, tooDeep, tooLong } from './text-position.ts'

/**
 * Reads JSON (RFC 8259). `JSON.parse` would lose the place of a mistake, the digits of large
 * numbers, and the first of two equal keys.
 *
 * @throws {ParseFailure}
 */
export function parseJson(text: string, numbers: ExactNumbers): unknown {
  return new JsonReader(text, numbers).read()
}

/** Offset of the value a pointer's steps lead to, or of its nearest ancestor. */
export function locateInJson(
  text: string,
  numbers: ExactNumbers,
  steps: readonly string[],
): number {
  const reader = new JsonReader(text, numbers, steps)
  try {
    reader.read()
  } catch {
    // A broken file is located as far as it could be read.
  }
  return reader.found
}

const blank = /[ \t\r\n]*/y
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const quote = 0x22
const backslash = 0x5c
const space = 0x20

class JsonReader {
  /** Offset of the deepest step of the target that was met. */
  found = 0
  readonly #text: string
  readonly #numbers: ExactNumbers
  readonly #target: readonly string[] | undefined
  #at = 0
  #matched = 0

  constructor(text: string, numbers: ExactNumbers, target?: readonly string[]) {
    this.#text = text
    this.#numbers = numbers
    this.#target = target
  }

  read(): unknown {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1
    this.#skipBlank()
    const value = this.#value(0)
    this.#skipBlank()
    if (this.#at < this.#text.length) this.#fail('Text follows the end of the value.')
    return value
  }

  #value(depth: number): unknown {
    const character = this.#text[this.#at]
    if (character === '{') return this.#object(depth)
    if (character === '[') return this.#array(depth)
    if (character === '"') return this.#string()
    if (this.#word('true')) return true
    if (this.#word('false')) return false
    if (this.#word('null')) return null
    return this.#number()
  }

  #object(depth: number): JsonObject {
    this.#deeper(depth)
    const result: JsonObject = {}
    this.#at += 1
    this.#skipBlank()
    if (this.#take('}')) return result
    for (;;) {
      const keyOffset = this.#at
      if (this.#text[keyOffset] !== '"') this.#fail('A key in double quotes must stand here.')
      const key = this.#string()
      if (Object.hasOwn(result, key)) {
        throw new ParseFailure(
          'duplicate_key',
          keyOffset,
          `The key "${clip(key)}" stands twice in one object.`,
          'Keep one of them.',
        )
      }
      this.#skipBlank()
      if (!this.#take(':')) this.#fail('A colon must stand between key and value.')
      this.#skipBlank()
      setKey(result, key, this.#member(key, keyOffset, depth))
      this.#skipBlank()
      if (this.#take('}')) return result
      if (!this.#take(',')) this.#fail('A comma or a closing brace must stand here.')
      this.#skipBlank()
    }
  }

  #array(depth: number): unknown[] {
    this.#deeper(depth)
    const result: unknown[] = []
    this.#at += 1
    this.#skipBlank()
    if (this.#take(']')) return result
    for (;;) {
      result.push(this.#member(String(result.length), this.#at, depth))
      this.#skipBlank()
      if (this.#take(']')) return result
      if (!this.#take(',')) this.#fail('A comma or a closing bracket must stand here.')
      this.#skipBlank()
    }
  }

  /** Reads a child, and follows the target's steps while they match. */
  #member(key: string, offset: number, depth: number): unknown {
    const follows =
      this.#target !== undefined && this.#matched === depth && this.#target[depth] === key
    if (follows) {
      this.#matched = depth + 1
      this.found = offset
    }
    return this.#value(depth + 1)
  }

  #string(): string {
    const start = this.#at
    let hasEscapes = false
    let end = start + 1
    // By hand: a regular expression overflows its stack on texts of megabytes.
    for (;;) {
      const code = this.#text.charCodeAt(end)
      if (code === quote) break
      if (Number.isNaN(code)) this.#fail('This text in double quotes does not end.')
      if (code < space) this.#fail('This text in double quotes holds a raw control character.')
      hasEscapes ||= code === backslash
      end += code === backslash ? 2 : 1
    }
    if (end - start > limits.textLength) throw tooLong(start)
    this.#at = end + 1
    if (!hasEscapes) return this.#text.slice(start + 1, end)
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string
    } catch {
      this.#at = start
      this.#fail('This text holds an escape that JSON does not know.')
    }
  }

  #number(): number {
    numberPattern.lastIndex = this.#at
    const match = numberPattern.exec(this.#text)
    if (!match) this.#fail('No value stands here.')
    this.#at = numberPattern.lastIndex
    const value = Number(match[0])
    this.#numbers.note(value, match[0])
    return value
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false
    this.#at += word.length
    return true
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipBlank(): void {
    blank.lastIndex = this.#at
    blank.test(this.#text)
    this.#at = blank.lastIndex
  }

  #deeper(depth: number): void {
    if (depth >= limits.depth) throw tooDeep(this.#at)
  }

  #fail(problem: string): never {
    throw new ParseFailure('syntax', this.#at, problem, 'Correct the JSON.')
  }
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
