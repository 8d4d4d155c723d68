import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { Store } from '../../src/sandbox/store/database.ts'
import { freePorts } from '../free-ports.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

/** Places where the log is cut off; more of them in `npm run test:soak`. */
const places = Math.max(12, Number(process.env.SOAK_KILLS ?? 0))

const create = (api: TestApi, name: string) => api.call('POST', '/streams', { body: { name } })

test('S23 a write-ahead log without its index, cut off or followed by rubbish, loses its end and nothing else', async () => {
  const api = await startApi()
  for (let i = 0; i < 12; i += 1) expect((await create(api, `Kept ${i}`)).status).toBe(201)
  const file = join(api.directory, 'sandbox.sqlite')
  const { size } = await stat(`${file}-wal`)
  const directory = await mkdtemp(join(tmpdir(), 'streamloop-log-'))
  const cuts = Array.from(
    { length: places },
    (_, i) => Math.floor((size * i) / (places - 1)) - (i % 3) * 7,
  )
  const kept: number[] = []
  for (const [index, cut] of cuts.entries()) {
    const copy = join(directory, `${index}`, 'sandbox.sqlite')
    await Store.open(copy).then((store) => store.close())
    await rm(`${copy}-shm`, { force: true })
    await copyFile(file, copy)
    await copyFile(`${file}-wal`, `${copy}-wal`)
    await truncate(`${copy}-wal`, Math.max(0, cut))
    if (index % 2) await writeFile(`${copy}-wal`, Buffer.alloc(5000, 0xa5), { flag: 'a' })
    const store = await Store.open(copy)
    const { rows } = await store.read((db) =>
      sql<{ name: string }>`SELECT "name" FROM "stream" WHERE "name" LIKE 'Kept %'`.execute(db),
    )
    const { rows: check } = await store.read((db) => sql`PRAGMA integrity_check`.execute(db))
    expect(check).toEqual([{ integrity_check: 'ok' }])
    const numbers = rows.map(({ name }) => Number(name.slice(5))).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, i) => i))
    kept.push(numbers.length)
    store.close()
  }
  expect(kept).toEqual([...kept].sort((a, b) => a - b))
  expect(kept.at(-3)).toBeGreaterThan(6)
  await api.close()
  await rm(directory, { recursive: true })
})

test('S26 a busy database is 503 for what writes, lets reads go on and recovers', async () => {
  const api = await startApi()
  const other = api.store.connect()
  other.exec('BEGIN IMMEDIATE')
  const refused = await create(api, 'Meanwhile')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect((await api.call('GET', '/streams')).status).toBe(200)
  other.exec('ROLLBACK')
  other.close()
  expect((await create(api, 'Afterwards')).status).toBe(201)
  await api.close()
})

test('S26 a database that became read-only is 503 for what writes, lets reads go on and recovers', async () => {
  const api = await startApi()
  const only = (text: 'ON' | 'OFF') =>
    api.store.read((db) => sql`PRAGMA query_only = ${sql.raw(text)}`.execute(db))
  await only('ON')
  expect((await create(api, 'Meanwhile')).status).toBe(503)
  expect((await api.call('GET', '/streams')).status).toBe(200)
  expect((await api.call('GET', '/billing/overview')).status).toBe(200)
  await only('OFF')
  expect((await create(api, 'Afterwards')).status).toBe(201)
  await api.close()
})

test('a clock that jumps a day, forwards or back, breaks nothing', async () => {
  const api = await startApi()
  const day = 24 * 3600
  for (const seconds of [day, -day, -day, day]) {
    api.clock.advance(seconds)
    for (const path of ['/streams', '/billing/overview', '/billing/usage', '/uploads', '/me']) {
      expect((await api.call('GET', path)).status).toBe(200)
    }
    expect((await api.json('GET', '/billing/overview')).billing.balance).toBeGreaterThanOrEqual(0)
    expect((await create(api, `At ${api.clock.now()}`)).status).toBe(201)
    const stopped = await api.call('POST', `/streams/${streams.eveningRain}/stop`)
    expect([202, 200, 409]).toContain(stopped.status)
  }
  expect(api.failures).toEqual([])
  await api.close()
})

test('S27 SIGTERM under load drops no request that was accepted, and ends with 0 within ten seconds', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'streamloop-term-'))
  const ports = await freePorts()
  const child = await startSandbox(directory, ports)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  try {
    const [, key = ''] =
      /STREAMLOOP_API_KEY=(\S+)/.exec(await readFile(join(directory, 'demo.env'), 'utf8')) ?? []
    const acknowledged = new Set<string>()
    let isOver = false
    const writer = async (id: number) => {
      for (let i = 0; !isOver; i += 1) {
        const name = `Writer ${id}, stream ${i}`
        try {
          const response = await fetch(`http://localhost:${ports.api}/v1/streams`, {
            method: 'POST',
            headers: { 'x-api-key': key, 'content-type': 'application/json' },
            body: JSON.stringify({ name }),
          })
          if (response.status === 201) acknowledged.add(((await response.json()) as Json).id)
        } catch {
          return
        }
      }
    }
    const writers = [0, 1, 2, 3].map(writer)
    const begun = await Promise.all(
      Array.from({ length: 10 }, (_, i) => beginCreate(ports.api, key, `Under way ${i}`)),
    )
    await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(5)

    const told = performance.now()
    child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const answers = await Promise.all(begun.map((finish) => finish()))
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(answers.map(() => 'HTTP/1.1 201'))
    expect(await ended).toBe(0)
    expect(performance.now() - told).toBeLessThan(10_000)
    isOver = true
    await Promise.all(writers)

    const store = await Store.open(join(directory, 'sandbox.sqlite'))
    const { rows } = await store.read((db) =>
      sql<{ id: string; name: string }>`SELECT "id", "name" FROM "stream"`.execute(db),
    )
    const there = new Set(rows.map(({ id }) => id))
    expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
    expect(rows.filter(({ name }) => name?.startsWith('Under way'))).toHaveLength(10)
    store.close()
  } finally {
    child.kill('SIGKILL')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
}, 120_000)

/** The command itself, as readers run it. */
function startSandbox(
  directory: string,
  ports: Awaited<ReturnType<typeof freePorts>>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/commands/run.mjs', 'sandbox'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      SANDBOX_DIR: directory,
      SANDBOX_RATE_LIMIT: '1000000',
      DOCS_PORT: String(ports.docs),
      AUTH_PORT: String(ports.auth),
      API_PORT: String(ports.api),
      MCP_PORT: String(ports.mcp),
    },
  })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`It ended with ${code}`)))
  })
}

/** Sends a request but for the end of its body. @returns Sends the end, and resolves with the answer. */
async function beginCreate(
  port: number,
  key: string,
  name: string,
): Promise<() => Promise<string>> {
  const body = JSON.stringify({ name })
  const socket: Socket = connect({ port, host: '127.0.0.1' })
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.write(
    `POST /v1/streams HTTP/1.1\r\nHost: localhost:${port}\r\nX-Api-Key: ${key}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n` +
      body.slice(0, 5),
  )
  return async () => {
    socket.write(body.slice(5))
    await closed
    return answer
  }
}
