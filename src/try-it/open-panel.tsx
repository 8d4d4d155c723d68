import { render } from 'preact'
import { looksLikeApiKey } from '../request/index.ts'
import { Drawer } from './drawer.ts'
import type { PanelOperation } from './operation.ts'
import { Panel } from './Panel.tsx'
import { PanelModel } from './panel-model.ts'
import { loadParts } from './request/load-parts.ts'
import { shareMark } from './share/share-mark.ts'

export interface PanelPlace {
  /** Takes the panel up; its width decides nothing, the window's does. */
  mount: HTMLElement
  operation: PanelOperation
  /** Address of the page's `operation.json`. */
  address: string
  /** Name of the service. */
  title: string
  onClose(): void
}

/** An open panel, or one that was closed and keeps what was typed. */
export interface OpenPanel {
  show(): void
}

/** Fetches what the form of an operation needs beyond the plainest. */
export async function prepare(operation: PanelOperation): Promise<void> {
  await loadParts(operation)
}

/**
 * Puts the panel of a page in place.
 *
 * @throws The code for its body could not be loaded.
 */
export async function openPanel({
  mount,
  operation,
  address,
  title,
  onClose,
}: PanelPlace): Promise<OpenPanel> {
  const model = new PanelModel(
    operation,
    title,
    address.replace(/operation\.json$/, 'answers.json'),
    await loadParts(operation),
  )
  const drawer = new Drawer(mount, `Try it: ${operation.summary}`, onClose)
  render(<Panel model={model} onClose={() => drawer.close()} />, mount)
  if (location.hash.startsWith(shareMark)) {
    const { takeShared } = await import('./share/take-shared.ts')
    takeShared(model)
  }
  if (looksLikeApiKey(decodedAddress())) {
    history.replaceState(history.state, '', location.pathname)
    model.request.refuseKey()
  }
  drawer.open()
  void model.start()
  return { show: () => drawer.open() }
}

function decodedAddress(): string {
  try {
    return decodeURIComponent(location.search + location.hash)
  } catch {
    return location.search + location.hash
  }
}
