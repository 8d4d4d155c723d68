/** `<api-explorer>`: loads the explorer into its own place when its page is opened. */
class ApiExplorer extends HTMLElement {
  #isOpening = false

  connectedCallback(): void {
    // It moves within the page once.
    if (this.#isOpening) return
    this.#isOpening = true
    void this.#open()
  }

  async #open(): Promise<void> {
    const bar = document.querySelector<HTMLElement>('[data-bar]')
    const { script = '', document: description = '', operations = '', title = '' } = this.dataset
    if (!bar) return
    try {
      const { openExplorer } = await import('./open-explorer.tsx')
      await openExplorer({ bar, mount: this, title, script, document: description, operations })
    } catch {
      const words = this.querySelector('.explorer-wait')
      if (words)
        words.textContent = 'The explorer could not be loaded. Reload the page to try again.'
    }
  }
}

customElements.define('api-explorer', ApiExplorer)
