/** JSON Pointers (RFC 6901): places in a JSON text. */

export function escapeStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A pointer from its form as a URI fragment, `#/a/b%20c`. */
export function fromFragment(fragment: string): string {
  const pointer = fragment.replace(/^#/, '')
  try {
    return decodeURIComponent(pointer)
  } catch {
    return pointer
  }
}

/** A pointer as people write it, e.g. `data[0].id`; empty for the whole. */
export function inWords(pointer: string): string {
  return stepsOf(pointer).reduce((place, step) => {
    if (/^\d+$/.test(step)) return `${place}[${step}]`
    if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) return `${place}[${JSON.stringify(step)}]`
    return place ? `${place}.${step}` : step
  }, '')
}
