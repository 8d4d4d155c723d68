import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { freePorts } from '../free-ports.ts'
import type { Json } from './harness.ts'

/** Two hundred in `npm run test:soak`. */
const rounds = Number(process.env.SOAK_KILLS ?? 3)

test(
  'S23 a sandbox that is killed loses nothing it has acknowledged, and doubles nothing',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'streamloop-killed-'))
    const ports = await freePorts()
    const api = `http://localhost:${ports.api}/v1`
    let child: ChildProcess | undefined
    try {
      /** Ids that were answered, by the key their request carried. */
      const acknowledged = new Map<string, string>()
      const sent: string[] = []
      for (let round = 0; round <= rounds; round += 1) {
        child = await startChild(directory, JSON.stringify(ports))
        const [, key = ''] =
          /STREAMLOOP_API_KEY=(\S+)/.exec(await readFile(join(directory, 'demo.env'), 'utf8')) ?? []
        const create = async (name: string): Promise<Json> => {
          const response = await fetch(`${api}/streams`, {
            method: 'POST',
            headers: {
              'x-api-key': key,
              'content-type': 'application/json',
              'idempotency-key': name,
            },
            body: JSON.stringify({ name }),
          })
          expect(response.status).toBe(201)
          return response.json()
        }

        // What was acknowledged is there, under the same id; what was cut off can be sent again.
        for (const name of sent.splice(0)) {
          const { id } = await create(name)
          expect(id).toBe(acknowledged.get(name) ?? id)
          acknowledged.set(name, id)
        }
        if (round === rounds) {
          const names: string[] = []
          let cursor: string | null = null
          do {
            const query = `limit=100${cursor ? `&cursor=${cursor}` : ''}`
            const response = await fetch(`${api}/streams?${query}`, {
              headers: { 'x-api-key': key },
            })
            const { data, page }: Json = await response.json()
            names.push(...data.map(({ name }: Json) => name))
            cursor = page.nextCursor
          } while (cursor)
          const ours = names.filter((name) => name.startsWith('Round'))
          expect(ours.sort()).toEqual([...acknowledged.keys()].sort())
          break
        }

        let stop = false
        const writer = async (id: number) => {
          for (let i = 0; !stop; i += 1) {
            const name = `Round ${round}, writer ${id}, stream ${i}`
            sent.push(name)
            try {
              acknowledged.set(name, (await create(name)).id)
            } catch (error) {
              if (!stop) throw error
            }
          }
        }
        const writers = [0, 1, 2, 3].map(writer)
        await expect
          .poll(() => acknowledged.size, { timeout: 30_000 })
          .toBeGreaterThan(15 * (round + 1))
        stop = true
        await kill(child)
        await Promise.all(writers)
        const sqlite = new DatabaseSync(join(directory, 'sandbox.sqlite'))
        expect(sqlite.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
        sqlite.close()
      }
      expect(acknowledged.size).toBeGreaterThan(15 * rounds)
    } finally {
      if (child) await kill(child)
      await rm(directory, { recursive: true, force: true })
    }
  },
  180_000 + rounds * 60_000,
)

const compiled = ['--import', './src/commands/compile-cache.mjs']

function startChild(directory: string, ports: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [...compiled, 'tests/sandbox/killed-child.ts', directory, ports],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SANDBOX_RATE_LIMIT: '1000000000' },
    },
  )
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      if (String(data).includes('ready')) resolve(child)
    })
    child.once('exit', (code) => reject(new Error(`It ended with ${code}`)))
  })
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
