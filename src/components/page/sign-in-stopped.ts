import type { SignInError } from '../../oauth/sign-in-error.ts'

/** Says on the callback page why nobody is signed in, and where to go from there. */
export function showStopped({ code, message, detail }: SignInError, address: string): void {
  const arriving = document.getElementById('arriving')
  const stopped = document.getElementById('stopped')
  const heading = stopped?.querySelector('h1')
  const words = stopped?.querySelector('[data-message]')
  const serverWords = stopped?.querySelector<HTMLElement>('[data-detail]')
  const link = stopped?.querySelector<HTMLAnchorElement>('[data-back]')
  if (!arriving || !stopped || !heading || !words || !serverWords || !link) return
  if (code === 'denied') heading.textContent = 'Sign-in declined'
  document.title = heading.textContent ?? ''
  words.textContent = message
  const quote = serverWords.querySelector('q')
  if (detail && quote) {
    quote.textContent = detail
    serverWords.hidden = false
  }
  link.href = address
  if (new URL(address).pathname !== import.meta.env.BASE_URL) {
    link.textContent = 'Back to where you were'
  }
  stopped.dataset.code = code
  arriving.hidden = true
  stopped.hidden = false
  heading.focus()
}
