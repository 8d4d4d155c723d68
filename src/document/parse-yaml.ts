import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { ExactNumbers } from './exact-number.ts'
import { isObject, type JsonObject, setKey } from './json-value.ts'
import { limits } from './limits.ts'
import { ParseFailure, tooDeep, tooLong } from './text-position.ts'

type YamlNode = Alias | Scalar | YAMLMap | YAMLSeq

/**
 * Reads YAML 1.2 in its core schema; merge keys (`<<`) are followed, other tags are refused.
 * Aliases are written out, so that what they stand for can be changed in one place only; how much
 * they may add is limited.
 *
 * @throws {ParseFailure}
 */
export function parseYaml(text: string, numbers: ExactNumbers): unknown {
  const document = parseTree(text)
  return new YamlReader(document, numbers).read()
}

/** Offsets of the values that pointers' steps lead to, or of their nearest ancestors. */
export function locateInYaml(text: string, pointers: readonly (readonly string[])[]): number[] {
  try {
    const document = parseTree(text)
    return pointers.map((steps) => offsetIn(document, steps))
  } catch (failure) {
    return pointers.map(() => (failure instanceof ParseFailure ? failure.offset : 0))
  }
}

function offsetIn(document: Document.Parsed, steps: readonly string[]): number {
  let node: Node | null | undefined = document.contents
  let offset = startOf(node)
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyText(key) === step)
      if (!pair) break
      offset = startOf(pair.key as Node)
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      if (!isNode(item)) break
      offset = startOf(item)
      node = item
    } else break
  }
  return offset
}

function parseTree(text: string): Document.Parsed {
  // The library needs seconds to find out that it cannot go so deep.
  const brackets = endlessBrackets.exec(text)
  if (brackets) throw tooDeep(brackets.index)
  let document: Document.Parsed
  try {
    document = parseDocument<ParsedNode, true>(text, {
      // Equal keys are looked for below: the library compares every key with every other.
      uniqueKeys: false,
      stringKeys: true,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: 'silent',
    })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw tooDeep(0)
  }
  const error = document.errors[0]
  if (error) {
    if (error.code === 'RESOURCE_EXHAUSTION') throw tooDeep(error.pos[0])
    throw new ParseFailure('syntax', error.pos[0], sentence(error.message), 'Correct the YAML.')
  }
  const warning = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED')
  if (warning) {
    throw new ParseFailure(
      'syntax',
      warning.pos[0],
      sentence(warning.message),
      'Only plain YAML values may be used: remove the tag.',
    )
  }
  return document
}

const endlessBrackets = new RegExp(`(?:[[{]\\s*){${limits.depth}}`)

class YamlReader {
  readonly #document: Document.Parsed
  readonly #numbers: ExactNumbers
  /** Anchors met so far: a later one of the same name stands for the aliases after it. */
  readonly #anchors = new Map<string, Node>()
  /** Aliases being written out, to refuse one inside its own anchor. */
  readonly #open = new Set<Node>()
  #aliased = 0

  constructor(document: Document.Parsed, numbers: ExactNumbers) {
    this.#document = document
    this.#numbers = numbers
  }

  read(): unknown {
    return this.#value(this.#document.contents, 0)
  }

  #value(node: unknown, depth: number): unknown {
    if (!isNode(node)) return null
    if (this.#open.size > 0) this.#countAliased(node)
    if (isAlias(node)) return this.#alias(node, depth)
    if (node.anchor && this.#open.size === 0) this.#anchors.set(node.anchor, node)
    if (isScalar(node)) return this.#scalar(node)
    if (depth >= limits.depth) throw tooDeep(startOf(node))
    if (isSeq(node)) return node.items.map((item) => this.#value(item, depth + 1))
    if (isMap(node)) return this.#map(node, depth)
    return null
  }

  #map(node: YAMLMap, depth: number): JsonObject {
    const result: JsonObject = {}
    const merged: JsonObject[] = []
    for (const { key, value } of node.items) {
      const name = keyText(key)
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        const sources = isSeq(value) ? value.items : [value]
        for (const source of sources) {
          const mapping = this.#value(source, depth + 1)
          if (!isObject(mapping)) {
            throw new ParseFailure(
              'syntax',
              startOf(key),
              'A merge key (<<) takes a mapping or a list of mappings.',
              'Give it an alias of a mapping, or put the key in quotes.',
            )
          }
          merged.push(mapping)
        }
        continue
      }
      if (Object.hasOwn(result, name)) {
        throw new ParseFailure(
          'duplicate_key',
          startOf(key as Node),
          `The key "${name.slice(0, 80)}" stands twice in one mapping.`,
          'Keep one of them.',
        )
      }
      setKey(result, name, this.#value(value, depth + 1))
    }
    for (const mapping of merged) {
      for (const [name, value] of Object.entries(mapping)) {
        if (!Object.hasOwn(result, name)) setKey(result, name, value)
      }
    }
    return result
  }

  #scalar(node: Scalar): unknown {
    const { value } = node
    if (typeof value === 'number') {
      if (node.source) this.#numbers.note(value, node.source)
      // JSON has no infinity and no NaN: the word is what the author can have meant.
      return Number.isFinite(value) ? value : (node.source ?? null)
    }
    if (typeof value === 'string' && value.length > limits.textLength) throw tooLong(startOf(node))
    return value ?? null
  }

  #alias(node: Alias, depth: number): unknown {
    const target = this.#anchors.get(node.source)
    if (!target) {
      throw new ParseFailure(
        'syntax',
        startOf(node),
        `No anchor &${node.source} stands before this alias.`,
        'Correct the name, or move the anchor up.',
      )
    }
    if (this.#open.has(target)) {
      throw new ParseFailure(
        'syntax',
        startOf(node),
        `The alias *${node.source} lies inside its own anchor.`,
        'Use $ref for what contains itself.',
      )
    }
    this.#open.add(target)
    const value = this.#value(target, depth)
    this.#open.delete(target)
    return value
  }

  #countAliased(node: Node): void {
    this.#aliased += 1
    if (this.#aliased <= limits.aliasedValues) return
    throw new ParseFailure(
      'too_many_values',
      startOf(node),
      `The aliases of this file stand for more than ${limits.aliasedValues} values.`,
      'Use $ref instead of aliases for what is large.',
    )
  }
}

function isNode(value: unknown): value is YamlNode {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}

function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? '')
  return String(key)
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0
}

function sentence(message: string): string {
  const text = message.trim()
  return /[.!?]$/.test(text) ? text : `${text}.`
}
