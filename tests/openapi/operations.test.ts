import { expect, test } from 'vitest'
import {
  answersOf,
  asArray,
  asObject,
  type Described,
  isAuthenticated,
  isObject,
  listOperations,
  parametersOf,
  readBundle,
} from './description.ts'

const document = await readBundle()
const operations = listOperations(document)

/** Method, path, id and the scopes of which any one will do; none means no credential. */
const agreed = [
  'GET /me getMe read',
  'GET /streams listStreams read',
  'POST /streams createStream write',
  'GET /streams/{id} getStream read',
  'PATCH /streams/{id} updateStream write',
  'DELETE /streams/{id} deleteStream destructive',
  'POST /streams/{id}/start startStream write',
  'POST /streams/{id}/stop stopStream write',
  'POST /streams/{id}/schedule scheduleStream write',
  'DELETE /streams/{id}/schedule cancelStreamSchedule write',
  'GET /streams/{id}/readiness checkStreamReadiness read',
  'GET /streams/{id}/live-stats getStreamLiveStats read',
  'GET /uploads listUploads read',
  'POST /uploads createUpload write',
  'POST /uploads/from-link importUploadFromLink write',
  'GET /uploads/{id} getUpload read',
  'DELETE /uploads/{id} deleteUpload destructive',
  'POST /uploads/{id}/upload-url generateUploadUrl write',
  'POST /uploads/{id}/complete completeUpload write',
  'GET /playlists listPlaylists read',
  'GET /playlists/{id} getPlaylist read',
  'POST /playlists/{id}/operations applyPlaylistOperations write',
  'POST /playlists/{id}/copy copyPlaylist write',
  'POST /playlists/{id}/publish publishPlaylist write',
  'GET /destinations listDestinations read',
  'POST /destinations createRtmpDestination write',
  'DELETE /destinations/{id} deleteDestination destructive',
  'GET /billing/overview getBillingOverview read billing',
  'GET /billing/usage getUsage billing',
  'GET /billing/invoices listInvoices billing',
  'POST /billing/top-up/card-link createCardTopUpLink billing',
  'GET /crypto/currencies listCryptoCurrencies billing',
  'GET /crypto/deposit-address getCryptoDepositAddress billing',
  'GET /status getStatus',
  'GET /openapi.json getOpenApiDocument',
]

function describe({ method, path, id, value }: Described): string {
  const scopes = asArray(value.security).flatMap((alternative) => {
    const { oauth2 } = asObject(alternative)
    return asArray(oauth2 ?? []).map((scope) => String(scope).replace('streamloop:', ''))
  })
  return [method, path, id, ...scopes].join(' ')
}

test('is OpenAPI 3.1 for the production server', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'Streamloop API', version: '1.0.0' })
  expect(document.servers).toEqual([
    { url: 'https://api.streamloop.app/v1', description: 'Production' },
  ])
})

test('has exactly the agreed operations, each with its scope', () => {
  expect(operations.map(describe).sort()).toEqual([...agreed].sort())
})

test('takes an API key wherever it takes a token, and one credential at a time', () => {
  for (const operation of operations.filter(isAuthenticated)) {
    const alternatives = asArray(operation.value.security)
    expect(alternatives.at(-1), operation.id).toEqual({ apiKey: [] })
    for (const alternative of alternatives) {
      expect(Object.keys(asObject(alternative)), operation.id).toHaveLength(1)
    }
  }
})

test('explains every scope and marks those that delete or spend', () => {
  const { oauth2 } = asObject(asObject(document.components).securitySchemes)
  const scheme = asObject(oauth2)
  const flow = asObject(asObject(scheme.flows).authorizationCode)
  expect(flow).toMatchObject({
    authorizationUrl: 'https://auth.streamloop.app/api/auth/oauth2/authorize',
    tokenUrl: 'https://auth.streamloop.app/api/auth/oauth2/token',
  })
  const scopes = asObject(flow.scopes)
  expect(Object.keys(scopes)).toEqual([
    'streamloop:read',
    'streamloop:write',
    'streamloop:destructive',
    'streamloop:billing',
  ])
  for (const sentence of Object.values(scopes)) expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
  expect(scheme['x-dangerous-scopes']).toEqual(['streamloop:destructive', 'streamloop:billing'])
})

