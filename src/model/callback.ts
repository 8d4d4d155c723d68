import { isObject, type JsonObject } from '../document/index.ts'
import type { EventDescription, Operation } from './operation.ts'
import { resolved } from './parameter.ts'
import type { Schemas } from './settled-schema.ts'
import { shortHash } from './slug.ts'

/** One address that a callback of an operation is sent to. */
interface FoundCallback {
  event: EventDescription
  /** Tells it from the others of its operation. */
  key: string
  item: JsonObject
  /** Where its path item stands in the document. */
  inside: readonly string[]
}

/** Callbacks of an operation, each address by itself. */
export function* readCallbacks(
  { raw, steps }: { raw: JsonObject; steps: readonly string[] },
  operation: Pick<Operation, 'summary' | 'href'>,
  { schemas }: { schemas: Schemas },
): Generator<FoundCallback> {
  if (!isObject(raw.callbacks)) return
  const cause = { summary: operation.summary, href: operation.href }
  for (const [name, entry] of Object.entries(raw.callbacks)) {
    const callback = Object.entries(resolved(entry, schemas)).filter(
      ([expression, item]) => !expression.startsWith('x-') && isObject(item),
    )
    for (const [expression, entry] of callback) {
      yield {
        event: { kind: 'callback', name, expression, cause },
        key: callback.length > 1 ? `${name}-${shortHash(expression)}` : name,
        item: resolved(entry, schemas),
        inside: [...steps, 'callbacks', name, expression],
      }
    }
  }
}
