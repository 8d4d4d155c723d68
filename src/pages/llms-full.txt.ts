import type { APIRoute } from 'astro'
import { llmsFull, loadTexts } from '../agents/index.ts'

/** Every page as Markdown, one after the other. */
export const GET: APIRoute = async () =>
  new Response(llmsFull(await loadTexts()), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
