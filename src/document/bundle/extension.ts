import { isObject, type JsonObject, setKey } from '../json-value.ts'
import { child } from '../pointer.ts'
import { RefFailure } from '../source.ts'
import type { Findings } from './findings.ts'
import type { Resolver } from './resolver.ts'
import { keyOf, type Spot } from './spot.ts'

/**
 * An extension as the bundled document has it. Extensions are the author's own: references in them
 * are followed where that is possible, and stay as they are elsewhere.
 */
export function writeExtension(
  value: unknown,
  at: Spot,
  parts: { resolver: Resolver; findings: Findings },
  open: ReadonlySet<string> = new Set(),
): unknown {
  const inside = (item: unknown, step: string): unknown =>
    writeExtension(item, { source: at.source, steps: [...at.steps, step] }, parts, open)
  if (Array.isArray(value)) return value.map((item, index) => inside(item, String(index)))
  if (!isObject(value)) return value
  const ref = child(value, '$ref')
  if (typeof ref === 'string') {
    try {
      return followed(value, ref, at, parts, open)
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      const message = `${failure.message} The extension keeps it as it is.`
      parts.findings.warn(failure.code, at, message)
      return value
    }
  }
  const result: JsonObject = {}
  for (const [key, item] of Object.entries(value)) setKey(result, key, inside(item, key))
  return result
}

/** @throws {RefFailure} */
function followed(
  value: unknown,
  ref: string,
  at: Spot,
  parts: { resolver: Resolver; findings: Findings },
  open: ReadonlySet<string>,
): unknown {
  const { resolver } = parts
  const target = resolver.locate(resolver.parse(ref, at))
  if (resolver.staysInRoot(target)) return value
  const key = keyOf([], target)
  if (open.has(key)) {
    throw new RefFailure('ref_loop', `The reference "${ref}" leads back to itself.`, '')
  }
  return writeExtension(target.value, target, parts, new Set([...open, key]))
}
