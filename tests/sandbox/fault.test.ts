import { execFile } from 'node:child_process'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { streamOf } from '../../src/sandbox/rest/fault-bodies.ts'
import { streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { checkAnswer, describedOperations } from './contract.ts'
import { docs, type Json } from './harness.ts'
import { type Served, serveSandbox } from './served.ts'

const run = promisify(execFile)

let sandbox: Served

beforeAll(async () => {
  sandbox = await serveSandbox()
})
afterAll(() => sandbox.close())

const call = (fault: string, path = '/streams', init: RequestInit = {}) =>
  fetch(`${sandbox.api}/v1${path}`, {
    redirect: 'manual',
    ...init,
    headers: {
      'x-api-key': sandbox.key,
      'content-type': 'application/json',
      'sandbox-fault': fault,
      ...init.headers,
    },
  })
const json = async (response: Response) => (await response.json()) as Json
const streamNames = async () => {
  const list = await fetch(`${sandbox.api}/v1/streams?limit=100`, {
    headers: { 'x-api-key': sandbox.key },
  })
  return (await json(list)).data.map(({ name }: Json) => name) as string[]
}
const create = (name: string, fault: string, headers = {}) =>
  call(fault, '/streams', { method: 'POST', body: JSON.stringify({ name }), headers })

describe('a fault that is none', () => {
  test.each([
    '',
    'status',
    'status=200',
    'status=600',
    'status=5xx',
    'Status=503',
    'delay',
    'delay=5',
    'delay=-1s',
    'delay=1.5s',
    'delay=601s',
    'drip=1KiB',
    'drip=0B/s',
    'cut',
    'cut=2kb',
    'cut=2GiB',
    'reset=1',
    'no-cors=yes',
    'redirect',
    'redirect=/v1/status',
    'redirect=javascript:alert(1)',
    'malformed=half',
    'sse=0',
    'sse=ten',
    'jsonl=-1',
    'big',
    'big=0B',
    'big=2GiB',
    'constructor',
    'delay=1ms,delay=2ms',
    'delay=1ms,,cut=1B',
    'status=500,sse',
    'big=1MiB;reset',
    'drift,sse=1',
    'malformed,redirect=http://localhost:1/',
    'status=503, nonsense',
  ])('"%s" is refused with the list of what there is', async (fault) => {
    const response = await call(fault)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const problem = await json(response)
    expect(problem).toMatchObject({ code: 'BAD_REQUEST', errors: [{ parameter: 'Sandbox-Fault' }] })
    for (const word of ['status=', 'delay=5s', 'drip=1KiB/s', 'no-cors', 'big=50MiB']) {
      expect(problem.detail).toContain(word)
    }
    await checkAnswer('listStreams', new Response(JSON.stringify(problem), response))
  })

  test('tells the docs so, too', async () => {
    const response = await call('nonsense', '/streams', { headers: { origin: docs } })
    expect(response.headers.get('access-control-allow-origin')).toBe(docs)
  })
})

describe('status', () => {
  test('answers every documented refusal of every operation as it is documented', async () => {
    for (const { id, method, path, responses } of (await describedOperations()).values()) {
      for (const status of Object.keys(responses).filter((one) => Number(one) >= 400)) {
        const response = await call(`status=${status}`, path.replace('{id}', 'x_1'), { method })
        expect(response.status, `${id} ${status}`).toBe(Number(status))
        expect(response.headers.get('sandbox-fault')).toBe(`status=${status}`)
        await checkAnswer(id, response)
      }
    }
  })

  test('has a problem document for a status that is not documented', async () => {
    for (const [status, code] of [
      [418, 'BAD_REQUEST'],
      [504, 'INTERNAL'],
      [599, 'INTERNAL'],
    ] as const) {
      const response = await call(`status=${status}`)
      expect(response.status).toBe(status)
      expect(await json(response)).toMatchObject({ status, code, title: expect.any(String) })
    }
  })

  test('says when to try again, and what a token lacks', async () => {
    expect((await call('status=503')).headers.get('retry-after')).toBe('1')
    expect((await call('status=429')).headers.get('retry-after')).toBe('1')
    expect((await call('status=403')).headers.get('www-authenticate')).toContain(
      'error="insufficient_scope", scope="streamloop:read"',
    )
  })

  test('does nothing, and keeps nothing for a repeat', async () => {
    const headers = { 'idempotency-key': 'status then none' }
    expect((await create('Retried', 'status=503', headers)).status).toBe(503)
    expect(await streamNames()).not.toContain('Retried')
    const again = await create('Retried', 'delay=1ms', headers)
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotency-replayed')).toBeNull()
  })

  test('comes after the credential: a wrong one is refused as ever', async () => {
    for (const fault of ['status=503', 'sse', 'big=1MiB', 'redirect=http://localhost:1/']) {
      const response = await call(fault, '/streams', { headers: { 'x-api-key': 'sl_wrong' } })
      expect(response.status, fault).toBe(401)
      await response.body?.cancel()
    }
  })
})

describe('delay', () => {
  test('holds the request back for that long', async () => {
    const begun = performance.now()
    expect((await call('delay=400ms')).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThan(390)
  })

  test('given up by the client does nothing any more', async () => {
    const gone = new AbortController()
    const request = create('Given up', 'delay=300ms', {}).catch(() => {})
    const aborted = call('delay=300ms', '/streams', {
      method: 'POST',
      body: JSON.stringify({ name: 'Cancelled' }),
      signal: gone.signal,
    })
    setTimeout(() => gone.abort(), 100)
    await expect(aborted).rejects.toThrow()
    await request
    const names = await streamNames()
    expect(names).toContain('Given up')
    expect(names).not.toContain('Cancelled')
  })
})

describe('drip', () => {
  test('sends the body at that rate, whole, and with its length', async () => {
    const whole = await (await call('delay=1ms', '/me')).text()
    const begun = performance.now()
    const response = await call(`drip=${whole.length * 2}B/s`, '/me')
    expect(Number(response.headers.get('content-length'))).toBe(whole.length)
    expect(await response.text()).toBe(whole)
    expect(performance.now() - begun).toBeGreaterThan(350)
  })
})

describe('cut', () => {
  test('ends the connection after that many bytes, with the work done', async () => {
    const response = await create('Cut off', 'cut=10B')
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow()
    expect(await streamNames()).toContain('Cut off')
  })

  test('is seen by curl as a transfer that broke off', async () => {
    const { stdout, code } = await curl('cut=10B', '/streams')
    expect(code).toBe(18)
    expect(stdout).toHaveLength(10)
  })

  test('leaves out the last byte of a shorter body, and the whole answer where there is none', async () => {
    const whole = await (await call('delay=1ms', '/me')).text()
    expect((await curl('cut=1MiB', '/me')).stdout).toBe(whole.slice(0, -1))
    await expect(
      call('cut=0B', `/streams/${streams.oldIntroLoop}`, { method: 'DELETE' }),
    ).rejects.toThrow()
    expect(await streamNames()).not.toContain('Old intro loop')
  })

  test('at nothing leaves a done request without its body; the same key gets the answer', async () => {
    const headers = { 'idempotency-key': 'cut then none' }
    const lost = await create('Once only', 'cut=0B', headers)
    await expect(lost.text()).rejects.toThrow()
    const again = await create('Once only', 'delay=1ms', headers)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await streamNames()).filter((name) => name === 'Once only')).toHaveLength(1)
  })
})

