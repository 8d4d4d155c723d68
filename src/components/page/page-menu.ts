/**
 * The page menu: copies the page's Markdown twin, moves by arrow keys, and closes on Escape, on a
 * click elsewhere, or when the focus goes elsewhere.
 */
export function startPageMenu(say: (text: string) => void): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const button = target.closest<HTMLElement>('[data-copy-page]')
    if (button?.dataset.copyPage) void copyPage(button.dataset.copyPage, say)
    const menu = openMenu()
    if (menu && (button || !menu.contains(target))) close(menu)
  })
  document.addEventListener('keydown', (event) => {
    const { key, target } = event
    const menu = target instanceof Element ? target.closest<Menu>('.page-menu') : null
    if (key === 'Escape') close(openMenu())
    if (!menu || !(key === 'ArrowDown' || key === 'ArrowUp')) return
    event.preventDefault()
    menu.open = true
    const items = [...menu.querySelectorAll<HTMLElement>('a, button')]
    const at = items.indexOf(target as HTMLElement)
    // From the closed menu itself, up leads to its last item.
    const next = key === 'ArrowDown' ? at + 1 : at < 0 ? items.length - 1 : at - 1
    items[(next + items.length) % items.length]?.focus()
  })
  document.addEventListener('focusin', ({ target }) => {
    const menu = openMenu()
    if (menu && target instanceof Node && !menu.contains(target)) menu.open = false
  })
}

type Menu = HTMLDetailsElement

const openMenu = () => document.querySelector<Menu>('.page-menu[open]')

/** The focus must not stay on what cannot be seen any more. */
function close(menu: Menu | null): void {
  if (!menu) return
  if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus()
  menu.open = false
}

async function copyPage(address: string, say: (text: string) => void): Promise<void> {
  const text = async () => {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${response.status}`)
    return new Blob([await response.text()], { type: 'text/plain' })
  }
  try {
    // Handed over as a promise: some browsers take nothing once the click is a while ago.
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text() })])
    say('Copied the page as Markdown.')
  } catch {
    say('Copying did not work. Use "View as Markdown".')
  }
}
