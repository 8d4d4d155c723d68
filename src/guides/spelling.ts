import { METHODS } from 'node:http'
import { distance } from 'fastest-levenshtein'
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import type { OpenApiDocument } from '../document/index.ts'

/** Words of browsers, of MCP and of OAuth that could be taken for the API's, or for its misspelt. */
const others = ['localStorage', 'sessionStorage', 'isError', 'issuer', 'revoke']

/**
 * Tells what is wrong with a word that a guide writes as code; nothing for what is right.
 *
 * @param blocks Gives the guide's blocks of code.
 */
export type CheckSpelling = (word: string, blocks: () => string) => string | undefined

/**
 * Holds the names that guides write as code against the API's descriptions.
 *
 * What can only be a name of ours (`camelCase`, `UPPER_CASE`, a scope, an id) must be in them, or in
 * a block of code of the same guide, which runs in the tests. Of other words, those are refused that
 * are nearly one of them.
 *
 * @param schema Of the GraphQL API, in its definition language.
 */
export function spellingOf(document: OpenApiDocument, schema?: string): CheckSpelling {
  const known = new Set([...others, ...(schema ? namesOfSchema(schema) : [])])
  const ids = new Set<string>()
  const scopes = new Set<string>()
  for (const text of textsOf(document.json)) {
    if (isId(text)) ids.add(text)
    else if (isScope(text)) scopes.add(text)
    else if (isName(text)) known.add(text)
  }
  const families = new Set([...scopes].map((scope) => scope.split(':')[0]))

  return (span, blocks) => {
    const [word = ''] = span.split(/(?<=^[\w-]+): /)
    if (isScope(word)) {
      if (scopes.has(word) || !families.has(word.split(':')[0])) return undefined
      return unknown(word, nearest(word, scopes))
    }
    if (isId(word)) return ids.has(word) || blocks().includes(word) ? undefined : unknown(word)
    if (!isName(word) || known.has(word) || isVariable(word)) return undefined
    const near = nearest(word, known)
    const isOurs = /[a-z][A-Z]|^[A-Z]+_[A-Z_]+$/.test(word)
    if (isOurs ? hasWord(blocks(), word) : near === undefined) return undefined
    return unknown(word, near)
  }
}

function unknown(word: string, near?: string): string {
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  return `the API's descriptions have no "${word}".${hint}`
}

/** Every key and every text of a JSON value. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield key
    yield* textsOf(inner)
  }
}

function* namesOfSchema(text: string): Generator<string> {
  const types: GraphQLNamedType[] = Object.values(buildSchema(text).getTypeMap())
  for (const type of types) {
    yield type.name
    if (isEnumType(type)) yield* type.getValues().map((value) => value.name)
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      yield field.name
      const args: readonly { name: string }[] = 'args' in field ? field.args : []
      yield* args.map(({ name }) => name)
    }
  }
}

function isName(text: string): boolean {
  return /^[A-Za-z][\w-]{2,60}[A-Za-z\d]$/.test(text) && !METHODS.includes(text)
}

/** `stream_01KT1GW6G06V480CZ1NYN4M6X1` */
function isId(text: string): boolean {
  return /^[a-z]+_[0-9A-HJKMNP-TV-Z]{26}$/.test(text)
}

/** `streamloop:read` */
function isScope(text: string): boolean {
  return /^[a-z]+:[a-z]+$/.test(text)
}

/** Of the environment: `API_PORT`, `STREAMLOOP_API_KEY`. */
function isVariable(word: string): boolean {
  return /^[A-Z_]+_(?:PORT|KEY|DIR|TOKEN|URL)$/.test(word)
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<!\\w)${word}(?!\\w)`).test(text)
}

/** A name that differs by letter case, or by a letter or two of a long word. */
function nearest(word: string, names: Iterable<string>): string | undefined {
  const most = word.length < 6 ? 0 : word.length < 12 ? 1 : 2
  for (const name of names) {
    if (name.toLowerCase() === word.toLowerCase()) return name
  }
  let best: { name: string; apart: number } | undefined
  for (const name of names) {
    if (Math.abs(name.length - word.length) > most) continue
    const apart = distance(name, word)
    if (apart <= most && apart < (best?.apart ?? Number.POSITIVE_INFINITY)) best = { name, apart }
  }
  return best?.name
}
