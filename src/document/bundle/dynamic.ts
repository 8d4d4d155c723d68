import { child, pointerFromFragment } from '../pointer.ts'
import { RefFailure } from '../source.ts'
import type { Resolver } from './resolver.ts'
import { type Found, keyOf, type Spot, valueAt } from './spot.ts'

/** What each `$dynamicAnchor` means on the way in: the outermost schema that has it. */
export type DynamicScope = ReadonlyMap<string, Spot>

/** A component in the form it takes on one way in. */
export interface Variant {
  key: string
  /** Ends its name. */
  words: string
  scope: DynamicScope
}

/** A document may ask for no more forms of its components; further ones stay as they are. */
const most = 1000

/**
 * Works out `$dynamicRef`. A schema that refers to itself in that way (a tree, a page of items)
 * means something else when another schema refines it, so it is written once for each meaning.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
export class Variants {
  readonly #resolver: Resolver
  /** Names of the dynamic anchors that can be met from a place. */
  readonly #reached = new Map<string, ReadonlySet<string>>()
  readonly #known = new Set<string>()

  constructor(resolver: Resolver) {
    this.#resolver = resolver
  }

  /** What dynamic anchors mean inside a component, with what is settled around it. */
  scopeOf({ source, steps }: Spot, around?: DynamicScope): DynamicScope | undefined {
    const identifiers = this.#resolver.identifiersOf(source)
    if (!identifiers.hasDynamicAnchors) return around
    const scope = new Map(around)
    for (const [name, anchor] of identifiers.dynamicAnchors(steps)) {
      if (!scope.has(name)) scope.set(name, { source, steps: anchor })
    }
    return scope.size > 0 ? scope : undefined
  }

  /**
   * What a `$dynamicRef` names.
   *
   * @throws {RefFailure}
   */
  meant(ref: string, at: Spot, scope: DynamicScope | undefined): Spot {
    const first = this.#resolver.parse(ref, at)
    const name = pointerFromFragment(ref.slice(ref.indexOf('#') + 1))
    if (child(valueAt(first), '$dynamicAnchor') !== name) return first
    return scope?.get(name) ?? first
  }

  /** The form a component takes here; nothing where it means the same everywhere. */
  variantOf(target: Found, scope: DynamicScope | undefined, from: string): Variant | undefined {
    if (!scope) return undefined
    const own = this.scopeOf(target)
    const changed = [...this.#names(target)].filter((name) => {
      const here = scope.get(name)
      const there = own?.get(name)
      return here && (!there || keyOf([], here) !== keyOf([], there))
    })
    // What a schema overrides lies in itself: that is the meaning, and no form of it.
    const lies = [...scope.values()].some((spot) => keyOf([], spot) === keyOf([], target))
    if (changed.length === 0 || lies) return undefined
    const whole = this.scopeOf(target, scope) ?? scope
    const key = changed
      .toSorted()
      .map((name) => `\n${name} ${keyOf([], whole.get(name) ?? target)}`)
      .join('')
    const id = keyOf([], target) + key
    if (!this.#known.has(id) && this.#known.size >= most) return undefined
    this.#known.add(id)
    return { key, words: from.split('/').at(-1) ?? '', scope: whole }
  }

  #names(start: Found): ReadonlySet<string> {
    const startKey = keyOf([], start)
    const known = this.#reached.get(startKey)
    if (known) return known
    const names = new Set<string>()
    const met = new Set([startKey])
    const waiting: Found[] = [start]
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      for (const { ref, dynamic } of referencesIn(at.value)) {
        const hash = ref.indexOf('#')
        if (dynamic && hash !== -1) names.add(pointerFromFragment(ref.slice(hash + 1)))
        const next = this.#follow(ref, at)
        if (!next || met.has(keyOf([], next))) continue
        met.add(keyOf([], next))
        waiting.push(next)
      }
    }
    this.#reached.set(startKey, names)
    return names
  }

  #follow(ref: string, at: Spot): Found | undefined {
    try {
      return this.#resolver.locate(this.#resolver.parse(ref, at))
    } catch (failure) {
      if (failure instanceof RefFailure) return undefined
      throw failure
    }
  }
}

function* referencesIn(root: unknown): Generator<{ ref: string; dynamic: boolean }> {
  const waiting = [root]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    const ref = child(value, '$ref')
    if (typeof ref === 'string') yield { ref, dynamic: false }
    const dynamic = child(value, '$dynamicRef')
    if (typeof dynamic === 'string') yield { ref: dynamic, dynamic: true }
    for (const item of Object.values(value)) if (typeof item === 'object') waiting.push(item)
  }
}
