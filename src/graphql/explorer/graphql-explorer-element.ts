/** `<graphql-explorer>`: loads the explorer into its own place when its page is opened. */
class GraphqlExplorerElement extends HTMLElement {
  connectedCallback(): void {
    void this.#open()
  }

  async #open(): Promise<void> {
    const { schema = '', facts = '', title = '', example = '' } = this.dataset
    try {
      const { openGraphqlExplorer } = await import('./GraphqlExplorer.tsx')
      await openGraphqlExplorer({ mount: this, title, schema, facts, example })
    } catch {
      const words = this.querySelector('.explorer-wait')
      if (words)
        words.textContent = 'The explorer could not be loaded. Reload the page to try again.'
    }
  }
}

customElements.define('graphql-explorer', GraphqlExplorerElement)