describe('reset', () => {
  test('resets the connection and does nothing, whoever calls', async () => {
    await expect(create('Reset', 'reset')).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    })
    expect(await streamNames()).not.toContain('Reset')
    const stranger = call('reset', '/streams', { headers: { 'x-api-key': 'sl_wrong' } })
    await expect(stranger).rejects.toThrow()
    expect((await curl('reset', '/streams')).code).toBe(56)
  })
})

describe('no-cors', () => {
  test('keeps scripts from reading the answer', async () => {
    const headers = { origin: docs }
    const readable = await call('delay=1ms', '/me', { headers })
    expect(readable.headers.get('access-control-allow-origin')).toBe(docs)
    expect(readable.headers.get('access-control-expose-headers')).toContain('Sandbox-Fault')
    const unreadable = await call('no-cors', '/me', { headers })
    expect(unreadable.status).toBe(200)
    for (const name of ['access-control-allow-origin', 'timing-allow-origin']) {
      expect(unreadable.headers.get(name)).toBeNull()
    }
  })
})

describe('redirect', () => {
  test('leads to the address, method kept', async () => {
    const response = await call('redirect=https://example.com/a%2Cb', '/streams', {
      method: 'POST',
    })
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe('https://example.com/a%2Cb')
    expect(await response.text()).toBe('')
  })
})

describe('malformed', () => {
  test('is no JSON, but says it is', async () => {
    for (const path of ['/streams', '/status', '/nowhere']) {
      const response = await call('malformed', path)
      expect(response.headers.get('content-type')).toMatch(/json/)
      const text = await response.text()
      expect(text.length).toBeGreaterThan(2)
      expect(() => JSON.parse(text)).toThrow()
    }
  })

  test('gives an answer without a body one to be wrong in', async () => {
    const response = await call('malformed', `/uploads/${uploads.cover}`, { method: 'DELETE' })
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toThrow()
  })
})

