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

/** Offsets of the values that pointers' steps lead to, or of their nearest ancestors. */
export function locateInJson(
  text: string,
  numbers: ExactNumbers,
  pointers: readonly (readonly string[])[],
): number[] {
  const root: Target = { inside: new Map() }
  for (const steps of pointers) steps.reduce(targetInside, root)
  try {
    new JsonReader(text, numbers, root).read()
  } catch {
    // A broken file is located as far as it could be read.
  }
  return pointers.map((steps) => {
    let offset = 0
    let at: Target | undefined = root
    for (const step of steps) {
      at = at?.inside.get(step)
      offset = at?.offset ?? offset
    }
    return offset
  })
}

/** A place that is looked for, or lies on the way to one. */
interface Target {
  offset?: number
  inside: Map<string, Target>
}

function targetInside({ inside }: Target, step: string): Target {
  const known = inside.get(step)
  if (known) return known
  const made: Target = { inside: new Map() }
  inside.set(step, made)
  return made
}

const blank = /[ \t\r\n]*/y
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const quote = 0x22
const backslash = 0x5c
const space = 0x20

class JsonReader {
  readonly #text: string
  readonly #numbers: ExactNumbers
  /** What is looked for inside the value that is being read. */
  #target: Target | undefined
  #at = 0

  constructor(text: string, numbers: ExactNumbers, target?: Target) {
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

  /** Reads a child, and follows the target's steps into it. */
  #member(key: string, offset: number, depth: number): unknown {
    const around = this.#target
    const inside = around?.inside.get(key)
    if (inside) inside.offset = offset
    this.#target = inside
    const value = this.#value(depth + 1)
    this.#target = around
    return value
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
