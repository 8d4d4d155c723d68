import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** A tenth of a second, 8,000 samples a second of one byte (RIFF WAVE). */
export const silence = (() => {
  const samples = Buffer.alloc(800, 128)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
})()

/** An image of one dot. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A page whose requests can be answered by the test: the page makes them itself. */
export async function openAnswered(
  page: Page,
  { docs, api }: { docs: string; api: string },
  path: string,
): Promise<
  (answer: {
    type?: string
    body?: string | Buffer
    status?: number
    headers?: Record<string, string>
  }) => Promise<void>
> {
  const panel = page.getByRole('region', { name: 'Try it' })
  const response = page.getByRole('region', { name: 'Response' })
  let next: Parameters<Awaited<ReturnType<typeof openAnswered>>>[0] = {}
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  await page.route(`${new URL(api).origin}/**`, (route) =>
    route.fulfill({
      status: next.status ?? 200,
      body: next.body ?? '',
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-expose-headers': '*',
        ...(next.type !== undefined && { 'content-type': next.type }),
        ...next.headers,
      },
    }),
  )
  await page.goto(docs + path)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  return async (answer) => {
    next = answer
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(panel.getByRole('button', { name: 'Cancel' })).toBeHidden()
    await expect(response).toContainText(String(answer.status ?? 200))
  }
}
