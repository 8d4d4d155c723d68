import { proposeNames } from './component-name.ts'
import { DocumentError, type DocumentWarning, type Place } from './document-error.ts'
import { isObject, type JsonObject, setKey } from './json-value.ts'
import { child, formatPointer, parsePointer, pointerFromFragment } from './pointer.ts'
import { homeOf, type Kind, type Slot, slotOf } from './shape.ts'
import { RefFailure, type Source, type SourceFiles } from './source.ts'

/** A value in one of the files. */
interface Spot {
  source: Source
  steps: readonly string[]
}

/** A value, where it lies, and the component it belongs to. */
interface Visit extends Spot {
  /** `section/name` of the component, or `root` for what every reader sees. */
  owner: string
}

/** Where a piece of the bundled document came from. */
export interface Origin extends Spot {
  /** Steps inside the bundled document. */
  bundled: readonly string[]
}

export interface Bundle {
  json: JsonObject
  origins: Origin[]
  warnings: DocumentWarning[]
}

/**
 * Puts a document of many files into one object that refers only to itself. What lies in other
 * files moves to `components`, named after its file or key, once each; path items and media types,
 * which have no home there, are written where they are used.
 *
 * @throws {DocumentError} A reference that an operation reaches cannot be followed, any reference
 * leads to the network or out of the folder, or a value is of the wrong type.
 */
export function bundle(files: SourceFiles): Bundle {
  return new Bundler(files).run()
}

class Bundler {
  readonly #files: SourceFiles
  readonly #swagger: boolean
  readonly #origins: Origin[] = []
  readonly #warnings: DocumentWarning[] = []
  /** Component names by home and target. */
  readonly #names = new Map<string, string>()
  /** Names taken, by home. */
  readonly #taken = new Map<string, Set<string>>()
  readonly #waiting: { home: string[]; name: string; kind: Kind; target: Spot }[] = []
  readonly #edges = new Map<string, Set<string>>()
  readonly #broken: { visit: Visit; failure: RefFailure }[] = []
  /** Targets being written in place, to stop at one that contains itself. */
  readonly #open = new Set<string>()

  constructor(files: SourceFiles) {
    this.#files = files
    this.#swagger = isObject(files.root.value) && Object.hasOwn(files.root.value, 'swagger')
  }

  run(): Bundle {
    const root: Visit = { source: this.#files.root, steps: [], owner: 'root' }
    this.#origins.push({ ...root, bundled: [] })
    this.#reserveNames()
    const json = this.#visit(root.source.value, 'document', root) as JsonObject
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      const { home, name, kind, target } = job
      const visit = { ...target, owner: ownerOf(home, name) }
      this.#origins.push({ ...target, bundled: [...home, name] })
      setKey(sectionIn(json, home), name, this.#visit(lookupHere(target), kind, visit))
    }
    this.#judgeBroken()
    return { json, origins: this.#origins, warnings: this.#warnings }
  }

  /** Names that the root gives count for its own components and for the files they stand for. */
  #reserveNames(): void {
    const kinds: Kind[] = [
      'schema',
      'response',
      'parameter',
      'example',
      'requestBody',
      'header',
      'securityScheme',
      'link',
      'callback',
    ]
    for (const kind of kinds) {
      const home = homeOf(kind, this.#swagger)
      if (!home) continue
      const found = this.#tryLocate({ source: this.#files.root, steps: home }, kind)
      if (!found || !isObject(found.value)) continue
      for (const [name, entry] of Object.entries(found.value)) {
        this.#takenIn(home).add(name)
        const spot = { source: found.source, steps: [...found.steps, name] }
        // The section itself may lie in another file.
        if (found.source !== this.#files.root) this.#reserve(home, spot, name)
        if (!isPureReference(entry)) continue
        const target = this.#tryLocate(spot, kind)
        if (target && !this.#isHome(target, home)) this.#reserve(home, target, name)
      }
    }
  }

  #reserve(home: readonly string[], target: Spot, name: string): void {
    const key = keyOf(home, target)
    if (!this.#names.has(key)) this.#names.set(key, name)
  }

  #visit(value: unknown, kind: Kind, at: Visit): unknown {
    if (typeof value === 'boolean' && kind === 'schema') return value
    if (value === null && kind !== 'document') {
      this.#warn('empty_value', at, 'Nothing stands here; it is read as an empty mapping.')
      return {}
    }
    if (!isObject(value)) throw this.#wrongType(at, kind, value)
    if (kind === 'discriminator') return this.#discriminator(value, at)
    const ref = child(value, '$ref')
    if (typeof ref === 'string' && kind !== 'document') {
      return this.#reference(value, ref, kind, at)
    }
    return this.#fields(value, kind, at)
  }

  #fields(value: JsonObject, kind: Kind, at: Visit, without?: string): JsonObject {
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(value)) {
      if (key === without) continue
      const slot = slotOf(kind, key)
      if (slot) {
        const inside = { ...at, steps: [...at.steps, key] }
        setKey(result, key, this.#slot(item, slot, inside, kind))
      } else if (key.startsWith('x-')) {
        setKey(result, key, this.#extension(item, { ...at, steps: [...at.steps, key] }))
      } else {
        setKey(result, key, item)
      }
    }
    return result
  }

  #slot(value: unknown, slot: Slot, at: Visit, parent: Kind): unknown {
    if (slot.holds === 'one') return this.#visit(value, slot.kind, at)
    if (slot.holds === 'list' || (slot.holds === 'orList' && Array.isArray(value))) {
      if (value === null) return []
      if (!Array.isArray(value)) throw this.#wrongType(at, 'list', value)
      return value.map((item, index) =>
        this.#visit(item, slot.kind, { ...at, steps: [...at.steps, String(index)] }),
      )
    }
    if (slot.holds === 'orList') return this.#visit(value, slot.kind, at)
    return this.#map(value, slot.kind, at, parent)
  }

  #map(value: unknown, kind: Kind, at: Visit, parent: Kind): unknown {
    if (value === null) {
      this.#warn('empty_value', at, 'Nothing stands here; it is read as an empty mapping.')
      return {}
    }
    if (!isObject(value)) throw this.#wrongType(at, 'mapping', value)
    const ref = child(value, '$ref')
    // A whole mapping in another file: not in the specification, but widely written.
    if (typeof ref === 'string' && parent !== 'schema') {
      return this.#inPlace(value, ref, at, (item, visit) => this.#map(item, kind, visit, parent))
    }
    const shared = parent === 'components' || parent === 'document'
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(value)) {
      const inside = { ...at, steps: [...at.steps, key] }
      setKey(
        result,
        key,
        shared ? this.#shared(item, kind, key, inside) : this.#visit(item, kind, inside),
      )
    }
    return result
  }