test.each(operations)('$id says what it does under one tag of the list', (operation) => {
  const tags = asArray(document.tags).map((tag) => asObject(tag).name)
  const { tags: own, summary, description } = operation.value
  expect(own).toHaveLength(1)
  expect(tags).toContain(asArray(own)[0])
  expect(summary).toMatch(/^[A-Z][^.]{5,50}$/)
  expect(String(description).length).toBeGreaterThan(80)
})

test.each(operations)('$id has one success, and every error it may meet', (operation) => {
  const statuses = [...answersOf(document, operation).keys()]
  expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1)
  expect(statuses).toEqual(expect.arrayContaining(['429', '500', '503']))
  if (isAuthenticated(operation)) {
    expect(statuses).toEqual(expect.arrayContaining(['400', '401', '403', '422', '502']))
  }
  if (operation.path.includes('{id}')) expect(statuses).toContain('404')
  if (operation.value.requestBody) {
    expect(statuses).toEqual(expect.arrayContaining(['413', '415']))
  }
})

test.each(operations)('$id names the headers of every answer', (operation) => {
  for (const [status, answer] of answersOf(document, operation)) {
    const names = Object.keys(asObject(answer.headers))
    expect(names, status).toContain('X-Request-Id')
    if (isAuthenticated(operation) && status !== '401') {
      expect(names, status).toEqual(
        expect.arrayContaining([
          'RateLimit',
          'RateLimit-Limit',
          'RateLimit-Policy',
          'RateLimit-Remaining',
          'RateLimit-Reset',
        ]),
      )
    }
    const repeats = ['POST', 'PATCH'].includes(operation.method) && status.startsWith('2')
    expect(names.includes('WWW-Authenticate'), status).toBe(['401', '403'].includes(status))
    expect(names.includes('Retry-After'), status).toBe(['429', '503'].includes(status))
    expect(names.includes('Location'), status).toBe(['201', '202'].includes(status))
    expect(names.includes('Idempotency-Replayed'), status).toBe(repeats)
  }
})

test.each(operations)(
  '$id takes an idempotency key exactly when it is POST or PATCH',
  (operation) => {
    const names = parametersOf(document, operation).map(({ name }) => name)
    expect(names.includes('Idempotency-Key')).toBe(['POST', 'PATCH'].includes(operation.method))
  },
)

test('pages through every list but that of the currencies', () => {
  const paged = operations.filter((operation) =>
    parametersOf(document, operation).some(({ name }) => name === 'cursor'),
  )
  expect(paged.map(({ id }) => id)).toEqual([
    'listStreams',
    'listUploads',
    'listPlaylists',
    'listDestinations',
    'listInvoices',
  ])
  for (const operation of paged) {
    const limit = parametersOf(document, operation).find(({ name }) => name === 'limit')
    expect(limit?.schema).toMatchObject({ minimum: 1, maximum: 100, default: 20 })
  }
})

test('says what a call destroys or spends before it is sent', () => {
  const warned = operations.filter(({ value }) => typeof value['x-confirm'] === 'string')
  const expected = operations.filter(
    ({ method, id }) => method === 'DELETE' || id === 'createCardTopUpLink',
  )
  expect(warned.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
})

test('answers a deletion with 204 and nothing else', () => {
  for (const id of ['deleteStream', 'deleteUpload', 'deleteDestination']) {
    const operation = operations.find((entry) => entry.id === id)
    if (!operation) throw new Error(`${id} is missing.`)
    expect(answersOf(document, operation).get('204')).not.toHaveProperty('content')
  }
})

test('names the tool of 31 operations, three of which ask for confirmation', () => {
  const tools = operations.flatMap(({ id, value }) => {
    const tool = value['x-mcp-tool']
    return isObject(tool) ? [{ id, ...tool }] : []
  })
  const without = operations.filter(({ id }) => !tools.some((tool) => tool.id === id))
  expect(tools).toHaveLength(31)
  expect(new Set(tools.map((tool) => asObject(tool).name)).size).toBe(31)
  for (const tool of tools) expect(asObject(tool).name).toMatch(/^streamloop_[a-z_]+$/)
  expect(without.map(({ id }) => id).sort()).toEqual([
    'deleteDestination',
    'generateUploadUrl',
    'getOpenApiDocument',
    'getStatus',
  ])
  const confirmed = tools.filter((tool) => asObject(tool).confirm === true)
  expect(confirmed.map(({ id }) => id)).toEqual([
    'deleteStream',
    'deleteUpload',
    'createCardTopUpLink',
  ])
  for (const tool of confirmed) expect(asObject(tool).destructive).toBe(true)
})
