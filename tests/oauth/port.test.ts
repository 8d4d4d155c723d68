import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectPort, type VaultClient } from '../../src/oauth/vault/client.ts'
import { servePort } from '../../src/oauth/vault/serve-port.ts'
import type { Vault } from '../../src/oauth/vault/vault.ts'
import { accessToken, type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { begin, goodAnswer, openVault, signIn } from './vault-fixture.ts'

let fake: FakeIssuer
let vault: Vault
let client: VaultClient
/** Everything that crossed to the page. */
let crossed: unknown[]
const ports: MessagePort[] = []

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(async () => {
  for (const port of ports) port.close()
  await fake.close()
})
beforeEach(async () => {
  fake.lies = {}
  fake.apiSeen.length = 0
  vault = openVault(fake).vault
  crossed = []
  client = await connect()
})

async function connect(): Promise<VaultClient> {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  port2.addEventListener('message', ({ data }) => crossed.push(data))
  const connection = connectPort(port2, true)
  servePort(vault, port1)
  await connection.ready
  return connection.client
}

const request = () => ({
  environment: 'Test',
  request: { method: 'GET', url: `${fake.environment.api}/v1/me`, headers: [] },
  authorize: true,
})

test('T7: a page signs in, sends and reads through its port, and the token never crosses', async () => {
  const { transaction } = await begin(fake, vault)
  const answer = new URLSearchParams(goodAnswer(transaction)).toString()
  expect(await client.finish(answer, transaction)).toMatchObject({ account: 'Demo user' })
  const { head, read } = await client.send(request(), new AbortController().signal)
  expect(head.status).toBe(200)
  expect(new TextDecoder().decode(await read())).toBe('{"data":[]}')
  expect(await read()).toBeUndefined()
  expect(fake.apiSeen[0]?.headers.authorization).toBe(`Bearer ${accessToken}`)
  const text = JSON.stringify(crossed)
  for (const part of [accessToken, ...accessToken.split('.')]) expect(text).not.toContain(part)
  expect(text).not.toContain('id_token')
})

test('refusals cross with their code, their words and those of the server', async () => {
  const { transaction } = await begin(fake, vault)
  const answer = new URLSearchParams({
    error: 'access_denied',
    error_description: 'No thanks',
    state: transaction.state,
    iss: transaction.issuer,
  })
  await expect(client.finish(answer.toString(), transaction)).rejects.toMatchObject({
    name: 'SignInError',
    code: 'denied',
    detail: 'No thanks',
  })
  const elsewhere = { ...request(), environment: 'Evil' }
  await expect(client.send(elsewhere, new AbortController().signal)).rejects.toMatchObject({
    name: 'SendFailure',
    code: 'not_allowed',
  })
})

test('T38: signing out in one tab is told in the others', async () => {
  await signIn(fake, vault)
  const other = await connect()
  const told = new Promise((done) => {
    other.listen((environment, session) => done([environment, session]))
  })
  expect(await client.signOut('Test')).toBe('closed')
  expect(await told).toEqual(['Test', undefined])
  expect(await other.session('Test')).toBeUndefined()
})

test('T30: cancelling ends a request that has no answer yet', async () => {
  fake.lies.api = () => {}
  const controller = new AbortController()
  const sending = client.send(request(), controller.signal)
  setTimeout(() => controller.abort(), 100)
  await expect(sending).rejects.toMatchObject({ code: 'cancelled' })
})

test('cancelling ends an answer that has begun, and what was read does not pass for the whole', async () => {
  fake.lies.api = (_request, response) => void response.write('part')
  const controller = new AbortController()
  const { read } = await client.send(request(), controller.signal)
  await read()
  const next = read()
  controller.abort()
  await expect(next).rejects.toMatchObject({ code: 'cancelled' })
})
