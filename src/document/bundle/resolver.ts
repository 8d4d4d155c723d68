import { child, formatPointer, parsePointer, pointerFromFragment } from '../pointer.ts'
import { homeOf, type Kind } from '../shape.ts'
import { RefFailure, type Source, type SourceFiles } from '../source.ts'
import { Identifiers, resolveUri } from './identifiers.ts'
import { type Found, isPureReference, keyOf, type Spot } from './spot.ts'

/** References met on the way of one pointer. */
const mostHops = 1000

/** Finds what references name, in files and under the addresses that parts of them have. */
export class Resolver {
  readonly #files: SourceFiles
  readonly #swagger: boolean
  readonly #identifiers = new Map<Source, Identifiers>()
  readonly #byAddress = new Map<string, Spot>()
  /** Where a chain of bare references leads, by home and each of its links. */
  readonly #written = new Map<string, Found>()
  /** Whether a chain of bare references has an end, by where it begins. */
  readonly #ends = new Map<string, boolean>()

  constructor(files: SourceFiles, swagger: boolean) {
    this.#files = files
    this.#swagger = swagger
    this.identifiersOf(files.root)
  }

  /** The addresses inside a file. */
  identifiersOf(source: Source): Identifiers {
    let known = this.#identifiers.get(source)
    if (!known) {
      known = new Identifiers(source)
      this.#identifiers.set(source, known)
      for (const [uri, { steps }] of known.addresses()) {
        if (!this.#byAddress.has(uri)) this.#byAddress.set(uri, { source, steps })
      }
    }
    return known
  }

  /**
   * What a reference names, before it is known whether that exists.
   *
   * @throws {RefFailure}
   */
  parse(ref: string, from: Spot): Spot {
    const hash = ref.indexOf('#')
    const location = hash === -1 ? ref : ref.slice(0, hash)
    const fragment = hash === -1 ? '' : pointerFromFragment(ref.slice(hash + 1))
    const part = this.#part(location, from)
    const pointer = parsePointer(fragment)
    if (pointer) return this.#inside(part, pointer)
    const { anchors } = this.identifiersOf(part.source).resourceOf(part.steps)
    const steps =
      anchors.get(fragment) ?? this.identifiersOf(part.source).root.anchors.get(fragment)
    if (steps) return { source: part.source, steps }
    throw new RefFailure(
      'ref_dangling',
      `Nothing is called "${fragment.slice(0, 200)}" in ${part.source.file}.`,
      'A fragment is a JSON pointer that starts with a slash, or an $anchor.',
    )
  }

  /**
   * Follows a pointer, through references on its way and through files that only refer to others,
   * to where the value is really written.
   *
   * @throws {RefFailure}
   */
  locate(start: Spot, kind?: Kind): Found {
    const home = kind && homeOf(kind, this.#swagger)
    const first = this.#descend(start)
    if (!isPureReference(first.value)) return first
    let met = this.#descend(this.parse(first.value.$ref, first))
    // One component of the root that only refers to another keeps its own name.
    if (home && this.isHome(first, home) && this.staysInRoot(met)) return first
    const passed = new Set<string>()
    while (isPureReference(met.value) && !(home && this.isHome(met, home))) {
      const key = keyOf(home ?? [], met)
      if (passed.has(key)) break
      passed.add(key)
      met = this.#written.get(key) ?? this.#descend(this.parse(met.value.$ref, met))
    }
    for (const key of passed) this.#written.set(key, met)
    return met
  }

  /**
   * Tells whether a chain of bare references ends somewhere.
   *
   * @throws {RefFailure} One of its references cannot be followed.
   */
  hasEnd(start: Found): boolean {
    const passed: string[] = []
    let ends = true
    for (
      let at = start;
      isPureReference(at.value);
      at = this.#descend(this.parse(at.value.$ref, at))
    ) {
      const key = keyOf([], at)
      const known = this.#ends.get(key)
      if (known !== undefined) {
        ends = known
        break
      }
      // Until the end is found, meeting the chain again means that it has none.
      this.#ends.set(key, false)
      passed.push(key)
    }
    for (const key of passed) this.#ends.set(key, ends)
    return ends
  }

  tryLocate(spot: Spot, kind: Kind): Found | undefined {
    try {
      return this.locate(spot, kind)
    } catch (failure) {
      if (failure instanceof RefFailure) return undefined
      throw failure
    }
  }

  /** A component of the root, where it is written. */
  isHome(spot: Spot, home: readonly string[]): boolean {
    return (
      spot.source === this.#files.root &&
      spot.steps.length === home.length + 1 &&
      home.every((step, index) => spot.steps[index] === step)
    )
  }

  /** Parts of the root that are visited in place; the rest moves to `components` when used. */
  staysInRoot({ source, steps }: Spot): boolean {
    if (source !== this.#files.root) return false
    const [first = '', second = ''] = steps
    if (second.startsWith('x-') && first !== 'definitions') return false
    return ['components', 'paths', 'webhooks', 'definitions', 'parameters', 'responses'].includes(
      first,
    )
  }

  /** The file, or the part of one, that a reference names before its fragment. */
  #part(location: string, from: Spot): Spot {
    const resource = this.identifiersOf(from.source).resourceOf(from.steps)
    if (location === '') return { source: from.source, steps: resource.steps }
    const uri = resolveUri(location, resource.base)
    const known = uri === undefined ? undefined : this.#byAddress.get(uri)
    if (known) return known
    const source = this.#files.open(location, from.source)
    this.identifiersOf(source)
    return { source, steps: [] }
  }

  #inside(part: Spot, pointer: readonly string[]): Spot {
    const { source, steps } = part
    if (steps.length === 0) return { source, steps: pointer }
    // Inside a schema with an `$id` pointers count from that schema; many authors count from the
    // file all the same.
    const whole = { source, steps: [...steps, ...pointer] }
    const begins = this.#begins(whole, steps.length)
    return begins || !this.#begins({ source, steps: pointer }, 0)
      ? whole
      : { source, steps: pointer }
  }

  /** Tells whether the first step after a part leads to something. */
  #begins({ source, steps }: Spot, from: number): boolean {
    let value: unknown = source.value
    for (const step of steps.slice(0, from + 1)) value = child(value, step)
    return value !== undefined
  }

  #descend(start: Spot): Found {
    let { source, steps } = start
    let value: unknown = source.value
    let depth = 0
    let hops = 0
    while (depth < steps.length) {
      const next = child(value, steps[depth] ?? '')
      if (next !== undefined) {
        value = next
        depth += 1
        continue
      }
      const ref = child(value, '$ref')
      if (typeof ref !== 'string' || hops > mostHops) {
        throw new RefFailure(
          'ref_dangling',
          `Nothing stands at ${formatPointer(start.steps) || '/'} in ${start.source.file}.`,
          'Correct the reference, or add what it names.',
        )
      }
      hops += 1
      const through = this.parse(ref, { source, steps: steps.slice(0, depth) })
      steps = [...through.steps, ...steps.slice(depth)]
      source = through.source
      value = source.value
      depth = 0
    }
    return { source, steps, value }
  }
}
