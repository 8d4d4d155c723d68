/**
 * Mends in place what the library leaves out for those who hear a page. It draws anew as the reader
 * goes, so this follows.
 */
export function mendScalar(): void {
  let isDue = false
  const soon = (): void => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      mend()
    })
  }
  const what = { childList: true, subtree: true, attributes: true, attributeFilter: ['role'] }
  new MutationObserver(soon).observe(document.body, what)
  mend()
}

function mend(): void {
  for (const button of document.querySelectorAll('button')) nameButton(button)
  // Fields that complete what is typed must say whether their list is open. It is not: there are no
  // environments to complete from.
  for (const field of document.querySelectorAll('[role=combobox]:not([aria-expanded])')) {
    field.setAttribute('aria-expanded', 'false')
  }
  const [, ...others] = document.querySelectorAll('section[aria-label^="Notifications"]')
  for (const [index, region] of others.entries()) {
    const label = `Notifications ${index + 2}`
    if (region.getAttribute('aria-label') !== label) region.setAttribute('aria-label', label)
  }
}

function nameButton(button: HTMLButtonElement): void {
  const label = button.getAttribute('aria-label')
  const words = button.textContent.trim()
  if (label === null && button.className.includes('copy-button')) {
    button.setAttribute('aria-label', 'Copy')
  } else if (label !== null && button.classList.contains('show-more') && !label.includes(words)) {
    button.setAttribute('aria-label', `${words}: ${label}`)
  }
  // It can be pressed, so it is not "nothing".
  if (button.getAttribute('role') === 'none') button.removeAttribute('role')
}
