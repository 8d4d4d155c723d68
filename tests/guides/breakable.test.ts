import { expect, test } from 'vitest'
import { breakable } from '../../src/components/guide/breakable.ts'

test('names break between their words, and nothing else does', () => {
  expect(breakable('<a href="/a_b/"><code>streamloop_list_streams</code></a> a_b')).toBe(
    '<a href="/a_b/"><code>streamloop_<wbr>list_<wbr>streams</code></a> a_b',
  )
  expect(breakable('<code>UPSTREAM_ERROR</code>')).toBe('<code>UPSTREAM_<wbr>ERROR</code>')
  expect(breakable('<code>destinationID</code>')).toBe('<code>destination<wbr>ID</code>')
  expect(breakable('<code>streamloop:read</code>')).toBe('<code>streamloop:<wbr>read</code>')
  expect(breakable('<code>q_720p</code>, <code>{ "a": "b" }</code>')).toBe(
    '<code>q_720p</code>, <code>{ "a": "b" }</code>',
  )
})
