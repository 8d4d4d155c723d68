import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultRateLimits } from '../../../src/sandbox/auth/library.ts'
import { Browser, callback, docs, navigate, type Running, start } from './harness.ts'

let server: Running

beforeAll(async () => {
  server = await start({ rateLimits: { signIn: 3 } })
})
afterAll(() => server.close())

test('S16 tells a script that registers without end to wait, whatever address it claims', async () => {
  const statuses = new Map<number, number>()
  let last: Response | undefined
  for (let n = 0; n <= defaultRateLimits.register + 5; n++) {
    last = await navigate(new URL('/api/auth/oauth2/register', server.issuer), {
      method: 'POST',
      headers: {
        origin: docs,
        'content-type': 'application/json',
        'x-forwarded-for': `10.0.0.${n}`,
        'x-real-ip-internal': `10.0.1.${n}`,
      },
      body: JSON.stringify({
        redirect_uris: [callback],
        application_type: 'native',
        token_endpoint_auth_method: 'none',
      }),
    })
    statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1)
  }
  expect(statuses).toEqual(
    new Map([
      [201, defaultRateLimits.register],
      [429, 6],
    ]),
  )
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(last?.headers.get('access-control-allow-origin')).toBe(docs)
  expect(await last?.json()).toMatchObject({ error: 'temporarily_unavailable' })
})

test('S16 tells a guesser of passwords to wait, on a page', async () => {
  const browser = new Browser(server.issuer)
  const guess = () => browser.post('/sign-in', { email: 'a@example.com', password: 'guess' })
  for (let n = 0; n < 3; n++) expect((await guess()).status).toBe(401)
  const answer = await guess()
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await answer.text()).toContain('Too many requests')
})
