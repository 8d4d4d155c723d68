import type { Locator, Page } from '@playwright/test'
import type { Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

/** The cURL sample in a page's HTML, as a reader without JavaScript selects it. */
export async function readPrintedCurl(address: string): Promise<string> {
  const response = await fetch(address)
  const page = unified()
    .use(rehypeParse)
    .parse(await response.text())
  const sample = find(
    page,
    (node) => node.type === 'element' && node.properties.id === 'sample-curl',
  )
  const code = sample && find(sample, (node) => node.type === 'element' && node.tagName === 'pre')
  if (!code) throw new Error(`${address} has no cURL sample.`)
  return textOf(code)
}

/** The cURL sample of the page that is open, with what was typed into its panel. */
export async function readCurl(page: Page): Promise<string> {
  return (await curlPanel(page).locator('pre').textContent()) ?? ''
}

export function curlPanel(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'cURL' })
}

function find(node: Nodes, wanted: (node: Nodes) => boolean): Nodes | undefined {
  if (wanted(node)) return node
  if (!('children' in node)) return undefined
  for (const child of node.children) {
    const found = find(child, wanted)
    if (found) return found
  }
  return undefined
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
