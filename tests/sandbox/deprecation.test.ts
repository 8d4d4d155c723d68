import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { readContract } from '../../src/sandbox/rest/contract.ts'
import { deprecationHeaders, readDeprecation } from '../../src/sandbox/rest/deprecation.ts'
import { demo, docs, startApi } from './harness.ts'

const named = { operationId: 'listOldThings', tags: ['old things'], deprecated: true }

test('an operation that is not deprecated says nothing', () => {
  expect(readDeprecation({ ...named, deprecated: false }, 'listOldThings')).toBeUndefined()
  expect(readDeprecation({ tags: [] }, 'x')).toBeUndefined()
})

test('a deprecated one says since when, until when and where to read on', () => {
  const deprecation = readDeprecation(
    {
      ...named,
      'x-deprecated-at': '2026-01-31T00:00:00Z',
      'x-sunset': '2026-07-31T12:00:00+02:00',
    },
    'listOldThings',
  )
  expect(deprecation && deprecationHeaders(deprecation, docs)).toEqual({
    Deprecation: '@1769817600',
    Sunset: 'Fri, 31 Jul 2026 10:00:00 GMT',
    Link: `<${docs}/reference/old-things/list-old-things/>; rel="deprecation"; type="text/html"`,
  })
})

test('its own documentation is linked where it names one', () => {
  const deprecation = readDeprecation(
    {
      ...named,
      'x-deprecated-at': '2026-01-31T00:00:00Z',
      externalDocs: { url: 'https://example.com/new-things' },
    },
    'listOldThings',
  )
  const headers = deprecation && deprecationHeaders(deprecation, docs)
  expect(headers?.Link).toContain('<https://example.com/new-things>')
  expect(headers).not.toHaveProperty('Sunset')
})

test('one without its date, or with a broken one, stops the start', () => {
  for (const dates of [
    {},
    { 'x-deprecated-at': 'soon' },
    { 'x-deprecated-at': '2026-01-31T00:00:00Z', 'x-sunset': 'later' },
  ]) {
    expect(() => readDeprecation({ ...named, ...dates }, 'listOldThings')).toThrow(
      expect.objectContaining({ code: 'document_incomplete' }),
    )
  }
})

test('every answer of a deprecated operation says so, refusals too, and no other', async () => {
  const document = await readDocument('openapi/openapi.yaml')
  const paths = document.json.paths as Record<string, Record<string, object>>
  Object.assign(paths['/streams']?.get ?? {}, {
    deprecated: true,
    'x-deprecated-at': '2026-01-31T00:00:00Z',
    'x-sunset': '2026-07-31T00:00:00Z',
  })
  const api = await startApi({ contract: readContract(document) })
  const get = (path: string, headers: Record<string, string> = { 'x-api-key': `sl_${demo}` }) =>
    api.request(`/v1${path}`, { headers: { ...headers, origin: docs } })
  for (const response of [
    await get('/streams'),
    await get('/streams?limit=x'),
    await get('/streams', {}),
  ]) {
    expect(response.headers.get('deprecation')).toBe('@1769817600')
    expect(response.headers.get('sunset')).toBe('Fri, 31 Jul 2026 00:00:00 GMT')
    expect(response.headers.get('link')).toContain(`<${docs}/reference/streams/list-streams/>`)
    expect(response.headers.get('access-control-expose-headers')).toMatch(/Deprecation, Sunset/)
  }
  for (const path of ['/me', '/status', '/nowhere']) {
    expect((await get(path)).headers.get('deprecation')).toBeNull()
  }
  await api.close()
})
