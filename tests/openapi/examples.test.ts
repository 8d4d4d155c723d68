import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import {
  answersOf,
  asArray,
  asObject,
  type Described,
  escapeStep,
  follow,
  isObject,
  type Json,
  listOperations,
  parametersOf,
  readBundle,
  walk,
} from './description.ts'
import { madeIds, missingIds, seededIds } from './seeded-ids.ts'

const document = await readBundle()
const operations = listOperations(document)
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
// Inline schemas refer to `#/components/…`, so they have to be compiled where they lie.
ajv.addSchema(document, 'description')

/** Why `value` does not fit the schema at `pointer` of the bundle; empty when it does. */
function misfits(pointer: string, value: unknown): string[] {
  const fragment = pointer.slice(1).split('/').map(encodeURIComponent).join('/')
  const validate = ajv.getSchema(`description#${fragment}`)
  if (!validate) throw new Error(`No schema at ${pointer}.`)
  if (validate(value) === true) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

interface Shown {
  name: string
  operation: Described
  kind: 'request' | 'success' | 'problem'
  schemaPointer: string
  schema: unknown
  value: unknown
}

/** Examples of one body, in order. */
function shownIn(operation: Described, kind: Shown['kind'], body: Json, pointer: string): Shown[] {
  return Object.entries(asObject(body.content)).flatMap(([mediaType, entry]) => {
    const { schema, examples } = asObject(entry)
    return Object.entries(asObject(examples)).map(([name, example]) => ({
      name: `${operation.id} ${kind} ${name}`,
      operation,
      kind,
      schema,
      schemaPointer: `${pointer}/content/${escapeStep(mediaType)}/schema`,
      value: follow(document, example).value,
    }))
  })
}

/** Where in the bundle a value lies, once the reference to it is followed. */
function placeOf(value: unknown, pointer: string): string {
  return isObject(value) && typeof value.$ref === 'string' ? value.$ref : pointer
}

const shown: Shown[] = operations.flatMap((operation) => {
  const { requestBody, responses } = operation.value
  const request = requestBody
    ? shownIn(
        operation,
        'request',
        follow(document, requestBody),
        placeOf(requestBody, `${operation.pointer}/requestBody`),
      )
    : []
  const answers = Object.entries(asObject(responses)).flatMap(([status, response]) => {
    const answer = follow(document, response)
    if (!answer.content) return []
    const kind = status.startsWith('2') ? 'success' : 'problem'
    const place = placeOf(response, `${operation.pointer}/responses/${status}`)
    return shownIn(operation, kind, answer, place)
  })
  return [...request, ...answers]
})

test.each(shown)('$name fits its schema', ({ schemaPointer, value }) => {
  expect(misfits(schemaPointer, value)).toEqual([])
})

test('would notice an example that does not fit', () => {
  const stream = '#/components/schemas/Stream'
  expect(misfits(stream, { id: 'x', createdAt: 'yesterday' })).not.toEqual([])
  expect(misfits('#/components/schemas/CreateStream', { colour: 'red' })).not.toEqual([])
})

test.each(operations)('$id shows a body wherever one is sent or answered', (operation) => {
  const own = shown.filter((example) => example.operation === operation)
  const hasAnswer = [...answersOf(document, operation)].some(
    ([status, { content }]) => status.startsWith('2') && content !== undefined,
  )
  expect(own.some(({ kind }) => kind === 'request')).toBe('requestBody' in operation.value)
  expect(own.some(({ kind }) => kind === 'success')).toBe(hasAnswer)
})

test('gives an example to every parameter that must be sent, and to no other', () => {
  for (const operation of operations) {
    for (const parameter of parametersOf(document, operation)) {
      const name = `${operation.id} ${parameter.name}`
      expect('example' in parameter, name).toBe(parameter.required === true)
    }
  }
})

/** Fields with an enum that the value should have and does not. */
function missingEnums(schema: unknown, value: unknown, at = ''): string[] {
  const resolved = follow(document, schema)
  const parts = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => [...asArray(resolved[key] ?? [])])
  const inParts = value === null ? [] : parts.flatMap((part) => missingEnums(part, value, at))
  if (Array.isArray(value)) {
    const { items } = resolved
    return items
      ? value.flatMap((entry, index) => missingEnums(items, entry, `${at}/${index}`))
      : []
  }
  if (!isObject(value) || !isObject(resolved.properties)) return inParts
  const own = Object.entries(resolved.properties).flatMap(([name, property]) => {
    if (name in value) return missingEnums(property, value[name], `${at}/${name}`)
    return hasEnum(property) ? [`${at}/${name}`] : []
  })
  return [...inParts, ...own]
}

