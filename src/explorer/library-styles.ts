/**
 * Stands in for the `<style>` elements that a library makes for itself, which the page's policy
 * would stop. Their text goes into constructed sheets, as script that runs anyway may make them:
 * so the policy need not allow inline styles to anyone.
 *
 * @see https://www.w3.org/TR/CSP3/#style-src-elem-usage
 */
class LibraryStyle extends HTMLElement {
  readonly sheet = new CSSStyleSheet()
  #root: DocumentOrShadowRoot | undefined

  constructor() {
    super()
    const follow = { childList: true, characterData: true, subtree: true }
    new MutationObserver(() => this.#read()).observe(this, follow)
  }

  connectedCallback(): void {
    // A style element is not read aloud.
    this.hidden = true
    this.#read()
    const root = this.getRootNode()
    if (!(root instanceof Document || root instanceof ShadowRoot)) return
    this.#root = root
    root.adoptedStyleSheets.push(this.sheet)
  }

  disconnectedCallback(): void {
    if (!this.#root) return
    const others = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet)
    this.#root.adoptedStyleSheets = others
    this.#root = undefined
  }

  #read(): void {
    this.sheet.replaceSync(this.textContent)
  }
}

/** From now on, every style element that script makes on this page is one of ours. */
export function takeOverStyles(): void {
  customElements.define('library-style', LibraryStyle)
  const create = document.createElement
  document.createElement = function (
    this: Document,
    name: string,
    options?: ElementCreationOptions,
  ) {
    const known = name.toLowerCase() === 'style' ? 'library-style' : name
    return create.call(this, known, options)
  } as typeof create
}
