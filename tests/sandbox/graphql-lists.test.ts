import { StatementSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { destinations, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { data, refusal } from './graphql-harness.ts'
import { demo, type Json, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

const page = `query Page($first: Int, $after: Cursor, $where: StreamWhereInput, $orderBy: StreamOrder) {
  streams(first: $first, after: $after, where: $where, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name state } }
  }
}`

/** Reads the streams to their end, doing something between the pages. */
async function readAll(variables: Json, between: () => Promise<unknown> = async () => {}) {
  const nodes: Json[] = []
  let after: string | null = null
  do {
    const { streams: found }: Json = await data(api, page, { variables: { ...variables, after } })
    nodes.push(...found.edges.map(({ node }: Json) => node))
    expect(found.pageInfo.endCursor).toBe(found.edges.at(-1)?.cursor ?? null)
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null
    await between()
  } while (after)
  return nodes
}

const namesOf = async (where: Json) => (await readAll({ where })).map(({ name }) => name).sort()

test.each([
  undefined,
  { field: 'CREATED_AT' },
  { field: 'UPDATED_AT', direction: 'DESC' },
  { field: 'NAME' },
  { field: 'NAME', direction: 'DESC' },
])('pages of one, of three and the whole are the same in order %j', async (orderBy) => {
  await api.json('POST', '/streams', { body: {} })
  await api.json('POST', '/streams', { body: {} })
  const whole = await readAll({ first: 100, orderBy })
  expect(whole).toHaveLength(10)
  expect(await readAll({ first: 1, orderBy })).toEqual(whole)
  expect(await readAll({ first: 3, orderBy })).toEqual(whole)
  if (orderBy?.field !== 'NAME') return
  const names = whole.map(({ name }) => name ?? '')
  const sorted = [...names].sort()
  expect(names).toEqual(orderBy.direction === 'DESC' ? sorted.reverse() : sorted)
})

test('what is added and deleted between pages neither repeats nor hides anything', async () => {
  for (let i = 0; i < 12; i += 1) {
    // Several within a millisecond: the id decides between equals.
    if (i % 4 === 0) api.clock.advance(0.001)
    await api.json('POST', '/streams', { body: { name: `Row ${i}` } })
  }
  const before = await readAll({ first: 100 })
  let round = 0
  const read = await readAll({ first: 4 }, async () => {
    round += 1
    api.clock.advance(1)
    await api.json('POST', '/streams', { body: { name: 'New' } })
    if (round === 2) await api.call('DELETE', `/streams/${before[1].id}`)
  })
  expect(read).toEqual(before)
})

test('twenty is a page unless said otherwise, and a hundred the most', async () => {
  for (let i = 0; i < 15; i += 1) await api.json('POST', '/streams', { body: {} })
  const { streams: found } = await data(api, '{ streams { totalCount edges { cursor } } }')
  expect(found.edges).toHaveLength(20)
  expect(found.totalCount).toBe(23)
  for (const first of [0, -1, 101]) {
    const refused = await refusal(api, `{ streams(first: ${first}) { totalCount } }`)
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '#/first' }] })
  }
})

test('a cursor of no page, or of another order, is refused', async () => {
  const { streams: found } = await data(
    api,
    '{ streams(first: 1, orderBy: { field: NAME }) { pageInfo { endCursor } } }',
  )
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const bad = ['', 'x', encode(null), encode({}), encode(['createdAt', 'x', 'y'])]
  for (const cursor of [...bad, found.pageInfo.endCursor, encode(['customerId', 'x', 'y'])]) {
    const refused = await refusal(api, page, { variables: { after: cursor } })
    expect(refused, cursor).toMatchObject({ code: 'INVALID_INPUT' })
  }
  const hostile = encode(['createdAt', 5, `' OR "customerId" = '${demo}`])
  const answer = await data(api, page, { variables: { after: hostile } })
  expect(answer.streams.edges).toEqual([])
})

