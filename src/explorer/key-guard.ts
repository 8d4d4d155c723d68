import { looksLikeApiKey } from '../request/api-key.ts'

/**
 * Keeps API keys out of every field of a page, whoever made the field: what is pasted or dropped is
 * stopped before it gets in, what is typed is wiped as soon as it can be recognised.
 */
export function keepKeysOut(root: Document | ShadowRoot, onRefused: () => void): void {
  const stop = (event: Event, data: DataTransfer | null): void => {
    if (!looksLikeApiKey(data?.getData('text/plain') ?? '')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    onRefused()
  }
  root.addEventListener(
    'paste',
    (event) => stop(event, (event as ClipboardEvent).clipboardData),
    true,
  )
  root.addEventListener('drop', (event) => stop(event, (event as DragEvent).dataTransfer), true)
  root.addEventListener('input', ({ target }) => check(target, onRefused), true)
  // An editor that takes keys itself sends no event of its own for what it put in.
  root.addEventListener('keyup', ({ target }) => check(target, onRefused), true)
}

function check(target: EventTarget | null, onRefused: () => void): void {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    if (!looksLikeApiKey(target.value)) return
    target.value = ''
    target.dispatchEvent(new Event('input', { bubbles: true }))
    onRefused()
  } else if (target instanceof HTMLElement && target.isContentEditable) {
    if (!looksLikeApiKey(target.textContent)) return
    getSelection()?.selectAllChildren(target)
    // Old, but what editors listen to: they hear of it as of a key that was pressed.
    document.execCommand('delete')
    onRefused()
  }
}
