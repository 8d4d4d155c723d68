import type { APIRoute, GetStaticPaths } from 'astro'
import { loadTexts, markdownTwinPath, type TextPage } from '../agents/index.ts'

export const getStaticPaths = (async () => {
  const { pages } = await loadTexts()
  return pages.map((page) => ({
    params: { page: markdownTwinPath(page.path).replace(/^\/|\.md$/g, '') },
    props: { page },
  }))
}) satisfies GetStaticPaths

/** The Markdown twin of a page, with the ways on that the page's frame has. */
export const GET: APIRoute<{ page: TextPage }> = async ({ props: { page } }) => {
  const { site, link } = await loadTexts()
  const frame = `[This page as HTML](${site.url}${page.path}) · [All pages](${link('/llms.txt')})`
  return new Response(`${page.markdown().trimEnd()}\n\n---\n\n${frame}\n`, {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8' },
  })
}
