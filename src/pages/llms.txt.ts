import type { APIRoute } from 'astro'
import { llmsIndex, loadTexts } from '../agents/index.ts'

/** The index of all pages for programs that read. */
export const GET: APIRoute = async () =>
  new Response(llmsIndex(await loadTexts()), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
