import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { portVariables } from '../../src/commands/ports.ts'
import type { Ports } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { keptSite } from '../kept-site.ts'
import { entry, node, RunningCommand } from './run-command.ts'

let folder: string
let ports: Ports
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-start-'))
  const site = keptSite() ?? { directory: join(folder, 'site'), ports: await freePorts() }
  ports = site.ports
  env = {
    ...portVariables(ports),
    OUT_DIR: site.directory,
    SANDBOX_DIR: join(folder, 'sandbox'),
  }
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe.each([
  ['docs', '127.0.0.1'],
  ['auth', '127.0.0.1'],
  ['api', '0.0.0.0'],
] as const)('with the port of %s in use', (name, host) => {
  test('start is one line that names port and variable, before anything is built', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(ports[name], host, resolve))
    try {
      const OUT_DIR = join(folder, 'unbuilt')
      const command = new RunningCommand(node, [entry, 'start'], { ...env, OUT_DIR })
      expect(await command.ended()).toBe(1)
      const lines = command.stderr.trim().split('\n')
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain(String(ports[name]))
      expect(lines[0]).toContain(`${name.toUpperCase()}_PORT`)
      expect(existsSync(OUT_DIR)).toBe(false)
    } finally {
      await new Promise((resolve) => holder.close(resolve))
    }
  })
})

test('start brings everything up, what it prints works, and SIGTERM leaves nothing', async () => {
  const command = new RunningCommand(node, [entry, 'start'], env)
  try {
    await command.printed('Ctrl-C stops everything.')
    expect(command.stdout).toContain(`http://localhost:${ports.docs}/`)
    expect(command.stdout).toContain('demo@streamloop.example')

    const curl = command.stdout.split('\n').find((line) => line.includes('curl -H')) ?? ''
    const shell = spawnSync('bash', ['-c', curl], { encoding: 'utf8' })
    expect(shell.status, shell.stderr).toBe(0)
    expect(JSON.parse(shell.stdout)).toMatchObject({ email: 'demo@streamloop.example' })

    const home = await fetch(`http://localhost:${ports.docs}/`)
    expect(home.status).toBe(200)
    expect(home.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const [name, origin] of [
      ['oauth-authorization-server', `http://localhost:${ports.auth}`],
      ['oauth-protected-resource', `http://localhost:${ports.api}`],
    ]) {
      const document = await fetch(`http://localhost:${ports.docs}/.well-known/${name}`)
      expect(Object.values((await document.json()) as object)).toContain(origin)
    }

    command.signal('SIGTERM')
    expect(await command.ended()).toBe(0)
    expect(command.leftSomething()).toBe(false)
    for (const port of Object.values(ports)) {
      await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow()
    }
  } finally {
    command.kill()
  }
}, 240_000)

test('a second start, by npm, skips the build; Ctrl-C leaves nothing', async () => {
  const command = new RunningCommand('npm', ['start'], env)
  try {
    await command.printed('Ctrl-C stops everything.')
    expect(command.stdout).toContain('nothing has changed')
    command.signalGroup('SIGINT')
    await command.ended()
    expect(command.stdout).toContain('Stopped.')
    expect(command.leftSomething()).toBe(false)
  } finally {
    command.kill()
  }
}, 120_000)

test('SIGTERM to npm alone ends what npm has started too', async () => {
  const command = new RunningCommand('npm', ['start'], env)
  try {
    await command.printed('Ctrl-C stops everything.')
    command.signal('SIGTERM')
    await command.ended()
    for (let tries = 0; command.leftSomething() && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(command.leftSomething()).toBe(false)
  } finally {
    command.kill()
  }
}, 120_000)
