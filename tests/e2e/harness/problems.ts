import type { BrowserContext } from '@playwright/test'

/** Collects what must not happen on any page of a context, whatever the test is about. */
export function watchForProblems(context: BrowserContext, origins: readonly string[]): string[] {
  const problems: string[] = []
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const { url } = message.location()
    // The browser prints every answer of 400 and above; that an API refuses is what some tests ask.
    const answer = message.text().startsWith('Failed to load resource: the server responded')
    if (answer && !isDocs(url)) return
    problems.push(
      `console ${message.type()} on ${message.page()?.url()}: ${message.text()} (${url})`,
    )
  })
  context.on('weberror', (error) => {
    problems.push(
      `error on ${error.page()?.url()}: ${error.error().stack || `${error.error().name}: ${error.error().message}`}`,
    )
  })
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!/^https?:$/.test(url.protocol) || origins.includes(url.origin)) return
    problems.push(`request to a foreign host: ${request.url()}`)
  })
  const isDocs = (url: string): boolean => url.startsWith(`${origins[0]}/`)
  return problems
}
