import type { AstroPrerenderer, RouteData } from 'astro'
import { expect, test } from 'vitest'
import { withProgress } from '../../src/commands/build-progress.ts'

const route = (type: 'page' | 'endpoint'): RouteData => ({ type }) as RouteData

function prerenderer(pathnames: readonly string[]): AstroPrerenderer {
  return {
    name: 'test',
    getStaticPaths: async () =>
      pathnames.map((pathname) => ({
        pathname,
        route: route(pathname.endsWith('/') ? 'page' : 'endpoint'),
      })),
    render: async () => new Response(''),
  }
}

async function build(pathnames: readonly string[]): Promise<{ order: string[]; said: string[] }> {
  const said: string[] = []
  const watched = withProgress(prerenderer(pathnames), (line) => said.push(line))
  const paths = await watched.getStaticPaths()
  for (const { route: routeData } of paths) {
    await watched.render(new Request('http://localhost/'), { routeData })
  }
  return { order: paths.map(({ pathname }) => pathname), said }
}

test('an operation’s page is rendered next to its other forms', async () => {
  const { order, said } = await build([
    '/reference/b/two/operation.json',
    '/reference/a/one/operation.json',
    '/reference/b/two/',
    '/reference/a/one/',
    '/reference/b/two.md',
    '/reference/a/one.md',
  ])
  expect(order.map((path) => path[11])).toEqual(['a', 'a', 'a', 'b', 'b', 'b'])
  expect(said).toEqual([])
})

test('a large build says how many pages it makes and when it is done', async () => {
  const { said } = await build(
    Array.from({ length: 1200 }, (_, index) => `/p/${index}${index % 2 ? '/' : '.md'}`),
  )
  expect(said[0]).toBe('Rendering 600 pages, 1,200 files in all')
  expect(said.at(-1)).toMatch(/^Rendered 600 pages, 1,200 files in \d+\.\d s$/)
})
