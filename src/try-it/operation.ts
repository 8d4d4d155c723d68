import type { PanelOperation as DescribedOperation } from '../model/panel.ts'
import type { RequestValues } from '../request/index.ts'

export interface PanelOperation extends DescribedOperation {
  /** What its form begins with, the same as what the samples of the page print. */
  example: RequestValues
}

const loaded = new Map<string, Promise<PanelOperation>>()

/**
 * Reads the operation of a page, once.
 *
 * @param address Of the page's `operation.json`.
 */
export function loadOperation(address: string): Promise<PanelOperation> {
  const known = loaded.get(address)
  if (known) return known
  const loading = fetch(address, { credentials: 'same-origin' }).then(async (response) => {
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
    return (await response.json()) as PanelOperation
  })
  loaded.set(address, loading)
  loading.catch(() => loaded.delete(address))
  return loading
}
