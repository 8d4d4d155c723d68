/** Faults that come and go, again and again: a few times here, often in `npm run test:soak`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { freePorts } from '../free-ports.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

const rounds = Number(process.env.SOAK_KILLS ?? 3)
const limit = 120_000 + rounds * 20_000

/** How a disk fails, and how it is mended. The third one only makes writers wait. */
const faults: ((api: TestApi, round: number) => Promise<() => unknown>)[] = [
  async ({ store }) => {
    store.limitPages(1)
    return () => store.limitPages(0)
  },
  async ({ store }) => {
    const only = (text: 'ON' | 'OFF') =>
      store.read((db) => sql`PRAGMA query_only = ${sql.raw(text)}`.execute(db))
    await only('ON')
    return () => only('OFF')
  },
  async ({ store }, round) => {
    const { release } = await holdWriteLock(store.file, 5 + (round % 7) * 10)
    return () => release
  },
]

/**
 * Holds the write lock from a thread of its own: who waits for it here, waits without turning the
 * event loop, so a timer of this thread could not let it go.
 */
async function holdWriteLock(
  file: string,
  milliseconds: number,
): Promise<{ release: Promise<void> }> {
  const hold = `
    const { DatabaseSync } = require('node:sqlite')
    const { parentPort, workerData } = require('node:worker_threads')
    const other = new DatabaseSync(workerData.file)
    other.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE')
    parentPort.postMessage('held')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.milliseconds)
    other.exec('ROLLBACK')
    other.close()`
  const worker = new Worker(hold, { eval: true, workerData: { file, milliseconds } })
  const release = new Promise<void>((resolve, reject) => {
    worker.once('error', reject).once('exit', () => resolve())
  })
  await Promise.race([new Promise((resolve) => worker.once('message', resolve)), release])
  return { release }
}

test(
  `S26 under four writers, a disk that is full, read-only or busy ${rounds} times loses and doubles nothing`,
  async () => {
    const api = await startApi()
    /** Ids by the name, which is the key of the request too. */
    const acknowledged = new Map<string, string>()
    let refused = 0
    let stop = false
    const create = async (name: string): Promise<boolean> => {
      const response = await api.call('POST', '/streams', {
        headers: { 'idempotency-key': name },
        // Long enough that a full disk is felt at once.
        body: { name: name.padEnd(3000, '.') },
      })
      if (response.status === 201) {
        acknowledged.set(name, ((await response.json()) as Json).id)
        return true
      }
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('5')
      refused += 1
      return false
    }
    const writer = async (id: number) => {
      for (let i = 0; !stop; i += 1) {
        const name = `Writer ${id}, stream ${i}`
        while (!(await create(name))) await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    const writers = [0, 1, 2, 3].map(writer)
    const until = (isSo: () => boolean) =>
      expect.poll(isSo, { timeout: 30_000, interval: 2 }).toBe(true)
    for (let round = 0; round < rounds; round += 1) {
      const kind = round % faults.length
      const before = refused
      const mend = await faults[kind]?.(api, round)
      if (kind < 2) await until(() => refused >= before + 4)
      expect((await api.call('GET', '/streams?limit=5')).status).toBe(200)
      await mend?.()
      const written = acknowledged.size
      await until(() => acknowledged.size >= written + 4)
    }
    stop = true
    await Promise.all(writers)
    const { rows } = await api.store.read((db) =>
      sql<{ id: string; name: string }>`
        SELECT "id", "name" FROM "stream" WHERE "name" LIKE 'Writer %'`.execute(db),
    )
    const there = rows.map(({ id, name }) => [name.replace(/\.+$/, ''), id]).sort()
    expect(there).toEqual([...acknowledged].sort())
    const { rows: check } = await api.store.read((db) => sql`PRAGMA integrity_check`.execute(db))
    expect(check).toEqual([{ integrity_check: 'ok' }])
    await api.close()
  },
  limit,
)

test(
  `S24 a secret that was changed ${rounds} times is refused each time, and the data waits for the right one`,
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'streamloop-secret-'))
    const ports = await freePorts()
    const start = () => startSandbox({ directory, ports, docsOrigins: ['http://localhost:4321'] })
    const secretFile = join(directory, 'secret')
    await (await start()).close()
    const secret = await readFile(secretFile, 'utf8')
    const data = () => readFile(join(directory, 'sandbox.sqlite'))
    const before = await data()
    for (let round = 0; round < rounds; round += 1) {
      const other = [
        secret.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')),
        'short',
        `${secret.trim()}x`,
        '',
      ][round % 4]
      await writeFile(secretFile, other ?? '')
      await expect(start()).rejects.toMatchObject({
        name: 'SandboxError',
        code: 'secret_changed',
        message: expect.not.stringMatching(/\n/),
      })
      expect((await data()).equals(before)).toBe(true)
    }
    await writeFile(secretFile, secret)
    const running = await start()
    const env = await readFile(running.demo.keyFile, 'utf8')
    const key = /STREAMLOOP_API_KEY=(\S+)/.exec(env)?.[1] ?? ''
    const me = await fetch(`${running.api}/v1/me`, { headers: { 'x-api-key': key } })
    expect(me.status).toBe(200)
    await running.close()
    await rm(directory, { recursive: true, force: true })
  },
  limit,
)
