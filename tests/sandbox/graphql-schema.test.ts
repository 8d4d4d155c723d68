import { readFile } from 'node:fs/promises'
import {
  buildClientSchema,
  buildSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { describedOperations } from './contract.ts'
import { data } from './graphql-harness.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

let api: TestApi
let schema: GraphQLSchema

beforeAll(async () => {
  api = await startApi()
  schema = buildSchema(await readFile('openapi/schema.graphql', 'utf8'))
})
afterAll(() => api.close())

/** Every type of ours, and every field and argument of it. */
function* parts(): Generator<{ name: string; description?: string | null; operation?: string }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue
    yield { name: type.name, description: type.description }
    if (isEnumType(type)) {
      for (const { name, description } of type.getValues()) {
        yield { name: `${type.name}.${name}`, description }
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`
      yield { name, description: field.description, operation: operationOf(field.astNode) }
      for (const argument of 'args' in field ? field.args : []) {
        yield { name: `${name}(${argument.name}:)`, description: argument.description }
      }
    }
  }
  for (const directive of schema.getDirectives()) {
    if (isSpecifiedDirective(directive)) continue
    yield { name: `@${directive.name}`, description: directive.description }
    for (const { name, description } of directive.args) yield { name, description }
  }
}

function operationOf(node: Json): string | undefined {
  const directive = node?.directives?.find((one: Json) => one.name.value === 'operation')
  return directive?.arguments[0].value.value
}

test('what is served is what is committed', async () => {
  const introspection = await data(api, getIntrospectionQuery({ inputValueDeprecation: true }))
  const print = (one: GraphQLSchema) => printSchema(lexicographicSortSchema(one))
  expect(print(buildClientSchema(introspection))).toBe(print(schema))
})

test('every type, field, argument and value is described', () => {
  const all = [...parts()]
  expect(all.length).toBeGreaterThan(300)
  for (const { name, description } of all) {
    expect(description?.trim(), name).toMatch(/^[A-Z\d`"].*\.$/s)
  }
})

test('every operation of the REST API that takes a credential has its twin', async () => {
  const operations = new Set([...parts()].flatMap(({ operation }) => operation ?? []))
  const { json } = await readDocument('openapi/openapi.yaml')
  const open = ['getStatus', 'getOpenApiDocument']
  const described = [...(await describedOperations()).keys()].filter((id) => !open.includes(id))
  expect(json.openapi).toBe('3.1.0')
  expect([...operations].sort()).toEqual(described.sort())
})

test('a refusal of one field inside a thing does not take the thing away', () => {
  for (const { name, operation } of parts()) {
    if (!operation) continue
    const [typeName = '', fieldName = ''] = name.split('.')
    const type = schema.getType(typeName)
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
    if (field && isNonNullType(field.type)) {
      expect(name, 'only the lists at the root are always there').toMatch(/^Query\..*s$/)
    }
  }
})

test('enums have the values of the REST API', async () => {
  const { json } = await readDocument('openapi/openapi.yaml')
  const { schemas } = json.components as Json
  const both = Object.values(schema.getTypeMap()).filter(
    (type) => isEnumType(type) && schemas[type.name]?.enum,
  )
  expect(both.length).toBeGreaterThan(9)
  for (const type of both) {
    const values = isEnumType(type) ? type.getValues().map(({ name }) => name) : []
    expect(values, type.name).toEqual(schemas[type.name].enum)
  }
})

test('inputs have the fields of the REST bodies', async () => {
  const { json } = await readDocument('openapi/openapi.yaml')
  const { schemas } = json.components as Json
  for (const [input, body] of [
    ['CreateStreamInput', 'CreateStream'],
    ['UpdateStreamInput', 'UpdateStream'],
    ['CreateS3ObjectInput', 'CreateUpload'],
    ['CreateUploadFromLinkInput', 'ImportUpload'],
    ['CreateRtmpDestinationInput', 'CreateRtmpDestination'],
  ] as const) {
    const type = schema.getType(input)
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : []
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(schemas[body].properties))
    const deprecated = fields.flatMap(({ name, deprecationReason }) =>
      deprecationReason ? name : [],
    )
    const internal = Object.entries<Json>(schemas[body].properties)
    expect(deprecated).toEqual(internal.flatMap(([name, { deprecated: old }]) => (old ? name : [])))
  }
})

test('types have the fields of the REST answers', async () => {
  const { json } = await readDocument('openapi/openapi.yaml')
  const { schemas } = json.components as Json
  for (const [name, answer] of [
    ['User', 'User'],
    ['Stream', 'Stream'],
    ['S3Object', 'Upload'],
    ['Playlist', 'Playlist'],
    ['Destination', 'Destination'],
    ['Invoice', 'Invoice'],
    ['UsageAnalytics', 'Usage'],
    ['CryptoCurrency', 'CryptoCurrency'],
    ['YoutubeLiveStats', 'YoutubeLiveStats'],
  ] as const) {
    const type = schema.getType(name)
    const fields = isObjectType(type) ? type.getFields() : {}
    for (const member of Object.keys(schemas[answer].properties)) {
      expect(getNamedType(fields[member]?.type), `${name}.${member}`).toBeDefined()
    }
  }
})