function hasEnum(schema: unknown): boolean {
  const resolved = follow(document, schema)
  const parts = [...asArray(resolved.oneOf ?? []), ...asArray(resolved.anyOf ?? [])]
  return 'enum' in resolved || parts.some(hasEnum)
}

test.each(shown.filter(({ kind }) => kind === 'success'))(
  '$name shows every field that has an enum',
  ({ schema, value }) => {
    expect(missingEnums(schema, value)).toEqual([])
  },
)

const idPattern = /\b(?:user|stream|obj|dest|plitm|pl|inv)_[0-9A-Z]{26}\b/g

function idsIn(value: unknown): string[] {
  return JSON.stringify(value)?.match(idPattern) ?? []
}

test('sends only ids that a new sandbox has', () => {
  const seeded: readonly string[] = Object.values(seededIds).flat()
  for (const operation of operations) {
    const bodies = shown.filter(
      (entry) => entry.operation === operation && entry.kind === 'request',
    )
    const sent = [
      ...parametersOf(document, operation).map(({ example }) => example),
      ...bodies.map(({ value }) => value),
    ]
    for (const id of idsIn(sent)) expect(seeded, operation.id).toContain(id)
    if (operation.path.includes('{id}')) expect(idsIn(sent), operation.id).not.toEqual([])
  }
})

test('shows only ids that a new sandbox has, that the call makes, or that are said to be missing', () => {
  const known = new Set<string>([...Object.values(seededIds).flat(), ...madeIds, ...missingIds])
  const strange: string[] = []
  let count = 0
  walk(document, (object, pointer) => {
    for (const [key, value] of Object.entries(object)) {
      if (typeof value !== 'string') continue
      for (const id of idsIn(value)) {
        count += 1
        if (!known.has(id)) strange.push(`${pointer}/${key} ${id}`)
      }
    }
  })
  expect(strange).toEqual([])
  expect(count).toBeGreaterThan(100)
})

test('answers about the thing that was asked about', () => {
  for (const operation of operations.filter(({ path }) => path.includes('{id}'))) {
    const [first] = shown.filter(
      (entry) => entry.operation === operation && entry.kind === 'success',
    )
    if (!first || !isObject(first.value) || typeof first.value.id !== 'string') continue
    const id = parametersOf(document, operation).find(({ name }) => name === 'id')
    // A copy answers the playlist it went into.
    if (operation.id === 'copyPlaylist') expect(first.value.copiedFrom).toBe(id?.example)
    else expect(first.value.id, operation.id).toBe(id?.example)
  }
})

test('schedules into a future that stays one', () => {
  const windows = shown.filter(
    ({ operation, kind }) => operation.id === 'scheduleStream' && kind === 'request',
  )
  expect(windows.length).toBeGreaterThan(0)
  for (const { value } of windows) {
    expect(Date.parse(String(asObject(value).scheduleStartAt))).toBeGreaterThan(
      Date.parse('2030-01-01T00:00:00Z'),
    )
  }
})

test('shows no address that a reader could pay to, and no stream key that could be real', () => {
  const text = JSON.stringify(document)
  expect(text).not.toMatch(/\bT[1-9A-HJ-NP-Za-km-z]{33}\b|\b0x[0-9a-fA-F]{40}\b|\bbc1[0-9a-z]{20,}/)
  expect(text).not.toMatch(/sl_[A-Za-z0-9]{8,}/)
  const keys = shown.flatMap(({ value }) =>
    isObject(value) && 'rtmpKey' in value ? [value.rtmpKey] : [],
  )
  expect(keys).toEqual(['xxxx-xxxx-xxxx-xxxx'])
})