describe('drift', () => {
  test('breaks the schema of every operation that reads, at the place it names', async () => {
    const ids: Record<string, string> = {
      streams: streams.lofiRadio,
      uploads: uploads.lofiLoop,
      playlists: 'pl_01KT1GW6G046YC3FW780H6Y794',
      destinations: 'dest_01KR8W4CG0DX2Q0DX05QKNV2Y7',
    }
    for (const { id, method, path } of (await describedOperations()).values()) {
      if (method !== 'GET') continue
      const query = id === 'getCryptoDepositAddress' ? '?currency=BTC' : ''
      const address = path.replace('{id}', ids[path.split('/')[1] ?? ''] ?? '') + query
      const response = await call('drift', address)
      expect(response.status, id).toBe(200)
      const pointer = response.headers.get('sandbox-fault')?.replace('drift=', '') ?? ''
      const text = await response.text()
      await expect(checkAnswer(id, new Response(text, response)), id).rejects.toThrow('fit')
      const straight = await json(await call('delay=1ms', address))
      const at = (value: Json) =>
        pointer
          .slice(1)
          .split('/')
          .reduce((inner: Json, step) => inner[step.replaceAll('~1', '/')], value)
      expect(typeof at(JSON.parse(text)), `${id} ${pointer}`).not.toBe(typeof at(straight))
    }
  })
})

describe('streams', () => {
  test('of server-sent events end after as many as asked for', async () => {
    const response = await call('sse=3')
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const blocks = (await response.text()).split('\n\n').filter(Boolean)
    expect(blocks).toHaveLength(3)
    expect(blocks[2]).toMatch(/^id: 3\nevent: tick\ndata: \{"n":3,/)
  })

  test('of JSON lines as well', async () => {
    const response = await call('jsonl=3')
    expect(response.headers.get('content-type')).toBe('application/jsonl')
    const lines = (await response.text()).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).n)).toEqual([1, 2, 3])
  })

  test('come as fast as a drip lets them', async () => {
    const response = await call('jsonl=5000, drip=100MiB/s')
    expect((await response.text()).trim().split('\n')).toHaveLength(5000)
  })

  test.each(['sse', 'jsonl', 'big=1GiB', 'sse, drip=1B/s', 'big=1GiB, drip=1KiB/s'])(
    'without end (%s) stop with their reader, and the socket closes',
    async (fault) => {
      const { response, closed } = await open(fault)
      expect(response.statusCode).toBe(200)
      await new Promise((resolve) => response.once('data', resolve))
      const begun = performance.now()
      response.destroy()
      await closed
      expect(performance.now() - begun).toBeLessThan(1000)
    },
  )
})

test('a stream that nobody reads any more makes nothing any more', async () => {
  let made = 0
  let isOver = false
  const stream = streamOf(async function* (signal) {
    try {
      for (;;) {
        made += 1
        yield new Uint8Array(1)
        await sleep(5, undefined, { signal })
      }
    } finally {
      isOver = true
    }
  })
  const reader = stream.getReader()
  await reader.read()
  await reader.read()
  expect(made).toBe(2)
  void reader.read().catch(() => {})
  await reader.cancel()
  await sleep(20)
  expect(isOver).toBe(true)
  expect(made).toBe(2)
})

describe('big', () => {
  test.each(['2B', '30B', '75B', '200B', '64KiB', '5MiB'])(
    '%s is JSON of that size',
    async (size) => {
      const response = await call(`big=${size}`)
      const text = await response.text()
      const [, amount, unit] = /^(\d+)(\w+)$/.exec(size) ?? []
      const bytes = Number(amount) * 1024 ** ['B', 'KiB', 'MiB'].indexOf(unit ?? '')
      expect(text).toHaveLength(bytes)
      expect(response.headers.get('content-length')).toBe(String(bytes))
      expect(() => JSON.parse(text)).not.toThrow()
    },
  )

  test('50 MiB come without being held in memory', async () => {
    const before = process.memoryUsage().arrayBuffers
    let size = 0
    for await (const chunk of (await call('big=50MiB')).body ?? []) size += chunk.length
    expect(size).toBe(50 * 1024 ** 2)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 ** 2)
  })
})

