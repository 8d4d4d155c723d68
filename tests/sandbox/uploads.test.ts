import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMediaFacts } from '../../src/sandbox/media/facts.ts'
import { standInFile, standIns } from '../../src/sandbox/media/stand-ins.ts'
import { streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { docs, type Json, origin, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

const loop = await readFile(standInFile('loop.mp4'))
const tone = await readFile(standInFile('tone.mp3'))

const register = (body: object) =>
  api.json('POST', '/uploads', {
    body: { name: 'mine.mp4', mimeType: 'video/mp4', type: 'video', ...body },
  })
const addressOf = async (id: string) =>
  new URL((await api.json('POST', `/uploads/${id}/upload-url`)).uploadUrl)
const put = (address: URL, body: RequestInit['body'], headers = { 'content-type': 'video/mp4' }) =>
  api.request(address.pathname + address.search, { method: 'PUT', body, headers })

describe('sending a file', () => {
  test('takes four steps, keeps the bytes and reads its facts from them', async () => {
    const { id } = await register({ duration: 999 })
    const address = await addressOf(id)
    expect(address.origin).toBe(origin)
    expect((await put(address, loop)).status).toBe(200)
    const done = await api.json('POST', `/uploads/${id}/complete`)
    expect(done).toMatchObject({ uploaded: true, fileSize: loop.length, duration: null })
    api.clock.advance(2)
    expect(await api.json('GET', `/uploads/${id}`)).toMatchObject({
      duration: 2,
      width: 320,
      height: 180,
      fps: 30,
      hasAudio: true,
      hasVideo: true,
    })
    const [file = ''] = await readdir(api.objects.directory)
    expect(await readFile(api.objects.fileOf(file))).toEqual(loop)
  })

  test('again, before completing, replaces the bytes', async () => {
    const { id } = await register({})
    const address = await addressOf(id)
    await put(address, loop)
    await put(address, loop.subarray(0, 100))
    expect(await api.json('GET', `/uploads/${id}`)).toMatchObject({ fileSize: 100 })
    expect(await readdir(api.objects.directory)).toHaveLength(1)
    await api.json('POST', `/uploads/${id}/complete`)
    expect((await put(address, loop)).status).toBe(409)
    expect(await readdir(api.objects.directory)).toHaveLength(1)
  })

  test('and deleting it removes the file', async () => {
    const { id } = await register({})
    await put(await addressOf(id), loop)
    const [file = ''] = await readdir(api.objects.directory)
    await api.call('DELETE', `/uploads/${id}`)
    await expect.poll(() => existsSync(api.objects.fileOf(file))).toBe(false)
  })

  test('that is no media leaves its facts open', async () => {
    const { id } = await register({})
    await put(await addressOf(id), Buffer.from('not a film'))
    await api.json('POST', `/uploads/${id}/complete`)
    api.clock.advance(5)
    expect(await api.json('GET', `/uploads/${id}`)).toMatchObject({
      uploaded: true,
      duration: null,
      hasVideo: null,
    })
  })
})

describe('an upload address', () => {
  test('is of no use altered, expired or for another upload', async () => {
    const address = await addressOf(uploads.newVisual)
    const changed = (name: string, value: string) => {
      const copy = new URL(address)
      copy.searchParams.set(name, value)
      return copy
    }
    const later = changed('expires', String(Number(address.searchParams.get('expires')) + 1))
    const forged = changed('signature', 'A'.repeat(43))
    const elsewhere = new URL(address.href.replace(uploads.newVisual, uploads.cityLights))
    for (const wrong of [later, forged, elsewhere, changed('signature', '')]) {
      const response = await put(wrong, loop)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: 'FORBIDDEN' })
    }
    api.clock.advance(11 * 3600)
    expect((await put(address, loop)).status).toBe(403)
    expect(await readdir(api.objects.directory)).toEqual([])
  })

  test('takes one media type, some bytes, and no more than 100 MiB', async () => {
    const address = await addressOf(uploads.newVisual)
    expect((await put(address, loop, { 'content-type': 'video/webm' })).status).toBe(415)
    expect((await put(address, new Uint8Array(0))).status).toBe(422)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024 * 1024
        controller.enqueue(new Uint8Array(1024 * 1024))
      },
    })
    const response = await api.request(address.pathname + address.search, {
      method: 'PUT',
      headers: { 'content-type': 'video/mp4' },
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(110 * 1024 * 1024)
    expect(await readdir(api.objects.directory)).toEqual([])
  })

  test('can be used by the docs, and tells others nothing', async () => {
    const address = await addressOf(uploads.newVisual)
    const preflight = await api.request(address.pathname + address.search, {
      method: 'OPTIONS',
      headers: { origin: docs, 'access-control-request-method': 'PUT' },
    })
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    const foreign = await api.request(address.pathname + address.search, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'PUT' },
    })
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('importing from a link', () => {
  const importing = (url: string, type = 'VIDEO') =>
    api.json('POST', '/uploads/from-link', { body: { type, url } })

  test('goes on step by step and ends with a small file of the sandbox', async () => {
    const { id } = await importing('https://example.com/shows/night%20loop.mp4?x=1')
    const steps: string[] = []
    for (let second = 0; second <= 5; second += 1) {
      const { uploaded, externalSource } = await api.json('GET', `/uploads/${id}`)
      steps.push(externalSource.state.status)
      expect(uploaded).toBe(externalSource.state.status === 'COMPLETED')
      api.clock.advance(1)
    }
    expect([...new Set(steps)]).toEqual([
      'PENDING',
      'RESOLVING',
      'DOWNLOADING',
      'UPLOADING',
      'COMPLETED',
    ])
    expect(await api.json('GET', `/uploads/${id}`)).toMatchObject({
      name: 'night loop.mp4',
      fileSize: loop.length,
      duration: 2,
    })
  })

  test('of sound is an audio upload', async () => {
    const { id } = await importing('https://example.com/set.mp4', 'AUDIO')
    api.clock.advance(5)
    expect(await api.json('GET', `/uploads/${id}`)).toMatchObject({
      type: 'audio',
      mimeType: 'audio/mpeg',
      fileSize: tone.length,
      duration: 4,
      hasVideo: false,
    })
  })

  test('from a host that cannot exist fails and says so', async () => {
    const { id } = await importing('https://media.invalid/a.mp4')
    api.clock.advance(3)
    const { uploaded, externalSource } = await api.json('GET', `/uploads/${id}`)
    expect(uploaded).toBe(false)
    expect(externalSource.state).toMatchObject({ status: 'FAILED', error: expect.any(String) })
  })

  test('never takes an address that is not http', async () => {
    for (const url of [
      'file:///etc/passwd',
      'ftp://a/b',
      'https://',
      'https://u:p@example.com/a',
    ]) {
      const problem: Json = await api.problem('POST', '/uploads/from-link', {
        body: { type: 'VIDEO', url },
      })
      expect(problem.code).toBe('INVALID_INPUT')
    }
  })

  test('leaves a stream unready until it is complete', async () => {
    const { id } = await importing('https://example.com/a.mp4')
    const path = `/streams/${streams.eveningRain}`
    await api.json('PATCH', path, { body: { videoUploadObjectID: id } })
    const issues = async () =>
      (await api.json('GET', `${path}/readiness`)).issues.map(({ code }: Json) => code)
    expect(await issues()).toEqual(['MEDIA_NOT_READY'])
    api.clock.advance(5)
    expect(await issues()).toEqual([])
  })
})

test('what is written down of the files that stand in for downloads is what can be read in them', async () => {
  expect(await readMediaFacts(standInFile('loop.mp4'))).toEqual(standIns.video.facts)
  expect(await readMediaFacts(standInFile('tone.mp3'))).toEqual(standIns.audio.facts)
})

test('media facts of sound, a picture and a text', async () => {
  expect(await readMediaFacts(standInFile('tone.mp3'))).toMatchObject({
    duration: 4,
    hasAudio: true,
    hasVideo: false,
  })
  expect(await readMediaFacts(standInFile('cover.png'))).toMatchObject({
    duration: null,
    width: 320,
    hasVideo: false,
  })
  expect(await readMediaFacts(standInFile('facts.ts'))).toMatchObject({ hasVideo: null })
})
