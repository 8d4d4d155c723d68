import type { ExactNumbers } from './exact-number.ts'
import { isObject } from './json-value.ts'

/**
 * YAML text of a value, in block style, with the digits the document has. Written by hand because a
 * library makes a tree of the whole document first, which for a large one takes seconds and a
 * quarter of the build's memory.
 *
 * @param value Plain data without cycles.
 */
export function yamlText(value: unknown, numbers: ExactNumbers): string {
  const writer = new YamlWriter(numbers)
  writer.write(value)
  return writer.text
}

class YamlWriter {
  readonly #numbers: ExactNumbers
  readonly #pieces: string[] = []

  constructor(numbers: ExactNumbers) {
    this.#numbers = numbers
  }

  get text(): string {
    return this.#pieces.join('')
  }

  /** Writes a value at the beginning of a line. */
  write(value: unknown): void {
    if (isBlock(value)) this.#block(value, '')
    else this.#pieces.push(this.#scalar(value, '  '), '\n')
  }

  /** Writes a mapping or list whose first line is indented already. */
  #block(value: Block, indent: string): void {
    let first = true
    const begin = (words: string): void => {
      this.#pieces.push(first ? '' : indent, words)
      first = false
    }
    if (Array.isArray(value)) {
      for (const item of value) {
        begin('-')
        this.#after(item, indent, ' ')
      }
      return
    }
    for (const [key, item] of Object.entries(value)) {
      const name = isPlain(key) ? key : quoted(key)
      begin(name.length <= longestKey ? `${name}:` : `? ${name}\n${indent}:`)
      this.#after(item, indent, `\n${indent}  `)
    }
  }

  /** Writes what follows a dash or a key; `opening` leads to what takes lines of its own. */
  #after(value: unknown, indent: string, opening: string): void {
    const inside = `${indent}  `
    if (isBlock(value)) {
      this.#pieces.push(opening)
      this.#block(value, inside)
    } else {
      this.#pieces.push(' ', this.#scalar(value, inside), '\n')
    }
  }

  #scalar(value: unknown, indent: string): string {
    if (typeof value === 'string') return scalarText(value, indent)
    if (typeof value === 'number') return this.#numbers.textOf(value)
    if (Array.isArray(value)) return '[]'
    if (isObject(value)) return '{}'
    return String(value ?? null)
  }
}

type Block = unknown[] | Record<string, unknown>

/** Tells whether a value takes lines of its own. */
function isBlock(value: unknown): value is Block {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) && Object.keys(value).length > 0
}

/** A longer key needs a question mark in front of it. */
const longestKey = 1000

function scalarText(text: string, indent: string): string {
  if (isPlain(text)) return text
  if (!isLiteral(text)) return quoted(text)
  const ending = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-'
  const lines = (ending === '-' ? text : text.slice(0, -1)).split('\n')
  return `|${ending}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`
}

// Letters that YAML, or a reader of it, would take for the end of a line or pass over.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const odd = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}/u

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i

function isPlain(text: string): boolean {
  return (
    /^[\p{L}_/$](?:[^\n\t]*[^\s:])?$/u.test(text) &&
    !/: |:$| #/.test(text) &&
    !reserved.test(text) &&
    !odd.test(text)
  )
}

/** Text of several lines that can stand as it is: its first line must not begin with a space. */
function isLiteral(text: string): boolean {
  return text.includes('\n') && /^[^\s]/.test(text) && !odd.test(text)
}

/** JSON's quotes are YAML's too; YAML wants a few more characters escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
