import { readFile } from 'node:fs/promises'
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { ask, data } from './graphql-harness.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

/** What each field asks of a token, written out here a second time on purpose. */
const needed: Record<string, string[]> = {
  read: [
    ...['me', 'stream', 'streams', 'upload', 'uploads', 'playlist', 'playlists'],
    ...['destination', 'destinations', 'billing'],
  ],
  write: [
    ...['createStream', 'updateStream', 'startStream', 'stopStream', 'scheduleStream'],
    ...['cancelStreamSchedule', 'createUpload', 'createUploadFromLink', 'generateUploadUrl'],
    ...['completeUpload', 'applyPlaylistOperations', 'copyPlaylist', 'publishPlaylist'],
    'createRtmpDestination',
  ],
  destructive: ['deleteStream', 'deleteUpload', 'deleteDestination'],
  billing: [
    ...['billing', 'usageAnalytics', 'invoices', 'createCardTopUpLink', 'cryptoCurrencies'],
    'cryptoDepositAddress',
  ],
}
const all = Object.keys(needed)
const subsets = Array.from({ length: 16 }, (_, bits) => all.filter((_, i) => bits & (1 << i)))

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

/** A value that the schema lets through; nothing has its ids. */
function anyValue(type: GraphQLInputType): string {
  const bare = getNullableType(type)
  if (isListType(bare)) return `[${anyValue(bare.ofType)}]`
  if (isEnumType(bare)) return bare.getValues()[0]?.name ?? ''
  if (isInputObjectType(bare)) {
    const fields = Object.values(bare.getFields()).filter(isRequiredInputField)
    return `{ ${fields.map((field) => `${field.name}: ${anyValue(field.type)}`).join(', ')} }`
  }
  if (String(bare) === 'Time') return '"2020-01-01T00:00:00Z"'
  return String(bare).startsWith('Int') ? '1' : '"nothing"'
}

function callOf(name: string, args: readonly GraphQLArgument[], isThing: boolean): string {
  const given = args
    .filter(isRequiredArgument)
    .map((argument) => `${argument.name}: ${anyValue(argument.type)}`)
  return `${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${isThing ? ' { __typename }' : ''}`
}

test('S3 every field is open to exactly the tokens with its scope', async () => {
  const schema = buildSchema(await readFile('openapi/schema.graphql', 'utf8'))
  const known = new Set<string>()
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (field.name === 'node') continue
      known.add(field.name)
      const allowing = all.filter((scope) => needed[scope]?.includes(field.name))
      expect(allowing, `${field.name} is in the table`).not.toHaveLength(0)
      const isThing = isCompositeType(getNamedType(field.type))
      const query = `${kind} { ${callOf(field.name, field.args, isThing)} }`
      for (const subset of subsets) {
        const scopes = subset.map((scope) => `streamloop:${scope}`)
        const { errors = [], data: answer } = await ask(api, query, { scopes })
        const about = `${query} with [${subset}]`
        const missing = errors.find(({ extensions }) => extensions.code === 'INSUFFICIENT_SCOPE')
        if (subset.some((scope) => allowing.includes(scope))) {
          expect(missing, about).toBeUndefined()
          for (const { extensions } of errors) {
            expect(extensions.code, about).toMatch(/^(NOT_FOUND|INVALID_INPUT|UNSUPPORTED_TYPE)$/)
          }
        } else {
          expect(errors, about).toHaveLength(1)
          expect(missing.extensions).toEqual({
            code: 'INSUFFICIENT_SCOPE',
            scope: `streamloop:${allowing[0]}`,
          })
          expect(missing.path).toEqual([field.name])
          expect(isNonNullType(field.type) ? answer : answer[field.name], about).toBeNull()
        }
      }
    }
  }
  expect(known.size).toBe(32)
})

test('S3 what hangs on an answer takes the scope of reading it', async () => {
  const query = `mutation { createStream(input: { name: "Mine" }) {
    id name playlistIDs
    destination { id } playlists { id } videoUploadObject { id } audioUploadObject { id }
    readiness { ready } youtubeLiveStats { status }
  } }`
  const { data: answer, errors } = await ask(api, query, { scopes: ['streamloop:write'] })
  expect(answer.createStream).toMatchObject({ name: 'Mine', playlists: null, readiness: null })
  expect(errors?.map(({ path }) => path[1]).sort()).toEqual([
    'audioUploadObject',
    'destination',
    'playlists',
    'readiness',
    'videoUploadObject',
    'youtubeLiveStats',
  ])
  for (const { extensions } of errors ?? []) {
    expect(extensions).toEqual({ code: 'INSUFFICIENT_SCOPE', scope: 'streamloop:read' })
  }
})

test('S3 a node takes the scope of what it is', async () => {
  const query = `{ node(id: "${streams.lofiRadio}") { id } }`
  const refused = await ask(api, query, { scopes: ['streamloop:write'] })
  expect(refused.data).toEqual({ node: null })
  expect(refused.errors?.[0].extensions).toEqual({
    code: 'INSUFFICIENT_SCOPE',
    scope: 'streamloop:read',
  })
  const allowed = await data(api, query, { scopes: ['streamloop:read'] })
  expect(allowed.node.id).toBe(streams.lofiRadio)
})

test('the caller’s balance is open to reading and to billing', async () => {
  const query = '{ billing { creditsLeft } }'
  for (const scope of ['read', 'billing']) {
    const { billing }: Json = await data(api, query, { scopes: [`streamloop:${scope}`] })
    expect(billing.creditsLeft).toBeGreaterThan(0)
  }
})