test('several at once all happen', async () => {
  const begun = performance.now()
  const response = await call('status=503; delay=200ms, no-cors , malformed', '/me', {
    headers: { origin: docs },
  })
  expect(performance.now() - begun).toBeGreaterThan(190)
  expect(response.status).toBe(503)
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  await expect(response.json()).rejects.toThrow()
  const cut = await curl('big=1MiB, cut=2KiB', '/me')
  expect(cut.stdout).toHaveLength(2048)
})

test('HEAD has faults without a body', async () => {
  for (const fault of ['status=503', 'sse', 'big=1GiB', 'cut=2B', 'malformed', 'drip=1B/s']) {
    const response = await call(fault, '/streams', { method: 'HEAD' })
    expect(response.status, fault).toBe(fault === 'status=503' ? 503 : 200)
  }
})

test('the upload address has them, once its signature is right', async () => {
  const post = (path: string, body?: object) =>
    fetch(`${sandbox.api}/v1${path}`, {
      method: 'POST',
      headers: { 'x-api-key': sandbox.key, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    }).then(json)
  const { id } = await post('/uploads', { name: 'a.mp3', mimeType: 'audio/mpeg', type: 'audio' })
  const { uploadUrl, headers } = await post(`/uploads/${id}/upload-url`)
  const put = (fault: string, url = uploadUrl) =>
    fetch(url, {
      method: 'PUT',
      headers: { ...headers, 'sandbox-fault': fault },
      body: new Uint8Array(100_000),
    })
  expect((await put('status=503')).status).toBe(503)
  expect((await put('status=503', uploadUrl.replace(/.$/, '_'))).status).toBe(403)
  await expect(put('reset')).rejects.toThrow()
  expect((await put('nonsense')).status).toBe(400)
  expect((await post(`/uploads/${id}/complete`)).code).toBe('UPLOAD_INCOMPLETE')
  expect((await put('delay=1ms')).status).toBe(200)
})

test('GraphQL has them, too', async () => {
  const ask = (fault: string, headers = {}) =>
    fetch(`${sandbox.api}/graphql`, {
      method: 'POST',
      headers: {
        'x-api-key': sandbox.key,
        'content-type': 'application/json',
        'sandbox-fault': fault,
        ...headers,
      },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
  const failed = await ask('status=503')
  expect(failed.status).toBe(503)
  expect(failed.headers.get('retry-after')).toBe('1')
  expect((await json(failed)).errors[0].extensions.code).toBe('UNAVAILABLE')
  expect((await ask('status=503', { 'x-api-key': 'sl_wrong' })).status).toBe(401)
  expect((await ask('nonsense')).status).toBe(400)
  await expect(ask('malformed').then(json)).rejects.toThrow()
  await expect(ask('reset')).rejects.toThrow()
  const readable = await ask('delay=1ms', { origin: docs })
  expect(readable.headers.get('access-control-allow-origin')).toBe(docs)
  const drifted = await ask('drift, no-cors', { origin: docs })
  expect(drifted.headers.get('sandbox-fault')).toBe('drift=/data/__typename, no-cors')
  expect(drifted.headers.get('access-control-allow-origin')).toBeNull()
})

test('the sandbox does not wait for endless answers when it stops', async () => {
  const short = await serveSandbox()
  const endless = await fetch(`${short.api}/v1/streams`, {
    headers: { 'x-api-key': short.key, 'sandbox-fault': 'sse' },
  })
  const waiting = fetch(`${short.api}/v1/streams`, {
    headers: { 'x-api-key': short.key, 'sandbox-fault': 'delay=60s' },
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const begun = performance.now()
  await Promise.all([
    short.close(),
    expect(endless.text()).rejects.toThrow(),
    expect(waiting).rejects.toThrow(),
  ])
  expect(performance.now() - begun).toBeLessThan(5000)
})

/** By `node:http`, to see the socket. */
function open(fault: string): Promise<{ response: IncomingMessage; closed: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(sandbox.api)
    const sent = request({
      port,
      host: 'localhost',
      path: '/v1/streams',
      headers: { 'x-api-key': sandbox.key, 'sandbox-fault': fault },
    })
    sent.on('error', () => {})
    sent.on('response', (response) => {
      resolve({ response, closed: sandbox.closedBy(response.socket.localPort ?? 0) })
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function curl(fault: string, path: string): Promise<{ stdout: string; code: number }> {
  const args = ['-s', `${sandbox.api}/v1${path}`]
  args.push('-H', `x-api-key: ${sandbox.key}`, '-H', `Sandbox-Fault: ${fault}`)
  try {
    return { stdout: (await run('curl', args)).stdout, code: 0 }
  } catch (error) {
    const { stdout, code } = error as { stdout: string; code: number }
    return { stdout, code }
  }
}
