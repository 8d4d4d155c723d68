import { describe, expect, test } from 'vitest'
import { apiCatalog } from '../../src/agents/api-catalog.ts'
import { linksOf, markdownTwinPath } from '../../src/agents/links.ts'
import { llmsFull, llmsIndex } from '../../src/agents/llms.ts'
import { textPages } from '../../src/agents/text-page.ts'
import { document, graphql, guides, link, pages, reference, site, textAt } from './reference.ts'

const files = new Set([
  ...pages.map(({ path }) => site.url + markdownTwinPath(path)),
  ...['/llms.txt', '/llms-full.txt', '/openapi.json', '/openapi.yaml', '/schema.graphql'].map(
    (path) => site.url + path,
  ),
])

describe('llms.txt', () => {
  const index = llmsIndex({ site, reference, pages, link })

  test('begins with a title and a summary, then lists in sections', () => {
    const [title, , summary] = index.split('\n')
    expect(title).toBe('# Streamloop')
    expect(summary).toMatch(/^> \S/)
    expect(index.match(/^## .*/gm)).toEqual([
      '## Guides',
      '## API reference',
      ...reference.tags.map((tag) => `## ${tag.title}`),
      '## Schemas',
      '## GraphQL',
      '## Optional',
    ])
  })

  test('links every guide, tag and operation once, and nothing that is not built', () => {
    const targets = linksIn(index)
    expect(targets.filter((target) => !files.has(target))).toEqual([])
    expect(new Set(targets).size).toBe(targets.length)
    for (const { href } of [...reference.tags, ...reference.operations]) {
      expect(targets).toContain(site.url + markdownTwinPath(href))
    }
    for (const { path } of pages.filter(({ kind }) => kind === 'graphql-field')) {
      expect(targets).toContain(site.url + markdownTwinPath(path))
    }
    for (const { path } of guides) expect(targets).toContain(site.url + markdownTwinPath(path))
  })

  test('of a large reference names its tags alone', () => {
    const [first] = reference.operations
    if (!first) throw new Error('no operation')
    const more = Array.from({ length: 151 }, (_, index) => ({
      ...first,
      href: `/reference/${first.tag}/number-${index}/`,
    }))
    const operations = [...reference.operations, ...more]
    const tags = reference.tags.map((tag) =>
      tag.slug === first.tag ? { ...tag, operations: [...tag.operations, ...more] } : tag,
    )
    const large = { ...reference, operations, tags }
    const all = textPages({ site, document, reference: large, guides })
    const index = llmsIndex({ site, reference: large, pages: all, link })
    expect(index).not.toContain('number-7')
    for (const { href } of tags) expect(index).toContain(site.url + markdownTwinPath(href))
    expect(llmsFull({ site, reference: large, pages: all, link })).not.toContain('## Answers')
  })
})

test('llms-full.txt has every page whole', () => {
  const full = llmsFull({ site, reference, pages, link })
  for (const { path, kind } of pages) {
    if (kind !== 'home') expect(full, path).toContain(textAt(path))
  }
})

test('every link of every page leads to a file that is built or to another host', () => {
  for (const page of pages) {
    for (const target of linksIn(page.markdown())) {
      const [address = ''] = target.split('#')
      if (address.startsWith(`${site.url}/`))
        expect(files, `${page.path}: ${target}`).toContain(address)
      else expect(target, page.path).toMatch(/^https?:\/\//)
    }
  }
})

test('each page has one title, which is its first line', () => {
  for (const { path, title, kind, markdown } of pages) {
    const text = withoutCode(markdown())
    expect(text.match(/^# .*/gm), path).toEqual([`# ${kind === 'home' ? 'Streamloop' : title}`])
    expect(text.startsWith('# ')).toBe(true)
  }
})

test('the same document and guides give the same texts', () => {
  const again = textPages({ site, document, reference, guides, graphql })
  expect(again.map((page) => page.markdown())).toEqual(pages.map((page) => page.markdown()))
})

test('an error page tells its code, status, meaning, remedy and who answers it', () => {
  for (const problem of reference.problems) {
    const text = textAt(problem.href)
    for (const fact of [problem.code, `${problem.status}`, site.url + problem.href]) {
      expect(text).toContain(fact)
    }
    expect(text).toContain(problem.meaning.trim())
    expect(text).toContain(problem.remedy.trim())
    const callers = linksIn(text).filter((target) => target.includes('/reference/'))
    const everywhere = problem.operations.length === reference.operations.length
    expect(callers).toHaveLength(everywhere ? 0 : problem.operations.length)
    expect(textAt('/errors/')).toContain(`[\`${problem.code}\`](`)
  }
})

test("someone else's document, without guides, has the reference as its front page", () => {
  const foreign = { ...site, foreignDocument: true, environments: [] }
  const [home] = textPages({ site: foreign, document, reference, guides: [] })
  expect(home?.markdown()).toContain(`# ${reference.title}\n`)
  expect(home?.markdown()).toContain('`GET /v1/streams`')
})

test('addresses of pages lead to their twins, with base path, query and fragment kept', () => {
  const to = linksOf({ url: 'https://x.example/docs' }, (path) => path === '/guides/start/')
  expect(to('/guides/start/#first')).toBe('https://x.example/docs/guides/start.md#first')
  expect(to('/openapi.json?x=1')).toBe('https://x.example/docs/openapi.json?x=1')
  expect(to('//elsewhere.example/')).toBe('//elsewhere.example/')
  expect(to('https://elsewhere.example/')).toBe('https://elsewhere.example/')
  expect(markdownTwinPath('/')).toBe('/index.md')
})

test('the API catalogue leads from each API to its description', () => {
  const has = (path: string) => pages.some((page) => page.path === path)
  expect(apiCatalog({ site, reference, graphql, has })).toMatchObject({
    linkset: [
      {
        anchor: 'https://api.streamloop.app/v1',
        'service-desc': [{ href: 'https://streamloop.app/docs/openapi.json' }, {}],
        'service-meta': [{ href: 'https://auth.streamloop.app/.well-known/openid-configuration' }],
      },
      {
        anchor: 'https://api.streamloop.app/graphql',
        'service-desc': [{ href: 'https://streamloop.app/docs/schema.graphql' }],
        'service-doc': [{ href: 'https://streamloop.app/docs/graphql/' }],
      },
      {
        anchor: 'https://mcp.streamloop.app/mcp',
        'service-doc': [{ href: 'https://streamloop.app/docs/guides/connect-mcp/' }],
      },
    ],
  })
})

function linksIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

function withoutCode(text: string): string {
  return text.replace(/^([ >]*)(`{3,})[^\n]*\n[\s\S]*?\n\1\2$/gm, '')
}