  /** A component of the root: the place where what it refers to is written out. */
  #shared(value: unknown, kind: Kind, name: string, at: Visit): unknown {
    const home = homeOf(kind, this.#swagger)
    if (!home) return this.#visit(value, kind, at)
    const visit = { ...at, owner: ownerOf(home, name) }
    if (isPureReference(value)) {
      const target = this.#tryLocate(at, kind)
      if (target && !this.#isHome(target, home) && this.#names.get(keyOf(home, target)) === name) {
        this.#origins.push({ ...target, bundled: [...home, name] })
        return this.#visit(target.value, kind, { ...target, owner: visit.owner })
      }
    }
    return this.#visit(value, kind, visit)
  }

  #reference(value: JsonObject, ref: string, kind: Kind, at: Visit): unknown {
    const home = homeOf(kind, this.#swagger)
    if (!home) {
      return this.#inPlace(value, ref, at, (item, visit) => this.#visit(item, kind, visit))
    }
    const address = this.#address(ref, kind, home, at)
    const siblings = this.#fields(value, kind, at, '$ref')
    if (address === undefined) return { ...siblings, 'x-dangling-ref': ref }
    return { $ref: address, ...siblings }
  }

  /** The internal reference that stands for one of the document's; nothing where it is broken. */
  #address(ref: string, kind: Kind, home: string[], at: Visit): string | undefined {
    let target: Spot
    try {
      target = this.#locate(this.#parse(ref, at), kind)
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      const visit = { ...at, steps: [...at.steps, '$ref'] }
      if (failure.code !== 'ref_dangling') throw this.#error(visit, failure)
      this.#broken.push({ visit, failure })
      return undefined
    }
    if (this.#staysInRoot(target)) {
      const [first, second, third] = target.steps
      const owner = first === 'components' ? `${second}/${third}` : `${first}/${second}`
      this.#edge(at.owner, first === 'paths' || first === 'webhooks' ? 'root' : owner)
      return `#${fragmentOf(target.steps)}`
    }
    const name = this.#nameFor(target, kind, home)
    this.#edge(at.owner, ownerOf(home, name))
    return `#${fragmentOf([...home, name])}`
  }

  #nameFor(target: Spot, kind: Kind, home: string[]): string {
    const key = keyOf(home, target)
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const taken = this.#takenIn(home)
    const name = proposeNames(target.source.file, target.steps).find((each) => !taken.has(each))
    if (name === undefined) throw new Error('A name can always be found.')
    taken.add(name)
    this.#names.set(key, name)
    this.#waiting.push({ home, name, kind, target })
    return name
  }

  #inPlace(
    value: JsonObject,
    ref: string,
    at: Visit,
    write: (item: unknown, visit: Visit) => unknown,
  ): unknown {
    const visit = { ...at, steps: [...at.steps, '$ref'] }
    let target: Spot & { value: unknown }
    try {
      target = this.#locate(this.#parse(ref, at))
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      throw this.#error(visit, failure)
    }
    const key = keyOf([], target)
    if (this.#open.has(key)) {
      throw this.#error(
        visit,
        new RefFailure(
          'ref_loop',
          `The reference "${ref}" leads back to itself.`,
          'Refer to what is meant.',
        ),
      )
    }
    this.#open.add(key)
    this.#origins.push({ ...target, bundled: this.#bundledSteps(at) })
    const written = write(target.value, { ...target, owner: at.owner })
    this.#open.delete(key)
    const { $ref: _, ...siblings } = value
    return isObject(written) ? { ...written, ...siblings } : written
  }

  /** Where a value will stand in the bundled document, found from the origins noted so far. */
  #bundledSteps(at: Spot): string[] {
    for (let index = this.#origins.length - 1; index >= 0; index -= 1) {
      const origin = this.#origins[index]
      if (origin?.source !== at.source) continue
      if (origin.steps.every((step, position) => at.steps[position] === step)) {
        return [...origin.bundled, ...at.steps.slice(origin.steps.length)]
      }
    }
    return [...at.steps]
  }

  #discriminator(value: JsonObject, at: Visit): JsonObject {
    const mapping = child(value, 'mapping')
    if (!isObject(mapping)) return value
    const home = homeOf('schema', this.#swagger) ?? []
    const written: JsonObject = {}
    for (const [key, target] of Object.entries(mapping)) {
      // A bare name means a component of the root; anything else is a reference.
      const isReference = typeof target === 'string' && /[#/]|\.(ya?ml|json)$/i.test(target)
      const visit = { ...at, steps: [...at.steps, 'mapping', key] }
      const address = isReference ? this.#address(target, 'schema', home, visit) : undefined
      setKey(written, key, address ?? target)
    }
    return { ...value, mapping: written }
  }

  /** Extensions are the author's own: references in them are followed where that is possible. */
  #extension(value: unknown, at: Visit): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) =>
        this.#extension(item, { ...at, steps: [...at.steps, String(index)] }),
      )
    }
    if (!isObject(value)) return value
    const ref = child(value, '$ref')
    if (typeof ref === 'string') return this.#extensionReference(value, ref, at)
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(value)) {
      setKey(result, key, this.#extension(item, { ...at, steps: [...at.steps, key] }))
    }
    return result
  }

  #extensionReference(value: JsonObject, ref: string, at: Visit): unknown {
    try {
      const target = this.#locate(this.#parse(ref, at))
      if (this.#staysInRoot(target)) return value
      const key = keyOf([], target)
      if (this.#open.has(key)) {
        throw new RefFailure('ref_loop', `The reference "${ref}" leads back to itself.`, '')
      }
      this.#open.add(key)
      const written = this.#extension(target.value, { ...target, owner: at.owner })
      this.#open.delete(key)
      return written
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      this.#warn(failure.code, at, `${failure.message} The extension keeps it as it is.`)
      return value
    }
  }

  /** What a reference names, before it is known whether that exists. */
  #parse(ref: string, from: Spot): Spot {
    const hash = ref.indexOf('#')
    const location = hash === -1 ? ref : ref.slice(0, hash)
    const fragment = hash === -1 ? '' : pointerFromFragment(ref.slice(hash + 1))
    const source = location === '' ? from.source : this.#files.open(location, from.source)
    const steps = parsePointer(fragment) ?? anchorSteps(source.value, fragment)
    if (steps) return { source, steps }
    throw new RefFailure(
      'ref_dangling',
      `Nothing is called "${fragment.slice(0, 200)}" in ${source.file}.`,
      'A fragment is a JSON pointer that starts with a slash, or an $anchor.',
    )
  }

  /**
   * Follows a pointer, through references on its way and through files that only refer to others,
   * to where the value is really written.
   *
   * @throws {RefFailure}
   */
  #locate(start: Spot, kind?: Kind): Spot & { value: unknown } {
    const home = kind && homeOf(kind, this.#swagger)
    const first = this.#descend(start)
    if (!isPureReference(first.value)) return first
    let met = this.#descend(this.#parse(first.value.$ref, first))
    // One component of the root that only refers to another keeps its own name.
    if (home && this.#isHome(first, home) && this.#staysInRoot(met)) return first
    const seen = new Set<string>()
    while (isPureReference(met.value) && !(home && this.#isHome(met, home))) {
      const key = keyOf([], met)
      if (seen.has(key)) break
      seen.add(key)
      met = this.#descend(this.#parse(met.value.$ref, met))
    }
    return met
  }

  #descend(start: Spot): Spot & { value: unknown } {
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
      if (typeof ref !== 'string' || hops > 1000) {
        throw new RefFailure(
          'ref_dangling',
          `Nothing stands at ${formatPointer(start.steps) || '/'} in ${start.source.file}.`,
          'Correct the reference, or add what it names.',
        )
      }
      hops += 1
      const through = this.#parse(ref, { source, steps: steps.slice(0, depth) })
      steps = [...through.steps, ...steps.slice(depth)]
      source = through.source
      value = source.value
      depth = 0
    }
    return { source, steps, value }
  }

  #tryLocate(spot: Spot, kind: Kind): (Spot & { value: unknown }) | undefined {
    try {
      return this.#locate(spot, kind)
    } catch (failure) {
      if (failure instanceof RefFailure) return undefined
      throw failure
    }
  }

  /** A component of the root, where it is written. */
  #isHome(spot: Spot, home: readonly string[]): boolean {
    return (
      spot.source === this.#files.root &&
      spot.steps.length === home.length + 1 &&
      home.every((step, index) => spot.steps[index] === step)
    )
  }

  /** Parts of the root that are visited in place; the rest moves to `components` when used. */
  #staysInRoot({ source, steps }: Spot): boolean {
    if (source !== this.#files.root) return false
    const [first = '', second = ''] = steps
    if (second.startsWith('x-') && first !== 'definitions') return false
    return ['components', 'paths', 'webhooks', 'definitions', 'parameters', 'responses'].includes(
      first,
    )
  }

  #takenIn(home: readonly string[]): Set<string> {
    const key = home.join('/')
    let taken = this.#taken.get(key)
    if (!taken) {
      taken = new Set()
      this.#taken.set(key, taken)
    }
    return taken
  }

  #edge(from: string, to: string): void {
    const known = this.#edges.get(from)
    if (known) known.add(to)
    else this.#edges.set(from, new Set([to]))
  }

  /** A broken reference matters where an operation reaches it, and is a warning elsewhere. */
  #judgeBroken(): void {
    if (this.#broken.length === 0) return
    const reached = new Set(['root'])
    for (const owner of reached) {
      for (const next of this.#edges.get(owner) ?? []) reached.add(next)
    }
    for (const { visit, failure } of this.#broken) {
      if (reached.has(visit.owner)) throw this.#error(visit, failure)
      this.#warn(failure.code, visit, `${failure.message} No operation reaches it.`)
    }
  }

  #warn(code: DocumentWarning['code'], at: Spot, message: string): void {
    this.#warnings.push({ code, ...this.#place(at), message })
  }

  #error(at: Spot, failure: RefFailure): DocumentError {
    return new DocumentError(failure.code, this.#place(at), failure.message, failure.remedy)
  }

  #wrongType(at: Spot, expected: string, value: unknown): DocumentError {
    const found = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
    const noun = expected === 'list' || expected === 'mapping' ? `a ${expected}` : 'a mapping'
    return new DocumentError(
      'wrong_type',
      this.#place(at),
      `${noun[0]?.toUpperCase()}${noun.slice(1)}${noun === 'a mapping' && expected !== 'mapping' ? ` (${expected})` : ''} must stand here, and ${found} does.`,
      'Correct the value.',
    )
  }

  #place(at: Spot): Place {
    return this.#files.place(at.source, at.steps)
  }
}

