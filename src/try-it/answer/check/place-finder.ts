import type { Places } from '../../../model/panel-answers.ts'
import { stepsOf } from './json-pointer.ts'

interface PropertyPlace {
  /** What is inside its value. */
  inside: Places[]
  secret: boolean
  /** All that can be here is named, and this is not. */
  unknown: boolean
}

/** Finds what the reference says about a place of a value, through alternatives and recursion. */
export class PlaceFinder {
  readonly root: Places[]
  readonly #byAnchor = new Map<string, Places>()

  /** @param anchor Of the whole value, which may hold itself again. */
  constructor(places: Places | undefined, anchor?: string) {
    if (places) this.#index(places)
    if (places && anchor !== undefined) this.#byAnchor.set(anchor, places)
    this.root = places ? [places] : []
  }

  /** Anchor of the property that a pointer ends at. */
  anchor(pointer: string): string | undefined {
    const steps = stepsOf(pointer)
    let places = this.root
    let anchor: string | undefined
    for (const step of steps) {
      const open = this.#open(places)
      const named = open.flatMap(({ p = [] }) => p).find(([name]) => name === step)
      anchor = named?.[1]
      places = named
        ? this.property(places, step).inside
        : /^\d+$/.test(step)
          ? this.items(places)
          : open.flatMap(({ a }) => a ?? [])
    }
    return anchor
  }

  /** Anchor of the nearest property around a place. */
  holder(pointer: string): string | undefined {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const anchor = this.anchor(at)
      if (anchor) return anchor
    }
    return undefined
  }

  items(places: readonly Places[]): Places[] {
    return this.#open(places).flatMap(({ i }) => i ?? [])
  }

  property(places: readonly Places[], name: string): PropertyPlace {
    const open = this.#open(places)
    const named = open.flatMap(({ p = [] }) => p).filter((property) => property[0] === name)
    if (named.length > 0) {
      return {
        inside: named.flatMap(([, , , inside]) => inside ?? []),
        secret: named.some(([, , secret]) => secret === 1),
        unknown: false,
      }
    }
    const others = open.flatMap(({ a }) => a ?? [])
    const isWhole = open.some(({ p }) => p) && open.every(({ p, a, cut }) => p && !a && !cut)
    return { inside: others, secret: false, unknown: others.length === 0 && isWhole }
  }

  /** The places themselves, or the alternatives and repetitions that they stand for. */
  #open(places: readonly Places[]): Places[] {
    const open = new Set<Places>()
    const met = new Set<Places>()
    const waiting = [...places]
    for (let place = waiting.pop(); place; place = waiting.pop()) {
      if (met.has(place)) continue
      met.add(place)
      const target = place.to === undefined ? undefined : this.#byAnchor.get(place.to)
      if (target) waiting.push(target)
      if (place.o) waiting.push(...place.o)
      if (place.p || place.i || place.a || (!place.o && !target)) open.add(place)
    }
    return [...open]
  }

  #index(places: Places): void {
    const waiting = [places]
    for (let place = waiting.pop(); place; place = waiting.pop()) {
      for (const [, anchor, , inside] of place.p ?? []) {
        if (!inside) continue
        this.#byAnchor.set(anchor, inside)
        waiting.push(inside)
      }
      if (place.i) waiting.push(place.i)
      if (place.a) waiting.push(place.a)
      if (place.o) waiting.push(...place.o)
    }
  }
}
