import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/sandbox.ts'
import type { Ports } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { checkAnswer } from './contract.ts'
import type { Json } from './harness.ts'

const docs = 'http://localhost:4321'

async function start(options: Partial<SandboxOptions> & { directory: string; ports: Ports }) {
  return startSandbox({ docsOrigins: [docs], ...options })
}

async function readEnv(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split('=') as [string, string]))
}

describe('a running sandbox', () => {
  let directory: string
  let ports: Ports
  let sandbox: RunningSandbox
  let key: string

  const get = (path: string, headers: Record<string, string> = { 'x-api-key': key }) =>
    fetch(`${sandbox.api}/v1${path}`, { headers })

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'streamloop-sandbox-'))
    ports = await freePorts()
    sandbox = await start({ directory, ports })
    key = (await readEnv(sandbox.demo.keyFile)).STREAMLOOP_API_KEY ?? ''
  })
  afterAll(async () => {
    await sandbox.close()
    await rm(directory, { recursive: true, force: true })
  })

  test('answers the demo key with the demo account', async () => {
    expect(key).toMatch(/^sl_/)
    const response = await get('/me')
    await checkAnswer('getMe', response)
    expect(await response.json()).toMatchObject({ email: 'demo@streamloop.example' })
  })

  test('S14 keeps its data, secret and key for their owner alone', async () => {
    for (const name of await readdir(directory)) {
      const { mode } = await stat(join(directory, name))
      expect(mode & 0o077, name).toBe(0)
    }
    expect(await readEnv(sandbox.demo.keyFile)).toMatchObject({
      STREAMLOOP_DEMO_EMAIL: sandbox.demo.email,
      STREAMLOOP_DEMO_PASSWORD: expect.stringMatching(/^.{12,}$/),
    })
  })

  test('never writes the key down beside its own file', async () => {
    for (const name of ['sandbox.sqlite', 'sandbox.sqlite-wal']) {
      const bytes = await readFile(join(directory, name))
      expect(bytes.includes(key)).toBe(false)
    }
  })

  test('says where to sign in, and the issuer agrees', async () => {
    const challenge = (await get('/me', {})).headers.get('www-authenticate') ?? ''
    const [, metadata = ''] = /resource_metadata="([^"]+)"/.exec(challenge) ?? []
    const resource = (await (await fetch(metadata)).json()) as Json
    expect(resource.resource).toBe(sandbox.api)
    const [issuer] = resource.authorization_servers
    const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
    expect(((await discovery.json()) as Json).issuer).toBe(issuer)
  })

  test('refuses a token that is none', async () => {
    const response = await get('/me', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('takes the bytes of an upload over a real socket', async () => {
    const post = (path: string, body?: object) =>
      fetch(`${sandbox.api}/v1${path}`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      }).then((response) => response.json() as Promise<Json>)
    const upload = { name: 'a.mp3', mimeType: 'audio/mpeg', type: 'audio' }
    const { id } = await post('/uploads', upload)
    const { uploadUrl, method, headers } = await post(`/uploads/${id}/upload-url`)
    const bytes = await readFile('src/sandbox/media/tone.mp3')
    expect((await fetch(uploadUrl, { method, headers, body: bytes })).status).toBe(200)
    expect((await post(`/uploads/${id}/complete`)).fileSize).toBe(bytes.length)
  })

  test('S11 answers what is no HTTP, and headers without end, in its own way', async () => {
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(ports.api, '127.0.0.1', () => socket.write(text))
        let answer = ''
        socket.on('data', (data) => {
          answer += data
        })
        socket.on('close', () => resolve(answer))
        socket.on('error', reject)
      })
    expect(await raw('nonsense\r\n\r\n')).toContain('application/problem+json')
    const many = `GET /v1/status HTTP/1.1\r\nHost: localhost:${ports.api}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`
    expect(await raw(many)).toMatch(/^HTTP\/1\.1 431 [\s\S]*application\/problem\+json/)
    const foreign = 'GET /v1/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'
    expect(await raw(foreign)).toMatch(/^HTTP\/1\.1 421 /)
  })

  test('leads from 127.0.0.1 to localhost', async () => {
    const response = await fetch(`http://127.0.0.1:${ports.api}/v1/status`, { redirect: 'manual' })
    expect(response.status).toBe(308)
    expect(response.headers.get('location')).toBe(`${sandbox.api}/v1/status`)
  })
})