function ownerOf(home: readonly string[], name: string): string {
  return `${home.at(-1)}/${name}`
}

function keyOf(home: readonly string[], { source, steps }: Spot): string {
  return `${home.join('/')}\n${source.path}\n${formatPointer(steps)}`
}

function isPureReference(value: unknown): value is { $ref: string } {
  return (
    isObject(value) && typeof child(value, '$ref') === 'string' && Object.keys(value).length === 1
  )
}

function lookupHere({ source, steps }: Spot): unknown {
  return steps.reduce<unknown>((value, step) => child(value, step), source.value)
}

function sectionIn(json: JsonObject, home: readonly string[]): JsonObject {
  let section = json
  for (const step of home) {
    let next = child(section, step)
    if (!isObject(next)) {
      next = {}
      setKey(section, step, next)
    }
    section = next as JsonObject
  }
  return section
}

/** Steps as a URL fragment. */
function fragmentOf(steps: readonly string[]): string {
  return encodeURI(formatPointer(steps)).replaceAll('#', '%23').replaceAll('?', '%3F')
}

/** Steps to the schema of a file that has an `$anchor` of this name. */
function anchorSteps(root: unknown, name: string): string[] | undefined {
  const waiting: { value: unknown; steps: string[] }[] = [{ value: root, steps: [] }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, steps } = next
    if (typeof value !== 'object' || value === null) continue
    if (child(value, '$anchor') === name) return steps
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'object') waiting.push({ value: item, steps: [...steps, key] })
    }
  }
  return undefined
}
