import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AuthorizationServerError,
  InvalidApiKeyError,
} from '../../../src/sandbox/auth/authorization-server.ts'
import { Browser, demo, location, type Running, start } from './harness.ts'

const directory = mkdtempSync(join(tmpdir(), 'auth-'))
let server: Running
let time = new Date()

beforeAll(async () => {
  const sqlite = new DatabaseSync(join(directory, 'sandbox.db'))
  sqlite.exec('PRAGMA journal_mode = WAL')
  server = await start({ sqlite, now: () => time })
})
afterAll(async () => {
  await server.close()
  server.sqlite.close()
  rmSync(directory, { recursive: true })
})

const create = (more: { expiresInSeconds?: number } = {}) =>
  server.createApiKey({ accountId: demo.accountId, name: 'Script', ...more })

describe('an API key', () => {
  test('starts with sl_ and opens the account it was made for', async () => {
    const { id, key } = await create()
    expect(key).toMatch(/^sl_[A-Za-z]{32}$/)
    expect(await server.verifyApiKey(key)).toEqual({ accountId: demo.accountId, keyId: id })
  })

  test('S9 works a hundred times in a row', async () => {
    const { key } = await create()
    for (let times = 0; times < 100; times++) await server.verifyApiKey(key)
  })

  test('S7 lies nowhere on the disk', async () => {
    const { key } = await create()
    const files = readdirSync(directory)
    expect(files).toContain('sandbox.db-wal')
    for (const file of files) {
      const bytes = readFileSync(join(directory, file))
      expect(bytes.includes(key)).toBe(false)
      expect(bytes.includes(key.slice(7))).toBe(false)
    }
  })

  test('ends when it expires', async () => {
    const { key } = await create({ expiresInSeconds: 60 })
    await server.verifyApiKey(key)
    time = new Date(Date.now() + 61_000)
    await expect(server.verifyApiKey(key)).rejects.toThrow(InvalidApiKeyError)
    time = new Date()
  })

  test('is not made for an account that does not exist', async () => {
    const failure = server.createApiKey({ accountId: 'user_unknown', name: 'x' })
    await expect(failure).rejects.toThrow(AuthorizationServerError)
    await expect(failure).rejects.toMatchObject({ code: 'unknown_account' })
  })

  test('has its last use written once a minute, not for every call', async () => {
    const { id, key } = await create()
    const lastUse = () =>
      server.sqlite.prepare('SELECT lastRequest FROM apikey WHERE id = ?').get(id)?.lastRequest
    const changes = () => Number(server.sqlite.prepare('SELECT total_changes() AS n').get()?.n)
    time = new Date()
    await server.verifyApiKey(key)
    const first = lastUse()
    expect(first).toBe(time.toISOString())
    const before = changes()
    time = new Date(time.getTime() + 59_000)
    await server.verifyApiKey(key)
    expect(changes()).toBe(before)
    time = new Date(time.getTime() + 1_000)
    await server.verifyApiKey(key)
    expect(lastUse()).toBe(time.toISOString())
    time = new Date()
  })
})

describe('refuses as an API key', () => {
  test.each([
    ['nothing', ''],
    ['the prefix alone', 'sl_'],
    ['another key', `sl_${'a'.repeat(32)}`],
    ['a huge text', `sl_${'a'.repeat(100_000)}`],
    ['an SQL fragment', "sl_' OR 1=1 --"],
    ['a lone surrogate', 'sl_\ud800'],
  ])('%s', async (_, key) => {
    await expect(server.verifyApiKey(key)).rejects.toThrow(InvalidApiKeyError)
  })

  test('S8 a stored key without the prefix', async () => {
    const { id, key } = await create()
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update('zz_abc').digest('base64url')
    server.sqlite.prepare('UPDATE apikey SET key = ? WHERE id = ?').run(hash, id)
    await expect(server.verifyApiKey('zz_abc')).rejects.toThrow(InvalidApiKeyError)
    await expect(server.verifyApiKey(key)).rejects.toThrow(InvalidApiKeyError)
  })

  test('one with a letter changed or a space around it', async () => {
    const { key } = await create()
    for (const near of [key.toUpperCase(), ` ${key}`, `${key} `, key.slice(0, -1)]) {
      await expect(server.verifyApiKey(near)).rejects.toThrow(InvalidApiKeyError)
    }
  })
})

describe('the settings page', () => {
  const signedIn = async () => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    return browser
  }

  test('asks to sign in first', async () => {
    const browser = new Browser(server.issuer)
    expect(location(await browser.get('/settings'))).toBe('/sign-in')
    const made = await browser.post('/settings/api-keys', { name: 'x', expires: 'none' })
    expect(location(made)).toBe('/sign-in')
  })

  test('S7 makes a key, shows it once, lists it, and revokes it at once', async () => {
    const browser = await signedIn()
    const made = await browser.post('/settings/api-keys', { name: 'Laptop', expires: '90d' })
    expect(made.status).toBe(201)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const page = await made.text()
    const [key = ''] = page.match(/sl_[A-Za-z]{32}/) ?? []
    const { keyId } = await server.verifyApiKey(key)

    const list = await (await browser.get('/settings')).text()
    expect(list).not.toContain(key)
    expect(list).toContain('Laptop')
    expect(list).toContain(`${key.slice(0, 6)}…`)
    const expiry = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
    expect(list).toContain(expiry)
    expect(list).toContain('Last used')

    await browser.post(`/settings/api-keys/${keyId}/revoke`, {})
    await expect(server.verifyApiKey(key)).rejects.toThrow(InvalidApiKeyError)
  })

  test('S8 takes no prefix from the form', async () => {
    const browser = await signedIn()
    const made = await browser.post('/settings/api-keys', {
      name: 'Odd',
      expires: 'none',
      prefix: 'zz_',
      userId: 'user_other',
    })
    expect(await made.text()).toMatch(/value="sl_[A-Za-z]{32}"/)
  })

  test.each([
    [{ name: ' ', expires: 'none' }, 'Give the key a name'],
    [{ name: 'x', expires: '1000y' }, 'Choose when the key expires'],
  ])('makes none from %j', async (fields, message) => {
    const response = await (await signedIn()).post('/settings/api-keys', fields)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(message)
  })

  test("does not revoke another account's key", async () => {
    const { id, key } = await create()
    const other = { email: 'eve@example.com', password: 'long enough', name: 'Eve' }
    await server.createAccount(other)
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in', other)
    await browser.post(`/settings/api-keys/${id}/revoke`, {})
    expect(await server.verifyApiKey(key)).toMatchObject({ keyId: id })
  })

  test('shows the name of a key as text', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const response = await (await signedIn()).post('/settings/api-keys', { name, expires: '30d' })
    const page = await response.text()
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img')
  })
})

test.each(['create', 'list', 'delete', 'update', 'get', 'verify'])(
  'has no network route to %s keys beside that page',
  async (action) => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    const response = await browser.post(`/api/auth/api-key/${action}`, {
      name: 'x',
      prefix: 'zz_',
      userId: demo.accountId,
    })
    expect(response.status).toBe(404)
  },
)
