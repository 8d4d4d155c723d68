import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { readMeta, writeMeta } from '../../src/sandbox/store/customers.ts'
import { attempt, Store, StoreUnavailableError } from '../../src/sandbox/store/database.ts'
import { startApi } from './harness.ts'

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'streamloop-store-'))
  file = join(directory, 'data', 'sandbox.sqlite')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('opening', () => {
  test('makes a file and a directory for its owner alone, and keeps what is written', async () => {
    const store = await Store.open(file)
    await store.transaction((db) => writeMeta(db, 'a', '1'))
    store.close()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(directory, 'data'))).mode & 0o777).toBe(0o700)
    const again = await Store.open(file)
    expect(await again.read((db) => readMeta(db, 'a'))).toBe('1')
    again.close()
  })

  test('S25 refuses what is no database and leaves it as it is', async () => {
    await (await Store.open(file)).close()
    await writeFile(file, 'not a database, but somebody may need it')
    await expect(Store.open(file)).rejects.toMatchObject({
      name: 'SandboxError',
      code: 'database_unreadable',
      message: expect.stringContaining('--reset'),
    })
    expect(await readFile(file, 'utf8')).toBe('not a database, but somebody may need it')
  })

  test('S25 refuses a database that is damaged inside', async () => {
    const store = await Store.open(file)
    await store.transaction((db) => writeMeta(db, 'big', 'x'.repeat(200_000)))
    store.close()
    const bytes = await readFile(file)
    bytes.fill(0xff, 4096 * 3, 4096 * 20)
    await writeFile(file, bytes)
    await expect(Store.open(file)).rejects.toMatchObject({ code: 'database_unreadable' })
    expect(await readFile(file)).toEqual(bytes)
  })

  test('refuses data of a newer version', async () => {
    const store = await Store.open(file)
    await store.transaction((db) => writeMeta(db, 'schema', '99'))
    store.close()
    await expect(Store.open(file)).rejects.toMatchObject({ code: 'database_newer' })
  })
})

describe('the version of what is read', () => {
  test('is another one after a change by this connection or by any other, and only then', async () => {
    const store = await Store.open(file)
    const other = await Store.open(file)
    const version = () => store.read(async (_, version) => version)
    const seen = [await version()]
    expect(await version()).toBe(seen[0])
    await store.transaction((db) => writeMeta(db, 'a', '1'))
    seen.push(await version())
    await other.transaction((db) => writeMeta(db, 'a', '2'))
    seen.push(await version())
    expect(new Set(seen).size).toBe(3)
    // Asked for while a change waits its turn, it is that of what is read.
    const [, before, , after] = await Promise.all([
      store.transaction((db) => writeMeta(db, 'a', '3')),
      store.read(async (db, now) => [now, await readMeta(db, 'a')]),
      store.transaction((db) => writeMeta(db, 'a', '4')),
      store.read(async (db, now) => [now, await readMeta(db, 'a')]),
    ])
    expect([before?.[1], after?.[1]]).toEqual(['3', '4'])
    expect(before?.[0]).not.toBe(after?.[0])
    other.close()
    store.close()
  })
})

describe('a transaction', () => {
  test('happens as a whole or not at all', async () => {
    const store = await Store.open(file)
    const failing = store.transaction(async (db) => {
      await writeMeta(db, 'half', 'done')
      throw new Error('on the way')
    })
    await expect(failing).rejects.toThrow('on the way')
    expect(await store.read((db) => readMeta(db, 'half'))).toBeUndefined()
    store.close()
  })

  test('may take a part back and keep the rest', async () => {
    const store = await Store.open(file)
    await store.transaction(async (db) => {
      await writeMeta(db, 'kept', '1')
      await attempt(
        db,
        async () => {
          await writeMeta(db, 'taken back', '1')
          throw new Error('no')
        },
        () => undefined,
      )
    })
    expect(await store.read((db) => readMeta(db, 'kept'))).toBe('1')
    expect(await store.read((db) => readMeta(db, 'taken back'))).toBeUndefined()
    store.close()
  })

  test('that waits for something else than the database is a mistake, and is said', async () => {
    const store = await Store.open(file)
    const waiting = store.transaction(async (db) => {
      await writeMeta(db, 'waited', '1')
      await sleep(20)
    })
    await expect(waiting).rejects.toThrow('awaited something else')
    expect(await store.read((db) => readMeta(db, 'waited'))).toBeUndefined()
    store.close()
  })

  test('waits for another connection without holding up the process', async () => {
    const store = await Store.open(file)
    const connection = store.connect()
    connection.exec('BEGIN IMMEDIATE')
    connection.exec(`INSERT INTO meta VALUES ('theirs', '1')`)
    let turns = 0
    const counting = setInterval(() => {
      turns += 1
    }, 5)
    const write = store.transaction(async (db) => {
      await writeMeta(db, 'ours', await readMeta(db, 'theirs').then(String))
    })
    await sleep(150)
    connection.exec('COMMIT')
    await write
    clearInterval(counting)
    expect(turns).toBeGreaterThan(5)
    expect(await store.read((db) => readMeta(db, 'ours'))).toBe('1')
    connection.close()
    store.close()
  })

  test('never meets the other connection in the middle, however many run at once', async () => {
    const store = await Store.open(file)
    await store.transaction((db) => writeMeta(db, 'count', '0'))
    const connection = store.connect()
    const add = connection.prepare(`UPDATE meta SET value = value + 1 WHERE name = 'count'`)
    const ours = Array.from({ length: 40 }, () =>
      store.transaction(async (db) => {
        const before = Number(await readMeta(db, 'count'))
        for (let i = 0; i < 5; i += 1) await readMeta(db, 'schema')
        await writeMeta(db, 'count', String(before + 1))
      }),
    )
    const theirs = Array.from({ length: 40 }, async (_, index) => {
      // Half come in turns of their own, half in between the steps of this one.
      if (index % 2 === 0) await sleep(index % 7)
      else for (let step = 0; step < index; step += 1) await Promise.resolve()
      add.run()
    })
    await Promise.all([...ours, ...theirs])
    expect(await store.read((db) => readMeta(db, 'count'))).toBe('80')
    connection.close()
    store.close()
  })
})

describe('S26 a disk that takes no more', () => {
  test('is 503 for what writes, lets reads go on, loses nothing and recovers', async () => {
    const api = await startApi()
    const big = { body: { name: 'x'.repeat(300_000) } }
    const before = await api.json('GET', '/streams?limit=100')
    api.store.limitPages(1)
    const response = await api.call('POST', '/streams', big)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    const text = await response.text()
    expect(text).not.toMatch(/SQLITE|disk is full|at .*\.ts|node_modules/)
    expect(await api.json('GET', '/streams?limit=100')).toEqual(before)
    await api.json('GET', `/streams/${streams.lofiRadio}`)
    expect(api.failures[0]).toBeInstanceOf(StoreUnavailableError)
    api.store.limitPages(0)
    expect((await api.call('POST', '/streams', big)).status).toBe(201)
    await api.close()
  })
})
