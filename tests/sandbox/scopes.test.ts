import { afterAll, beforeAll, expect, test } from 'vitest'
import { describedOperations } from './contract.ts'
import { startApi, type TestApi } from './harness.ts'

/** What each operation asks of a token, written out here a second time on purpose. */
const needed: Record<string, string[]> = {
  read: [
    'getMe',
    'listStreams',
    'getStream',
    'checkStreamReadiness',
    'getStreamLiveStats',
    'listUploads',
    'getUpload',
    'listPlaylists',
    'getPlaylist',
    'listDestinations',
  ],
  write: [
    'createStream',
    'updateStream',
    'startStream',
    'stopStream',
    'scheduleStream',
    'cancelStreamSchedule',
    'createUpload',
    'importUploadFromLink',
    'generateUploadUrl',
    'completeUpload',
    'applyPlaylistOperations',
    'copyPlaylist',
    'publishPlaylist',
    'createRtmpDestination',
  ],
  destructive: ['deleteStream', 'deleteUpload', 'deleteDestination'],
  billing: [
    'getUsage',
    'listInvoices',
    'createCardTopUpLink',
    'listCryptoCurrencies',
    'getCryptoDepositAddress',
  ],
}
const all = Object.keys(needed)
const subsets = Array.from({ length: 16 }, (_, bits) => all.filter((_, i) => bits & (1 << i)))

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('S3 every operation is open to exactly the tokens with its scope', async () => {
  const known = new Set<string>()
  for (const { id, method, path } of (await describedOperations()).values()) {
    if (id === 'getStatus' || id === 'getOpenApiDocument') continue
    known.add(id)
    const allowing =
      id === 'getBillingOverview'
        ? ['read', 'billing']
        : all.filter((scope) => needed[scope]?.includes(id))
    expect(allowing, `${id} is in the table`).not.toHaveLength(0)
    for (const subset of subsets) {
      const scopes = subset.map((scope) => `streamloop:${scope}`)
      // Nothing has this id and no body is sent: what passes the gate is refused behind it.
      const address = path.replace('{id}', 'nothing')
      const response = await api.call(method, address, { scopes })
      const about = `${id} with [${subset}]`
      if (subset.some((scope) => allowing.includes(scope))) {
        expect(response.status, about).not.toBe(403)
        expect(response.status, about).not.toBe(401)
      } else {
        expect(response.status, about).toBe(403)
        const challenge = response.headers.get('www-authenticate')
        expect(challenge).toContain('error="insufficient_scope"')
        expect(challenge).toContain(`scope="streamloop:${allowing[0]}"`)
        expect(challenge).toContain('resource_metadata=')
      }
    }
  }
  expect(known.size).toBe(33)
})

test('a key passes every scope', async () => {
  for (const path of ['/me', '/billing/usage', '/crypto/currencies']) await api.json('GET', path)
})
