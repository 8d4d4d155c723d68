import { expect, test } from 'vitest'
import {
  asArray,
  asObject,
  follow,
  isObject,
  type Json,
  listOperations,
  readBundle,
  walk,
} from './description.ts'

const document = await readBundle()
const schemas = asObject(asObject(document.components).schemas)

/** Every schema object of the document that has a name, an operation or a header. */
function listSchemas(): { pointer: string; schema: Json }[] {
  const found: { pointer: string; schema: Json }[] = []
  walk(schemas, (schema, pointer) => {
    found.push({ schema, pointer: pointer.replace('#', '#/components/schemas') })
  })
  return found
}

test.each(Object.entries(schemas))('%s is described, and so is each of its fields', (_, schema) => {
  expect(asObject(schema).description).toBeTypeOf('string')
  const bare: string[] = []
  walk(schema, ({ properties }, pointer) => {
    if (!isObject(properties)) return
    for (const [name, property] of Object.entries(properties)) {
      const { description } = { ...follow(document, property), ...asObject(property) }
      if (typeof description !== 'string') bare.push(`${pointer}/${name}`)
    }
  })
  expect(bare).toEqual([])
})

test('gives every field a type', () => {
  const untyped: string[] = []
  for (const { schema, pointer } of listSchemas()) {
    if (!isObject(schema.properties)) continue
    for (const [name, property] of Object.entries(schema.properties)) {
      const value = follow(document, property)
      if (!('type' in value || 'anyOf' in value || 'oneOf' in value)) {
        untyped.push(`${pointer}/${name}`)
      }
    }
  }
  expect(untyped).toEqual([])
})

test('puts every value of an enum in words, and no value that is not there', () => {
  for (const { schema, pointer } of listSchemas()) {
    if (!Array.isArray(schema.enum)) continue
    const values = schema.enum.filter((value) => value !== null).map(String)
    const words = schema['x-enum-descriptions']
    expect(isObject(words) ? Object.keys(words) : [], pointer).toEqual(values)
  }
})

test('refuses unknown fields in every request body', () => {
  for (const operation of listOperations(document)) {
    if (!operation.value.requestBody) continue
    const body = follow(document, operation.value.requestBody)
    const { schema } = asObject(asObject(body.content)['application/json'])
    const open: string[] = []
    const seen = new Set<Json>()
    const visit = (value: unknown, pointer: string): void => {
      const resolved = follow(document, value)
      if (seen.has(resolved)) return
      seen.add(resolved)
      if (isObject(resolved.properties)) {
        if (resolved.additionalProperties !== false) open.push(pointer)
        for (const [name, property] of Object.entries(resolved.properties)) {
          visit(property, `${pointer}/${name}`)
        }
      }
      if (resolved.items) visit(resolved.items, `${pointer}/*`)
      for (const part of [...asArray(resolved.oneOf ?? []), ...asArray(resolved.anyOf ?? [])]) {
        visit(part, pointer)
      }
    }
    visit(schema, operation.id)
    expect(open, operation.id).toEqual([])
  }
})

test('marks what is secret, so that it is neither shown nor kept', () => {
  const secrets = listSchemas().filter(({ schema }) => schema.format === 'password')
  expect(secrets.map(({ pointer }) => pointer.split('/').at(-1))).toEqual(
    expect.arrayContaining(['rtmpKey', 'streamKey']),
  )
  for (const { schema } of secrets) {
    expect(schema).toMatchObject({ 'x-secret': true, writeOnly: true })
  }
})

test("marks the service's own fields as deprecated", () => {
  const internal = (name: string): string[] =>
    Object.entries(asObject(asObject(schemas[name]).properties))
      .filter(([, property]) => asObject(property)['x-internal-field'] === true)
      .map(([field, property]) => {
        expect(asObject(property).deprecated, field).toBe(true)
        return field
      })
  expect(internal('CreateStream')).toEqual([
    'preparedPlaylistIDs',
    'agentModeEnabled',
    'streamBackend',
    'streamKey',
    'streamStateID',
  ])
  expect(internal('UpdateStream')).toHaveLength(10)
  expect(internal('CreateUpload')).toEqual(['path', 'isDeleted'])
  expect(internal('Stream')).toEqual([])
})

test('keeps both spellings of ids as the service has them, and explains them', () => {
  const fields = (name: string): string[] =>
    Object.keys(asObject(asObject(schemas[name]).properties))
  expect(fields('CreateStream')).toEqual(expect.arrayContaining(['destinationID', 'playlistIDs']))
  expect(fields('Playlist')).toContain('streamID')
  expect(fields('DraftEntry')).toContain('objectID')
  expect(fields('LiveItem')).toEqual(['itemId', 'objectId', 'position'])
  expect(fields('CopyPlaylist')).toEqual(['targetPlaylistId'])
  expect(fields('CreateRtmpDestination')).toContain('rtmpUrl')
  expect(fields('Destination')).toContain('rtmpURL')
  const { description } = asObject(document.info)
  for (const name of ['destinationID', 'targetPlaylistId', 'rtmpUrl', 'rtmpURL']) {
    expect(description).toContain(`\`${name}\``)
  }
})

test('lists the ten states of a stream in their order', () => {
  expect(asObject(schemas.StreamState).enum).toEqual([
    'draft',
    'invalid',
    'scheduled',
    'preparing',
    'activating',
    'active',
    'failing',
    'failed',
    'stopping',
    'stopped',
  ])
})
