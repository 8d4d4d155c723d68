import { afterEach, beforeEach, expect, test } from 'vitest'
import { uploads } from '../../src/sandbox/seed/ids.ts'
import { ask, data, refusal } from './graphql-harness.ts'
import { demo, docs, type Json, origin, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  api.request('/graphql', {
    method: 'POST',
    headers: { 'x-api-key': `sl_${demo}`, 'content-type': 'application/json', ...headers },
    body,
  })

const codeOf = async (response: Response) => ((await response.json()) as Json).errors[0].extensions

test('another method gets a word of advice', async () => {
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await api.request('/graphql?query={me{id}}', { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toMatch(/^Send a POST/)
  }
})

test('without a good credential a challenge comes back', async () => {
  const cases: [Record<string, string>, number, string, RegExp][] = [
    [{}, 401, 'UNAUTHENTICATED', /^Bearer resource_metadata="/],
    [{ 'x-api-key': 'sl_wrong' }, 401, 'UNAUTHENTICATED', /resource_metadata/],
    [{ authorization: 'Bearer wrong' }, 401, 'UNAUTHENTICATED', /error="invalid_token"/],
    [{ 'x-api-key': 'sl_a', authorization: 'Bearer b' }, 400, 'BAD_REQUEST', /invalid_request/],
  ]
  for (const [headers, status, code, challenge] of cases) {
    const response = await api.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ me { id } }"}',
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('www-authenticate')).toMatch(challenge)
    expect(await codeOf(response)).toEqual({ code })
  }
  const inAddress = await api.request('/graphql?access_token=x', { method: 'POST', body: '{}' })
  expect(inAddress.status).toBe(400)
})

test('S11 bodies that cannot be read are refused with the codes of the REST API', async () => {
  const deep = `{"query":"{ me { id } }","variables":{"x":${'['.repeat(70)}${']'.repeat(70)}}}`
  const cases: [BodyInit, Record<string, string>, number, string][] = [
    ['{', {}, 400, 'BAD_REQUEST'],
    ['', {}, 400, 'BAD_REQUEST'],
    ['"text"', {}, 400, 'BAD_REQUEST'],
    ['[{"query":"{ me { id } }"}]', {}, 400, 'BAD_REQUEST'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), {}, 400, 'BAD_REQUEST'],
    [deep, {}, 400, 'BAD_REQUEST'],
    ['{"query":"{ me { id } }"}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'query=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [`{"query":"${' '.repeat(1024 * 1024)}"}`, {}, 413, 'PAYLOAD_TOO_LARGE'],
  ]
  for (const [body, headers, status, code] of cases) {
    const response = await post(body, headers)
    expect(response.status, `${String(body).slice(0, 40)}`).toBe(status)
    expect((await codeOf(response)).code).toBe(code)
  }
  for (const body of ['{}', '{"query":5}', '{"query":"{ me { id } }","more":1}']) {
    const response = await post(body, { accept: 'application/graphql-response+json' })
    expect(response.status, body).toBe(400)
    expect((await codeOf(response)).code).toMatch(/^(BAD_REQUEST|INVALID_INPUT)$/)
  }
  expect(api.failures).toEqual([])
})

test('documents that do not fit the schema name the place and a code', async () => {
  expect(await refusal(api, '{ me { id }')).toMatchObject({ code: 'BAD_REQUEST' })
  for (const query of [
    '{ me { nope } }',
    '{ stream { id } }',
    'mutation { createStream(input: { quality: big }) { id } }',
    'mutation { createStream(input: { state: active }) { id } }',
    'mutation { createStream(input: { scheduleStartAt: "tomorrow" }) { id } }',
    'mutation { createStream(input: { streamDuration: 1.5 }) { id } }',
    'query One { me { id } } query Two { me { id } }',
    'subscription { me { id } }',
  ]) {
    expect(await refusal(api, query), query).toMatchObject({ code: 'INVALID_INPUT' })
  }
  const query = 'mutation ($input: CreateStreamInput!) { createStream(input: $input) { id } }'
  for (const input of [null, {}, { customerId: demo }, { name: 5 }, { streamDuration: 2 ** 60 }]) {
    const { errors } = await ask(api, query, { variables: { input } })
    if (input && Object.keys(input).length === 0) expect(errors).toBeUndefined()
    else expect(errors?.[0].extensions.code, JSON.stringify(input)).toBe('INVALID_INPUT')
  }
})

test('the media type of the answer decides whether the status tells of a refusal too', async () => {
  const body = '{"query":"{ nope }"}'
  const plain = await post(body)
  expect(plain.status).toBe(200)
  expect(plain.headers.get('content-type')).toMatch(/^application\/json/)
  const own = await post(body, { accept: 'application/graphql-response+json' })
  expect(own.status).toBe(400)
  expect(own.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/)
})

test('what the REST bodies do not take, inputs do not take either', async () => {
  const refused = await refusal(
    api,
    'mutation { createRtmpDestination(input: { name: "", rtmpUrl: "http://x", rtmpKey: "k" }) { id } }',
  )
  expect(refused.code).toBe('INVALID_INPUT')
  expect(refused.errors.map(({ pointer }: Json) => pointer).sort()).toEqual(['#/name', '#/rtmpUrl'])
  expect(
    await refusal(
      api,
      'mutation { updateStream(id: "nothing", input: { name: "a", clearName: true }) { id } }',
    ),
  ).toMatchObject({ code: 'NOT_FOUND' })
  const incompatible = await refusal(
    api,
    'mutation { createStream(input: { quality: q_2160p, destinationID: "dest_01KRBEH3G0CHG7926FJEDA10XF" }) { id } }',
  )
  expect(incompatible).toMatchObject({
    code: 'DESTINATION_INCOMPATIBLE',
    reason: 'QUALITY_TOO_HIGH',
  })
  const used = await refusal(api, `mutation { deleteUpload(id: "${uploads.lofiLoop}") }`)
  expect(used.code).toBe('IN_USE')
})

test('T39: documents that are too large are refused before they run', async () => {
  const nest = (levels: number) =>
    `{ playlist(id: "x") { ${'stream { playlists { '.repeat(levels)} id ${'} } '.repeat(levels)} } }`
  expect((await refusal(api, nest(5))).code).toBe('NOT_FOUND')
  expect((await refusal(api, nest(6))).message).toMatch(/levels deep/)
  const spread = `{ playlist(id: "x") { ...A } } fragment A on Playlist { stream { playlists { ...B } } }
    fragment B on Playlist { stream { playlists { ...C } } } fragment C on Playlist { stream { playlists { ...D } } }
    fragment D on Playlist { stream { playlists { ...E } } } fragment E on Playlist { stream { playlists { stream { id } } } }`
  expect((await refusal(api, spread)).message).toMatch(/levels deep/)

  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, i) => `a${i}: me { id }`).join(' ')} }`
  await data(api, aliases(30))
  expect(await refusal(api, aliases(31))).toMatchObject({ code: 'INVALID_INPUT' })

  const twins = (count: number) => `{ ${'me { id } '.repeat(count)} }`
  await data(api, twins(100))
  expect(await refusal(api, twins(101))).toMatchObject({ code: 'INVALID_INPUT' })

  const words = `{ me { ${'id '.repeat(1000)} } }`
  expect(await refusal(api, words)).toMatchObject({ code: 'BAD_REQUEST' })

  const wide = (first: string, argument = '') =>
    `query${argument} { streams(first: ${first}) { edges { node { playlists { items { object { id } }
      stream { playlists { items { object { id } } } } } } } } }`
  await data(api, wide('20'))
  expect((await refusal(api, wide('100'))).message).toMatch(/objects/)
  const variable = wide('$n', '($n: Int = 10)')
  await data(api, variable)
  expect(await refusal(api, variable, { variables: { n: 100 } })).toMatchObject({
    code: 'INVALID_INPUT',
  })
})

test('T39: fragments that hold themselves, or double themselves, take no time', async () => {
  const started = performance.now()
  const { errors } = await ask(api, '{ me { ...A } } fragment A on User { id ...A }')
  expect(errors?.[0].extensions.code).toBe('INVALID_INPUT')
  const doubling = Array.from(
    { length: 30 },
    (_, i) => `fragment F${i} on Playlist { ...F${i + 1} ... on Playlist { ...F${i + 1} } }`,
  ).join(' ')
  await ask(api, `{ playlist(id: "x") { ...F0 } } ${doubling} fragment F30 on Playlist { id }`)
  expect(performance.now() - started).toBeLessThan(5000)
})

test('REST and GraphQL draw on one allowance', async () => {
  await api.close()
  api = await startApi({ rateLimit: 3 })
  await api.call('GET', '/me')
  const second = await ask(api, '{ me { id } }')
  expect(second.headers.get('ratelimit-remaining')).toBe('1')
  await ask(api, '{ nope }')
  const refused = await ask(api, '{ me { id } }')
  expect(refused.status).toBe(429)
  expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await api.problem('GET', '/me')).toMatchObject({ code: 'RATE_LIMITED' })
})

test('scripts of the docs may read, and no others', async () => {
  const preflight = (from: string) =>
    api.request('/graphql', {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'POST' },
    })
  const allowed = await preflight(docs)
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-origin')).toBe(docs)
  expect((await preflight('https://evil.example')).headers.has('access-control-allow-origin')).toBe(
    false,
  )
  const good = await ask(api, '{ me { id } }', { headers: { origin: docs } })
  expect(good.headers.get('access-control-allow-origin')).toBe(docs)
  expect(good.headers.get('x-request-id')).toMatch(/^req_/)
  expect(good.headers.get('x-content-type-options')).toBe('nosniff')
  const unauthenticated = await ask(api, '{ me { id } }', { as: null, headers: { origin: docs } })
  expect(unauthenticated.headers.get('access-control-allow-origin')).toBe(docs)
  const bad = await ask(api, '{ me { id } }', { headers: { origin: 'https://evil.example' } })
  expect(bad.headers.has('access-control-allow-origin')).toBe(false)
  const elsewhere = await api.requestAt(`${origin.replace('localhost', 'evil.example')}/graphql`)
  expect(elsewhere.status).toBe(421)
})

test('a repeated request with the same key changes nothing twice', async () => {
  const query = 'mutation { createStream(input: { name: "Once" }) { id } }'
  const headers = { 'idempotency-key': 'one' }
  const first = await ask(api, query, { headers })
  const again = await ask(api, query, { headers })
  expect(again.data).toEqual(first.data)
  expect(first.headers.has('idempotency-replayed')).toBe(false)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  const other = await ask(api, query.replace('Once', 'Twice'), { headers })
  expect(other.errors?.[0].extensions.code).toBe('IDEMPOTENCY_KEY_REUSED')
  const { streams } = await data(api, '{ streams(where: { name: "Once" }) { totalCount } }')
  expect(streams.totalCount).toBe(1)
})

test('S10 what breaks inside takes everything back and gives nothing away', async () => {
  const find = api.means.newId
  let calls = 0
  api.means.newId = (prefix, now) => {
    calls += 1
    if (calls > 4) throw new Error('SELECT secret FROM /home')
    return find(prefix, now)
  }
  const answer = await ask(
    api,
    'mutation { a: createStream(input: { name: "Lost" }) { id } b: createStream(input: {}) { id } }',
  )
  api.means.newId = find
  expect(answer.status).toBe(500)
  expect(answer.data).toBeUndefined()
  expect(answer.errors).toEqual([
    { message: 'Something broke inside the sandbox.', extensions: { code: 'INTERNAL' } },
  ])
  expect(api.failures).toHaveLength(1)
  const { streams } = await data(api, '{ streams(where: { name: "Lost" }) { totalCount } }')
  expect(streams.totalCount).toBe(0)
})

test('on a full disk questions are answered and changes are put off', async () => {
  api.store.limitPages(1)
  const change = 'mutation ($input: CreateStreamInput!) { createStream(input: $input) { id } }'
  const variables = { input: { name: 'x'.repeat(50_000) } }
  const refused = await ask(api, change, { variables })
  expect(refused.status).toBe(503)
  expect(refused.errors?.[0].extensions).toEqual({ code: 'UNAVAILABLE' })
  expect(refused.headers.get('retry-after')).toBe('5')
  expect((await data(api, '{ me { id } }')).me.id).toBe(demo)
  api.store.limitPages(0)
  await data(api, change, { variables })
})
