import { expect, test } from 'vitest'
import { neighbours, referenceSidebar } from '../../src/components/page/reference-navigation.ts'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'

async function reference(tags: number, operations: number) {
  const paths: Record<string, unknown> = {}
  for (let tag = 0; tag < tags; tag += 1) {
    for (let one = 0; one < operations; one += 1) {
      paths[`/t${tag}/${one}`] = { get: { operationId: `t${tag}o${one}`, tags: [`t${tag}`] } }
    }
  }
  const info = { title: 'T', version: '1' }
  const file = writeFiles({ 'api.json': JSON.stringify({ openapi: '3.1.1', info, paths }) })
  return readReference(await readDocument(file))
}

function linksOf(sidebar: ReturnType<typeof referenceSidebar>): string[] {
  return sidebar.flatMap((entry) =>
    entry.type === 'group'
      ? entry.entries.flatMap((link) => (link.type === 'link' ? [link.href] : []))
      : [],
  )
}

test('a page shows the operations of its tag, the other tags as links', async () => {
  const small = await reference(3, 2)
  const hrefs = linksOf(referenceSidebar(small, '/reference/t1/t1o0/'))
  expect(hrefs.filter((href) => /\/t\d+o\d/.test(href)).map((href) => href.slice(-14))).toEqual(
    ['nce/t1/t1o0/', 'nce/t1/t1o1/'].map((end) => expect.stringContaining(end)),
  )
  expect(hrefs.some((href) => href.endsWith('/reference/t0/'))).toBe(true)
})

test('navigation does not grow with the document, and holds the current page', async () => {
  const large = await reference(110, 70)
  const path = '/reference/t60/t60o60/'
  const hrefs = linksOf(referenceSidebar(large, path))
  expect(hrefs.length).toBeLessThan(140)
  expect(hrefs.some((href) => href.endsWith(path))).toBe(true)
  // What is left out is a click away.
  expect(hrefs.some((href) => href.endsWith('/reference/t60/'))).toBe(true)
})

test('the next operation may lie in the next tag', async () => {
  const small = await reference(2, 2)
  const { prev, next } = neighbours(small, '/reference/t0/t0o1/')
  expect([prev?.label, next?.label]).toEqual(['t0o0', 't1o0'])
})
