import path from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { readReference, type SchemaView } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'
import { anchorsOf, operationOf, propertyOf, readFixture } from './read-odd.ts'

const odd = await readFixture('odd.yaml')
const getThing = operationOf(odd, 'getThing')
const thing = getThing.responses[0]?.content[0]?.view
const body = operationOf(odd, 'search').requestBody?.content[0]?.view

function property(name: string): SchemaView {
  return propertyOf(thing, name).schema
}

test('allOf is one object with the properties and demands of all its parts', () => {
  expect(thing).toMatchObject({ type: 'object', name: 'Thing', description: 'A thing.' })
  expect(thing?.properties.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'id',
    'name',
  ])
})

test('a schema inside itself is folded and leads to where it stands', () => {
  expect(property('parent')).toMatchObject({
    name: 'Thing',
    properties: [],
    recursion: { name: 'Thing', anchor: 'response-200' },
  })
})

test('something or null is that thing, and may be null', () => {
  expect(property('owner')).toMatchObject({
    type: 'object or null',
    name: 'Owner',
    nullable: true,
    properties: [{ name: 'mail' }],
  })
  expect(property('owner').alternatives).toBeUndefined()
})

test('types and limits are words, numbers keep their digits', () => {
  expect(property('count')).toMatchObject({
    type: 'integer or null',
    facts: ['1 to 100'],
    default: '5',
  })
  expect(property('big').default).toBe('9007199254740993')
  expect(property('name').facts).toEqual(['up to 200 characters'])
  expect(property('parts')).toMatchObject({ type: 'array of Owner', facts: ['at least 1 item'] })
})

test('values of an enum have their meaning', () => {
  expect(property('state').enum).toEqual([
    { value: 'on', description: 'It runs.' },
    { value: 'off', description: '' },
  ])
})

test('alternatives are shown side by side with what tells them apart', () => {
  const { alternatives, type } = property('shape')
  expect(type).toBe('Round or Square')
  expect(alternatives).toMatchObject([
    {
      kind: 'oneOf',
      discriminator: 'kind',
      options: [
        { label: 'Round', values: ['round'] },
        { label: 'Square', values: ['square'] },
      ],
    },
  ])
  expect(propertyOf(alternatives?.[0]?.options[0]?.schema, 'radius').schema.facts).toEqual([
    'more than 0',
  ])
})

test('properties of any name have a view of their own', () => {
  expect(property('labels').additionalProperties).toMatchObject({ type: 'string' })
})

test('an answer hides what is only sent, a request what only the server sets', () => {
  expect(thing?.properties.map(({ name }) => name)).not.toContain('password')
  expect(body?.properties.map(({ name }) => name)).toEqual(['name', 'secret', 'tree'])
})

test('internal, deprecated and secret are marked', () => {
  expect(property('internal')).toMatchObject({ internal: true, deprecated: true })
  expect(propertyOf(body, 'secret').schema.secret).toBe(true)
})

test('a narrowed problem keeps its name', () => {
  const broken = getThing.responses.find(({ status }) => status === '404')
  expect(broken?.content[0]?.view).toMatchObject({ name: 'Problem' })
  expect(
    propertyOf(broken?.content[0]?.view, 'code').schema.enum?.map(({ value }) => value),
  ).toEqual(['GONE', 'NOT_THERE'])
})

test('a property may be called constructor', () => {
  expect(propertyOf(thing, 'constructor').anchor).toBe('response-200-constructor')
})

test('anchors name the way to what they stand for', () => {
  expect(getThing.parameters.map(({ anchor }) => anchor)).toEqual([
    'path-id',
    'query-fields',
    'header-if-match',
    'cookie-session',
  ])
  expect(propertyOf(property('owner'), 'mail').anchor).toBe('response-200-owner-mail')
  expect(propertyOf(property('parts').items, 'mail').anchor).toBe('response-200-parts-mail')
  expect(propertyOf(thing, 'content-type').anchor).toBe('response-200-content~type')
  expect(propertyOf(body, 'name').anchor).toBe('body-name')
  expect(getThing.responses[0]?.headers[0]?.anchor).toBe('response-200-header-x-request-id')
})

test.each(odd.operations.map((operation) => [operation.id, operation] as const))(
  'every anchor of %s is unique on its page',
  (_id, operation) => {
    const anchors = anchorsOf(operation)
    expect(new Set(anchors).size).toBe(anchors.length)
  },
)

test('addresses and anchors stay when everything in the document changes its order', async () => {
  const document = await readDocument(path.join(import.meta.dirname, 'fixtures/odd.yaml'))
  const turned = writeFiles({ 'api.json': JSON.stringify(turn(document.json)) })
  const after = readReference(await readDocument(turned))
  const turnedThing = operationOf(after, 'getThing').responses[0]?.content[0]?.view
  expect(turnedThing?.properties.map(({ name }) => name)).not.toEqual(
    thing?.properties.map(({ name }) => name),
  )
  for (const operation of odd.operations) {
    const same = operationOf(after, operation.id)
    expect(same.href).toBe(operation.href)
    expect(anchorsOf(same).sort()).toEqual(anchorsOf(operation).sort())
  }
})

/** The same mappings with their keys from last to first. */
function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turn(item)]),
  )
}
