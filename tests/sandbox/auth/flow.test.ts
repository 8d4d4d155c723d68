import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api, Browser, Client, demo, type Running, start } from './harness.ts'

let server: Running

beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

test('leads from discovery to an access token for the API', async () => {
  const client = await Client.register(server.issuer)
  const tokens = await client.signIn(new Browser(server.issuer))
  expect(tokens.token_type).toBe('bearer')
  expect(tokens.expires_in).toBe(3600)
  expect(tokens.refresh_token).toBeUndefined()
  expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  const verified = await server.verifyAccessToken(tokens.access_token, api)
  expect(verified).toMatchObject({
    accountId: demo.accountId,
    clientId: client.client.client_id,
    scopes: ['openid', 'profile', 'streamloop:read'],
  })
  expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ sid: verified.sessionId })
})
