import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from './harness.ts'
import { type Served, serveSandbox } from './served.ts'

let sandbox: Served
const lines: string[] = []

beforeAll(async () => {
  sandbox = await serveSandbox({ log: (line) => lines.push(line) })
})
afterAll(() => sandbox.close())

const ask = async (query: string, body?: BodyInit): Promise<Json> => {
  const response = await fetch(`${sandbox.api}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': sandbox.key, 'content-type': 'application/json' },
    body: body ?? JSON.stringify({ query }),
    // A body without a length is sent in pieces.
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  })
  return response.json()
}

test('changes and questions at the same time get in each other’s way nowhere', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      ask(
        i % 2 === 0
          ? `mutation { createStream(input: { name: "Together" }) { id playlists { id stream { name } } } }`
          : '{ streams { edges { node { name playlists { items { object { name } } } readiness { ready } } } } }',
      ),
    ),
  )
  for (const { errors } of answers) expect(errors).toBeUndefined()
  const { data } = await ask('{ streams(where: { name: "Together" }) { totalCount } }')
  expect(data.streams.totalCount).toBe(20)
  expect(lines).toEqual([])
})

test('a body in pieces is read like any other', async () => {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of ['{"query":', '"{ me { email } }"', '}']) {
        controller.enqueue(new TextEncoder().encode(piece))
      }
      controller.close()
    },
  })
  expect(await ask('', body)).toEqual({ data: { me: { email: sandbox.demo.email } } })
})
