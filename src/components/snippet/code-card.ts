/**
 * A card of code with tabs: each is a `<details>`, so that without script all of them can be
 * read. Shows the chosen one, copies it, and says so.
 */
export class CodeCard extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', this)
    this.addEventListener('keydown', this)
    this.addEventListener('change', this)
    window.addEventListener('hashchange', this.#reveal)
    this.#reveal()
  }

  disconnectedCallback(): void {
    window.removeEventListener('hashchange', this.#reveal)
  }

  /** Shows what the address names, if it lies in this card. */
  readonly #reveal = (): void => {
    const id = location.hash.slice(1)
    const target = id ? this.querySelector(`#${CSS.escape(decode(id))}`) : null
    const panel = target?.closest('[role=tabpanel]')
    const tab = this.tabs.find((one) => one.getAttribute('aria-controls') === panel?.id)
    if (!target || !panel || !tab) return
    this.select(tab)
    const select = panel.querySelector('select')
    const examples = [...panel.querySelectorAll('details')]
    const at = examples.findIndex((example) => example.contains(target))
    if (select && at !== -1) {
      select.selectedIndex = at
      this.#pick(select)
    }
    target.scrollIntoView({ block: 'nearest' })
  }

  handleEvent(event: Event): void {
    const target = event.target
    if (!(target instanceof HTMLElement)) return
    if (event instanceof KeyboardEvent) this.#key(event, target)
    else if (target instanceof HTMLSelectElement) this.#pick(target)
    else if (event.type === 'click') this.press(target)
  }

  /** A click on something inside the card. */
  protected press(target: HTMLElement): void {
    if (target.role === 'tab') this.select(target)
    if (target.matches('.copy')) void this.#copy(target)
  }

  protected get tabs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=tab]')]
  }

  /** Shows the panel of a tab and hides the others. */
  protected select(chosen: HTMLElement): void {
    for (const tab of this.tabs) {
      const selected = tab === chosen
      tab.ariaSelected = String(selected)
      tab.tabIndex = selected ? 0 : -1
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
      panel?.closest('details')?.toggleAttribute('open', selected)
    }
  }

  /** @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
  #key(event: KeyboardEvent, target: HTMLElement): void {
    const { tabs } = this
    const at = tabs.indexOf(target)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key]
    const tab = to === undefined ? undefined : tabs[to % tabs.length]
    if (!tab) return
    event.preventDefault()
    tab.focus()
    this.press(tab)
  }

  /** Several examples of one answer: shows the chosen one. */
  #pick(select: HTMLSelectElement): void {
    const examples = select.closest('[role=tabpanel]')?.querySelectorAll('details') ?? []
    for (const [index, example] of [...examples].entries()) {
      example.toggleAttribute('open', index === select.selectedIndex)
    }
  }

  async #copy(button: HTMLElement): Promise<void> {
    const code = button.parentElement?.querySelector(
      ':scope > pre, :scope > div > pre, :scope > details[open] pre',
    )
    if (!code) return
    const said = this.querySelector('.said')
    try {
      await navigator.clipboard.writeText(code.textContent)
      if (said) said.textContent = 'Copied'
    } catch {
      getSelection()?.selectAllChildren(code)
      if (said) said.textContent = 'Selected: copy it with your keyboard'
    }
    setTimeout(() => said?.replaceChildren(), 2_000)
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
