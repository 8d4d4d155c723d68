import { type LoadedPanel, loadPanel } from './load-panel.ts'
import type { OpenPanel } from './open-panel.tsx'

/**
 * `<try-it>`: a button that loads the panel on its first use, and earlier when a pointer or the
 * focus comes near. Opens by itself on the way back from a sign-in.
 */
class TryIt extends HTMLElement {
  private panel: OpenPanel | undefined
  private loading: Promise<LoadedPanel> | undefined
  private isOpening = false

  connectedCallback(): void {
    const button = this.button
    // Inside someone else's frame a click may be meant for something else.
    if (!button || window.self !== window.top) return
    button.hidden = false
    for (const sign of ['pointerenter', 'focus']) {
      button.addEventListener(sign, () => void this.prepare(), { once: true })
    }
    button.addEventListener('click', () => void this.open())
    if (isAwaited()) void this.open()
  }

  private get button(): HTMLButtonElement | null {
    return this.querySelector('button')
  }

  private get address(): string {
    return this.dataset.operation ?? 'operation.json'
  }

  private load(): Promise<LoadedPanel> {
    this.loading ??= loadPanel(this.address)
    // What failed may have been the network: it is tried again the next time.
    this.loading.catch(() => {
      this.loading = undefined
    })
    return this.loading
  }

  /** Fetches what an open panel will need. */
  private async prepare(): Promise<void> {
    try {
      const { panel, operation } = await this.load()
      await panel.prepare(operation)
    } catch {
      // Opening the panel tries again, and says what went wrong.
    }
  }

  private async open(): Promise<void> {
    const { button } = this
    const mount = this.querySelector<HTMLElement>('[data-mount]')
    if (!button || !mount || this.isOpening) return
    this.isOpening = true
    try {
      const { panel, operation } = await this.load()
      button.hidden = true
      if (this.panel) this.panel.show()
      else {
        this.panel = await panel.openPanel({
          mount,
          operation,
          address: this.address,
          title: this.dataset.title ?? '',
          onClose: () => {
            button.hidden = false
            button.focus()
          },
        })
      }
      this.say('')
    } catch {
      button.hidden = false
      this.say('The panel could not be loaded. Try again, or use the curl.')
    } finally {
      this.isOpening = false
    }
  }

  private say(text: string): void {
    const words = this.querySelector('[data-say]')
    if (words) words.textContent = text
  }
}

/** A sign-in or a past call left something for this page, or a link brings what is typed. */
function isAwaited(): boolean {
  if (location.hash.startsWith('#try=')) return true
  try {
    const past = sessionStorage.getItem('history-open')
    if (past?.includes(JSON.stringify(location.pathname))) return true
    const home = sessionStorage.getItem('try-it-return')
    return home?.includes(JSON.stringify(location.pathname)) ?? false
  } catch {
    return false
  }
}

customElements.define('try-it', TryIt)
