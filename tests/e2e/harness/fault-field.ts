import type { Page } from '@playwright/test'

/** Gives every panel of a page a field for the header by which the sandbox goes wrong on request. */
export async function addFaultField(page: Page): Promise<void> {
  await page.route(/\/operation\.json$/, async (route) => {
    const response = await route.fetch()
    const operation = (await response.json()) as { parameters: unknown[] }
    const view = { type: 'string', description: '', facts: [], examples: [], properties: [] }
    operation.parameters.push({
      ...{ name: 'Sandbox-Fault', in: 'header', style: 'simple', explode: false },
      ...{ required: false, description: '', schema: { type: 'string' }, examples: [], view },
    })
    await route.fulfill({ response, json: operation })
  })
}
