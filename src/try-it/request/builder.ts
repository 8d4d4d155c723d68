import type { BuiltRequest } from './request-state.ts'

export { buildRequest } from '../../request/build-request.ts'
export { headerRefusal } from './headers/header-refusal.ts'

/** Milliseconds without a key before the samples of the page follow. */
const pause = 120

/**
 * Tells the samples of the page of a request, when the keys pause: to print a long body in every
 * language takes longer than a key may.
 *
 * @param shown What the samples show already.
 * @returns Takes what they may show next, and gives what calls it off.
 */
export function samplesTeller(shown: BuiltRequest): (printable: () => BuiltRequest) => () => void {
  let last = textOf(shown)
  return (printable) => {
    const timer = setTimeout(() => {
      const built = printable()
      if (!('request' in built)) return
      const now = textOf(built)
      if (last === now) return
      last = now
      document.dispatchEvent(new CustomEvent('request-change', { detail: built.request }))
    }, pause)
    return () => clearTimeout(timer)
  }
}

function textOf(built: BuiltRequest): string {
  return 'request' in built ? JSON.stringify(built.request) : ''
}
