import { expect, test } from 'vitest'
import { ExplorerRefusal, readRequest } from '../../src/explorer/vault-fetch.ts'

const url = 'https://api.example.com/v1/streams'
const key = 'sl_abcdefgh12345678'

test('what the explorer would send is read whole', async () => {
  const sent = new Request(url, { method: 'POST', body: '{"a":1}', headers: { 'X-A': 'b' } })
  expect(await readRequest(sent)).toEqual({
    method: 'POST',
    url,
    headers: [
      ['content-type', 'text/plain;charset=UTF-8'],
      ['x-a', 'b'],
    ],
    body: { kind: 'text', text: '{"a":1}' },
  })
  expect(await readRequest(new Request(url))).toEqual({ method: 'GET', url, headers: [] })
})

test.each([
  ['a token of its own', new Request(url, { headers: { Authorization: 'Bearer x' } })],
  ['anything in the header of keys', new Request(url, { headers: { 'X-API-Key': 'x' } })],
  ['anything in another header of keys', new Request(url, { headers: { 'api-key': 'x' } })],
  ['an API key in its header', new Request(url, { headers: { 'x-api-key': key } })],
  ['an API key in another header', new Request(url, { headers: { 'x-other': key } })],
  ['an API key in the address', new Request(`${url}?q=${key}`)],
  ['an API key in the body', new Request(url, { method: 'POST', body: key })],
])('a call with %s is not made', async (_, request) => {
  await expect(readRequest(request)).rejects.toThrow(ExplorerRefusal)
})
