import path from 'node:path'

/**
 * Names for something that moves from a file to `components`, best first and without end: its key
 * in the file, or the file's own name, then with what surrounds it, then with a number.
 *
 * @param file Relative to the root document, e.g. `schemas/Stream.yaml`.
 * @param steps Steps of the pointer inside the file.
 * @param variant Words at the end of every name.
 */
export function* proposeNames(
  file: string,
  steps: readonly string[],
  variant = '',
): Generator<string> {
  const folders = file.split('/').slice(0, -1)
  let stem = path.posix.basename(file).replace(/\.[^.]*$/, '')
  if (/^_?index$/i.test(stem)) stem = folders.pop() ?? stem
  const own = steps.findLast((step) => !/^(\d+|schema|items|value)$/.test(step))
  const ending = variant === '' ? '' : `_${variant}`
  const best = (own === undefined ? stem : own) + ending
  const around = own === undefined ? folders.at(-1) : stem
  yield allowed(best)
  const longer = around === undefined ? best : `${around}_${best}`
  if (longer !== best) yield allowed(longer)
  for (let number = 2; ; number += 1) yield allowed(`${best}_${number}`)
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-5 */
function allowed(name: string): string {
  return name.replace(/[^a-zA-Z0-9._-]+/g, '_') || '_'
}
