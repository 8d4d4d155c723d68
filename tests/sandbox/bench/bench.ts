/**
 * Measures the sandbox as its users meet it: a process of its own, real sockets, real credentials.
 *
 *     npm run bench:sandbox
 *
 * `BENCH_SECONDS` for each measurement (5), `BENCH_WARM_UP` for the same load before it, which does
 * not count (3), `BENCH_STREAMS` counts of streams (100,1000,10000,100000).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as oauth from 'oauth4webapi'
import { Store } from '../../../src/sandbox/store/database.ts'
import { freePorts } from '../../free-ports.ts'
import { Browser, Client, callback } from '../auth/harness.ts'
import { load, percentile } from './load.ts'
import { addStreams } from './streams.ts'

const duration = Number(process.env.BENCH_SECONDS ?? 5) * 1000
const warmUp = Number(process.env.BENCH_WARM_UP ?? 3) * 1000
const counts = (process.env.BENCH_STREAMS ?? '100,1000,10000,100000').split(',').map(Number)

const directory = await mkdtemp(join(tmpdir(), 'streamloop-bench-'))
const ports = await freePorts()
let child: ChildProcess | undefined
try {
  console.log(`first start, making the data: ${(await start()).toFixed(0)} ms`)
  await stop()
  console.log(`each measurement follows ${warmUp / 1000} s of the same load, which do not count`)
  for (const count of counts) {
    const store = await Store.open(join(directory, 'sandbox.sqlite'))
    await addStreams(store, count)
    store.close()
    console.log(`\n${count} streams`)
    const starts: number[] = []
    for (let time = 1; time <= 3; time += 1) {
      await stop()
      starts.push(await start())
    }
    console.log(`  start to ready: ${starts.map((took) => took.toFixed(0)).join(', ')} ms`)
    const env = await readFile(join(directory, 'demo.env'), 'utf8')
    const key = /STREAMLOOP_API_KEY=(\S+)/.exec(env)?.[1] ?? ''
    await measure('API key', { 'x-api-key': key })
    await measure('access token', { authorization: `Bearer ${await signIn()}` })
    await stop()
  }
} finally {
  await stop()
  await rm(directory, { recursive: true, force: true })
}

/** @returns Milliseconds until it answers. */
async function start(): Promise<number> {
  const began = performance.now()
  child = fork(new URL('./child.ts', import.meta.url), [directory, JSON.stringify(ports)], {
    env: { ...process.env, SANDBOX_RATE_LIMIT: '1000000000' },
    execArgv: [
      '--import',
      fileURLToPath(new URL('../../../src/commands/compile-cache.mjs', import.meta.url)),
    ],
  })
  await message(child)
  return performance.now() - began
}

async function stop(): Promise<void> {
  const running = child
  child = undefined
  if (!running) return
  const ended = new Promise((resolve) => running.once('exit', resolve))
  running.kill('SIGTERM')
  await ended
}

async function measure(name: string, headers: Record<string, string>): Promise<void> {
  const target = { port: ports.api, path: '/v1/streams', headers, connections: 20 }
  await load({ ...target, duration: warmUp })
  const before = await processorTime()
  const { requests, failed, took, latencies } = await load({ ...target, duration })
  const used = (await processorTime()) - before
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1))
  console.log(
    `  ${name}: ${((requests * 1000) / took).toFixed(0)} requests a second, p50 ${p50} ms, ` +
      `p99 ${p99} ms; ${(used / requests).toFixed(2)} ms of processor each, so ` +
      `${((requests * 1000) / used).toFixed(0)} a second of one core; ${failed} failed`,
  )
}

/** Milliseconds that the sandbox has used. */
async function processorTime(): Promise<number> {
  const running = child
  if (!running) return 0
  running.send('usage')
  const { user, system } = (await message(running)) as NodeJS.CpuUsage
  return (user + system) / 1000
}

function message(from: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    from.once('message', resolve)
    from.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}.`)))
  })
}

async function signIn(): Promise<string> {
  const issuer = `http://localhost:${ports.auth}`
  const resource = `http://localhost:${ports.api}`
  const client = await Client.register(issuer)
  const options = { scope: 'openid streamloop:read', resource }
  const { url, verifier, state } = await client.begin(options)
  const target = await client.walk(new Browser(issuer), url, options)
  const response = await oauth.authorizationCodeGrantRequest(
    client.server,
    client.client,
    oauth.None(),
    oauth.validateAuthResponse(client.server, client.client, target, state),
    callback,
    verifier,
    { [oauth.allowInsecureRequests]: true, additionalParameters: { resource } },
  )
  const tokens = await oauth.processAuthorizationCodeResponse(
    client.server,
    client.client,
    response,
  )
  return tokens.access_token
}
