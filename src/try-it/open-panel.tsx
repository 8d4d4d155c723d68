import { render } from 'preact'
import { looksLikeApiKey } from '../request/index.ts'
import { Drawer } from './drawer.ts'
import { loadOperation } from './operation.ts'
import { Panel } from './Panel.tsx'
import styles from './panel.css?url'
import { PanelModel } from './panel-model.ts'
import { loadParts } from './request/load-parts.ts'
import { shareMark } from './share/share-mark.ts'

export interface PanelPlace {
  /** Takes the panel up; its width decides nothing, the window's does. */
  mount: HTMLElement
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

/** Fetches what an open panel will need. */
export function prepare(address: string): void {
  loadStyles()
  loadOperation(address)
    .then(loadParts)
    .catch(() => {
      // Opening the panel tries again, and says what went wrong.
    })
}

/**
 * Puts the panel of a page in place.
 *
 * @throws What is known about the operation could not be loaded.
 */
export async function openPanel({
  mount,
  address,
  title,
  onClose,
}: PanelPlace): Promise<OpenPanel> {
  const [operation] = await Promise.all([loadOperation(address), loadStyles()])
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

let loading: Promise<void> | undefined

/** The panel's own style sheet, which no page carries until a panel is wanted. */
function loadStyles(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = styles
    // Without its looks the panel still works.
    link.onload = link.onerror = () => resolve()
    document.head.append(link)
  })
  return loading
}
