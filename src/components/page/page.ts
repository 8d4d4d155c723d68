/** What every page does once script runs: theme, search, copying, and links into folded places. */

import { hasSessionHint } from '../../try-it/session/session-hint.ts'
import { startPageMenu } from './page-menu.ts'

chooseTheme()
copyOnClick()
openSearch()
startPageMenu(say)
unfoldTarget()
addEventListener('hashchange', unfoldTarget)
markWhatCanBeCalled()

function chooseTheme(): void {
  const key = 'starlight-theme'
  const select = document.querySelector<HTMLSelectElement>('#theme')
  const light = matchMedia('(prefers-color-scheme: light)')
  if (!select) return
  const show = () => {
    const value = select.value === 'auto' ? (light.matches ? 'light' : 'dark') : select.value
    document.documentElement.dataset.theme = value
  }
  try {
    select.value = localStorage.getItem(key) || 'auto'
  } catch {
    // Storage is closed to this site: the choice lives as long as the page.
  }
  select.addEventListener('change', () => {
    show()
    try {
      localStorage.setItem(key, select.value === 'auto' ? '' : select.value)
    } catch {
      // As above.
    }
  })
  light.addEventListener('change', show)
}

/** A button with `data-copy` puts that text on the clipboard and says so. */
function copyOnClick(): void {
  document.addEventListener('click', async ({ target }) => {
    if (!(target instanceof Element)) return
    const link = target.closest<HTMLAnchorElement>('a.anchor')
    if (link) {
      // The address of the page changes too: where the clipboard is closed it can be taken there.
      await navigator.clipboard.writeText(link.href).then(() => say('Link copied.'), ignore)
      return
    }
    const button = target.closest<HTMLElement>('[data-copy]')
    if (!button?.dataset.copy) return
    await navigator.clipboard.writeText(button.dataset.copy)
    say('Copied.')
    button.dataset.copied = ''
    setTimeout(() => {
      delete button.dataset.copied
    }, 1600)
  })
}

function ignore(): void {}

/** A word about what has just happened, seen for a moment and read aloud. */
function say(text: string): void {
  const status = document.querySelector('#page-status')
  if (!status) return
  status.textContent = text
  setTimeout(() => {
    if (status.textContent === text) status.textContent = ''
  }, 2400)
}

/** The search's code comes with its first use; what is typed meanwhile is not lost. */
function openSearch(): void {
  let show: ((typed: string) => void) | undefined
  let loading = false
  let typed = ''
  const open = async () => {
    if (show) return show('')
    if (loading) return
    loading = true
    show = (await import('../search/search-dialog.ts')).openSearch
    loading = false
    show(typed)
    typed = ''
  }
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-open-search]')) void open()
  })
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      (event.target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
    const shortcut =
      (event.key === 'k' && (event.metaKey || event.ctrlKey)) || (event.key === '/' && !typing)
    if (loading && !typing && !shortcut && event.key.length === 1) typed += event.key
    if (!shortcut) return
    event.preventDefault()
    void open()
  })
}

/** Where somebody may be signed in, the page says what their sign-in can call. */
function markWhatCanBeCalled(): void {
  if (!hasSessionHint()) return
  import('../../try-it/session/marks.ts').then(
    ({ showMarks }) => showMarks(),
    () => undefined,
  )
}

/** Opens every fold around the element that the address names, then brings it into view. */
function unfoldTarget(): void {
  const id = targetId()
  const target = id ? document.getElementById(id) : null
  let fold = target?.closest<HTMLDetailsElement>('details:not([open])')
  if (!target || !fold) return
  for (; fold; fold = target.closest<HTMLDetailsElement>('details:not([open])')) fold.open = true
  target.scrollIntoView()
}

/** An address is anyone's to write: a hash that means nothing is no target. */
function targetId(): string {
  try {
    return decodeURIComponent(location.hash.slice(1))
  } catch {
    return ''
  }
}
