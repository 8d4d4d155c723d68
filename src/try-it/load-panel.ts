import type { PanelOperation } from './operation.ts'
import styles from './panel.css?url'

/** The code of the panel, and what it is about. */
export interface LoadedPanel {
  panel: typeof import('./open-panel.tsx')
  operation: PanelOperation
}

/**
 * Fetches what an opening panel waits for, all of it at the same moment: one round trip.
 *
 * @param address Of the page's `operation.json`.
 * @throws Any of it could not be loaded.
 */
export async function loadPanel(address: string): Promise<LoadedPanel> {
  for (const file of __PANEL_FILES__.split(' ')) if (file) link('modulepreload', file)
  const [panel, operation] = await Promise.all([loadCode(), readOperation(address), loadStyles()])
  return { panel, operation }
}

/** Each by its name: a bundle would have to make up an object of all names, by a helper of its own. */
async function loadCode(): Promise<LoadedPanel['panel']> {
  const { openPanel, prepare } = await import('./open-panel.tsx')
  return { openPanel, prepare }
}

async function readOperation(address: string): Promise<PanelOperation> {
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
  return (await response.json()) as PanelOperation
}

/** The panel's own style sheet, which no page carries until a panel is wanted. */
function loadStyles(): Promise<void> {
  return new Promise((resolve) => {
    const sheet = link('stylesheet', styles)
    // Without its looks the panel still works.
    sheet.onload = sheet.onerror = () => resolve()
  })
}

function link(rel: string, href: string): HTMLLinkElement {
  const element = document.createElement('link')
  element.rel = rel
  element.href = href
  document.head.append(element)
  return element
}
