import { expect, test } from 'vitest'
import { assistants, isReachable } from '../../src/components/page/assistants.ts'

test('an assistant is asked to read the page, by its whole address', () => {
  const page = 'https://streamloop.app/docs/guides/quickstart.md'
  const links = assistants(page)
  expect(links.map(({ name }) => name)).toEqual(['ChatGPT', 'Claude'])
  for (const { href } of links) expect(new URL(href).searchParams.get('q')).toContain(page)
})

test('a site on the reader’s own machine is offered to nobody elsewhere', () => {
  for (const site of [
    'http://localhost:4321',
    'http://127.0.0.1',
    'http://[::1]:80',
    'http://a.localhost',
  ]) {
    expect(isReachable(site), site).toBe(false)
  }
  expect(isReachable('https://streamloop.app/docs')).toBe(true)
})
