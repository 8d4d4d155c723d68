import { request } from 'node:http'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../src/sandbox/listen.ts'
import { freePorts } from '../free-ports.ts'

let listening: Listening
let port: number

beforeAll(async () => {
  const app = new Hono()
  app.use(bodyLimit({ maxSize: 8, onError: (c) => c.text('too large', 413) }))
  app.post('/', async (c) => c.text(`${(await c.req.arrayBuffer()).byteLength} bytes`))
  port = (await freePorts()).api
  listening = await listen(app, port, 'API_PORT')
})

afterAll(() => listening.close())

test('takes a POST without a body and without its length, as curl -X POST sends it', async () => {
  expect(await post()).toBe('200 0 bytes')
})

test('S11 counts a body that comes in chunks without its length', async () => {
  expect(await post('abc')).toBe('200 3 bytes')
  expect(await post('more than eight bytes')).toBe('413 too large')
})

/** By hand: `fetch` would add a Content-Length. */
function post(body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', method: 'POST' }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(`${response.statusCode} ${text}`))
    })
    call.on('error', reject)
    if (body === undefined) {
      call.removeHeader('Transfer-Encoding')
      call.removeHeader('Content-Length')
    } else call.write(body)
    call.end()
  })
}