describe('starting', () => {
  const cleanUp: (() => Promise<unknown>)[] = []

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step()
  })

  async function fresh() {
    const directory = await mkdtemp(join(tmpdir(), 'streamloop-sandbox-'))
    cleanUp.push(() => rm(directory, { recursive: true, force: true }))
    return { directory, ports: await freePorts() }
  }

  async function running(options: Parameters<typeof start>[0]) {
    const sandbox = await start(options)
    cleanUp.push(() => sandbox.close())
    return sandbox
  }

  test('again finds the same key, data and accounts; a reset makes them anew', async () => {
    const { directory, ports } = await fresh()
    const first = await start({ directory, ports })
    const env = await readEnv(first.demo.keyFile)
    const headers = { 'x-api-key': env.STREAMLOOP_API_KEY ?? '' }
    const made = await fetch(`${first.api}/v1/streams`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"name":"Kept"}',
    })
    const { id } = (await made.json()) as Json
    await first.close()

    const second = await start({ directory, ports })
    expect(await readEnv(second.demo.keyFile)).toEqual(env)
    expect((await fetch(`${second.api}/v1/streams/${id}`, { headers })).status).toBe(200)
    await second.close()

    await writeFile(join(directory, 'notes.txt'), 'mine')
    const third = await running({ directory, ports, reset: true })
    expect((await fetch(`${third.api}/v1/me`, { headers })).status).toBe(401)
    expect(await readEnv(third.demo.keyFile)).not.toEqual(env)
    expect(existsSync(join(directory, 'notes.txt'))).toBe(true)
  })

  test('S25 on a port that is taken names the port and its variable', async () => {
    const { directory, ports } = await fresh()
    const blocker = createServer().listen(ports.api, '127.0.0.1')
    await new Promise((resolve) => blocker.once('listening', resolve))
    cleanUp.push(() => new Promise((resolve) => blocker.close(resolve)))
    await expect(start({ directory, ports })).rejects.toMatchObject({
      code: 'port_in_use',
      port: ports.api,
      variable: 'API_PORT',
      message: expect.stringMatching(new RegExp(`^Port ${ports.api} .*API_PORT\\.$`)),
    })
    // What had been opened is closed: the other port is free, the data can be opened.
    await new Promise((resolve) => blocker.close(resolve))
    await running({ directory, ports })
  })

  test('S24 with another secret, or none, is refused in one line and keeps the data', async () => {
    const { directory, ports } = await fresh()
    await (await start({ directory, ports })).close()
    const secret = join(directory, 'secret')
    const before = await readFile(secret, 'utf8')
    const refusal = { code: 'secret_changed', message: expect.stringMatching(/^[^\n]+$/) }
    await writeFile(secret, 'another secret, which is long enough to be one\n')
    await expect(start({ directory, ports })).rejects.toMatchObject(refusal)
    await rm(secret)
    await expect(start({ directory, ports })).rejects.toMatchObject(refusal)
    await writeFile(secret, before)
    await running({ directory, ports })
  })

  test('sweeps bytes that no upload needs', async () => {
    const { directory, ports } = await fresh()
    await (await start({ directory, ports })).close()
    const orphan = join(directory, 'objects', 'obj_x-1.part')
    await writeFile(orphan, 'half')
    await running({ directory, ports })
    expect(existsSync(orphan)).toBe(false)
  })

  test('S27 and closing answers what is under way and frees the ports', async () => {
    const { directory, ports } = await fresh()
    const sandbox = await start({ directory, ports })
    const { STREAMLOOP_API_KEY: key = '' } = await readEnv(sandbox.demo.keyFile)
    const calls = Array.from({ length: 20 }, () =>
      fetch(`${sandbox.api}/v1/me`, { headers: { 'x-api-key': key } }),
    )
    // One has arrived, so the others are at least on their way.
    await calls[0]
    const closing = sandbox.close()
    const settled = await Promise.allSettled(calls)
    for (const call of settled) {
      if (call.status === 'fulfilled') expect(call.value.status).toBe(200)
    }
    await closing
    await running({ directory, ports })
  })
})