test('conditions pick what they say, alone and together', async () => {
  const made = await api.json('POST', '/streams', { body: {} })
  const all = await namesOf({})
  expect(await namesOf({ name: 'Lofi radio' })).toEqual(['Lofi radio'])
  expect(await namesOf({ nameContains: 'lo' })).toEqual(['Old intro loop'])
  expect(await namesOf({ nameContainsFold: 'LO' })).toEqual(['Lofi radio', 'Old intro loop'])
  expect(await namesOf({ nameContains: '%' })).toEqual([])
  expect(await namesOf({ nameContainsFold: '_' })).toEqual([])
  expect(await namesOf({ state: 'active' })).toEqual(['Launch countdown', 'Lofi radio'])
  expect(await namesOf({ stateIn: ['failed', 'scheduled'] })).toEqual(['Jazz café', 'Night drive'])
  expect(await namesOf({ stateIn: [] })).toEqual([])
  expect(await namesOf({ idIn: [streams.untitled, streams.jazzCafe, 'nothing'] })).toEqual([
    'Jazz café',
    'Untitled',
  ])
  expect(await namesOf({ destinationID: destinations.lofiChannel })).toContain('Lofi radio')
  expect(await namesOf({ and: [{ state: 'active' }, { nameContains: 'radio' }] })).toEqual([
    'Lofi radio',
  ])
  expect(await namesOf({ or: [{ state: 'failed' }, { name: 'Untitled' }] })).toEqual([
    'Jazz café',
    'Untitled',
  ])
  // Two conditions side by side must both hold; null is left out.
  expect(await namesOf({ state: 'active', nameContains: 'count', id: null })).toEqual([
    'Launch countdown',
  ])
  // A stream without a name has not this name: `not` is the exact other half.
  const rest = await namesOf({ not: { name: 'Lofi radio' } })
  expect(rest).toContain(null)
  expect([...rest, 'Lofi radio'].sort()).toEqual(all)
  const { createdAt } = await api.json('GET', `/streams/${made.id}`)
  expect(await namesOf({ createdAtGTE: createdAt })).toEqual([null])
  expect(await namesOf({ createdAtGT: createdAt })).toEqual([])
  expect(await namesOf({ createdAtLTE: createdAt })).toEqual(all)
  expect(await namesOf({ createdAtLT: createdAt })).toHaveLength(all.length - 1)
  expect(
    await namesOf({
      createdAtLT: createdAt,
      not: { or: [{ state: 'draft' }, { state: 'active' }] },
    }),
  ).toEqual(['Jazz café', 'Night drive', 'Old intro loop', 'Study beats'])
})

test('the other lists can be searched too', async () => {
  const answer = await data(
    api,
    `{
      uploads(where: { typeIn: [audio, image], nameContainsFold: "LOFI" }, orderBy: { field: NAME }) { edges { node { name } } }
      playlists(where: { streamID: "${streams.lofiRadio}", kind: audio }) { totalCount }
      destinations(where: { not: { status: active } }) { edges { node { name } } }
      invoices(where: { status: paid }, orderBy: { field: AMOUNT_CENTS }) { edges { node { amountCents } } }
    }`,
  )
  expect(answer.uploads.edges).toEqual([{ node: { name: 'lofi-mix.mp3' } }])
  expect(answer.playlists.totalCount).toBe(1)
  expect(answer.destinations.edges).toEqual([{ node: { name: 'Second channel' } }])
  const amounts = answer.invoices.edges.map(({ node }: Json) => node.amountCents)
  expect(amounts).toEqual([...amounts].sort((a: number, b: number) => a - b))
})

test('S20 text in conditions is only text', async () => {
  for (const text of [`' OR 1=1 --`, `"; drop table "stream"; --`, `\\`, `%' or '1'='1`]) {
    for (const name of ['name', 'nameContains', 'nameContainsFold', 'id']) {
      expect(await namesOf({ [name]: text })).toEqual([])
    }
  }
  expect(await refusal(api, page, { variables: { where: { name: 'a\0b' } } })).toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect(await refusal(api, page, { variables: { where: { name: '\ud800' } } })).toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect(api.failures).toEqual([])
})

test('conditions that are too large are refused', async () => {
  let deep: Json = { name: 'x' }
  for (let i = 0; i < 9; i += 1) deep = { not: deep }
  const wide = { or: Array.from({ length: 101 }, () => ({ name: 'x' })) }
  const long = { idIn: Array.from({ length: 101 }, (_, i) => `stream_${i}`) }
  for (const where of [deep, wide, long]) {
    expect(await refusal(api, page, { variables: { where } })).toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
})

test('a longer list asks the database no more questions', async () => {
  const query = `query ($first: Int) { streams(first: $first) { totalCount edges { node {
    id destination { name } videoUploadObject { name } readiness { ready }
    youtubeLiveStats { totalViews }
    playlists { kind diff { added { id } } stream { name } items { object { name externalSource { url } } } }
  } } } }`
  const questions = async (first: number) => {
    const asked = vi.spyOn(StatementSync.prototype, 'all')
    const answer = await data(api, query, { variables: { first } })
    const count = asked.mock.calls.length
    asked.mockRestore()
    expect(answer.streams.edges).toHaveLength(first)
    return count
  }
  for (let i = 0; i < 40; i += 1) {
    await api.json('POST', '/streams', {
      body: { destinationID: destinations.twitchMain, videoUploadObjectID: uploads.lofiLoop },
    })
  }
  const few = await questions(2)
  expect(few).toBeGreaterThan(6)
  expect(await questions(45)).toBeLessThanOrEqual(few + 2)
})
