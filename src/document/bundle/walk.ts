import { isObject, type JsonObject, setKey } from '../json-value.ts'
import { child, formatPointer } from '../pointer.ts'
import { homeOf, type Kind, type Slot, slotOf } from '../shape.ts'
import { RefFailure, type Source } from '../source.ts'
import { type DynamicScope, Variants } from './dynamic.ts'
import { writeExtension } from './extension.ts'
import { type Findings, wrongType } from './findings.ts'
import type { ComponentNames } from './names.ts'
import { OperationIds } from './operation-ids.ts'
import type { Origins } from './origins.ts'
import { isReachSection, type Reach } from './reach.ts'
import type { Resolver } from './resolver.ts'
import {
  type Found,
  fragmentOf,
  isPureReference,
  keyOf,
  type Spot,
  sectionIn,
  valueAt,
} from './spot.ts'

interface Parts {
  root: Source
  resolver: Resolver
  names: ComponentNames
  swagger: boolean
  findings: Findings
  reach: Reach
  origins: Origins
}

/** A value, where it lies, and whom it belongs to. */
interface Visit extends Spot {
  /** `section/name` of a component, pointer of a path or an operation, or `document`. */
  owner: string
  /** A path or webhook itself, whose operations have pages of their own. */
  ofPages?: boolean
  /** What `$dynamicRef`s mean here. */
  scope?: DynamicScope
}

interface Waiting {
  home: string[]
  name: string
  kind: Kind
  target: Spot
  scope?: DynamicScope
}

const sectionKinds: Kind[] = [
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

/** Keys of a schema that would change what the references of the bundled document mean. */
const addresses = new Set(['$id', '$anchor', '$dynamicAnchor', '$dynamicRef'])

/** Keys that hold a text wherever they stand. */
const texts = new Set(['title', 'summary', 'description', 'operationId', 'termsOfService'])

/** Goes through a document from its root and writes it anew, in one piece. */
export class Walk {
  readonly #parts: Parts
  readonly #variants: Variants
  readonly #operationIds: OperationIds
  readonly #waiting: Waiting[] = []
  /** Targets being written in place, to stop at one that contains itself. */
  readonly #open = new Set<string>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#variants = new Variants(parts.resolver)
    this.#operationIds = new OperationIds(parts.findings)
  }

  run(): JsonObject {
    const { root, reach, origins } = this.#parts
    reach.show('document')
    origins.note({ source: root, steps: [] }, [])
    this.#reserveNames()
    const json = this.#visit(root.value, 'document', { source: root, steps: [], owner: 'document' })
    if (!isObject(json)) throw new Error('The root of a document is a mapping.')
    // The list grows while it is worked off.
    for (const { home, name, kind, target, scope } of this.#waiting) {
      origins.note(target, [...home, name])
      const visit = { ...target, owner: ownerOf(home, name), ...(scope && { scope }) }
      setKey(sectionIn(json, home), name, this.#visit(valueAt(target), kind, visit))
    }
    return json
  }

  /** Names that the root gives count for its own components and for the files they stand for. */
  #reserveNames(): void {
    const { resolver, names, root, swagger } = this.#parts
    for (const kind of sectionKinds) {
      const home = homeOf(kind, swagger)
      if (!home) continue
      const found = resolver.tryLocate({ source: root, steps: home }, kind)
      if (!found || !isObject(found.value)) continue
      for (const [name, entry] of Object.entries(found.value)) {
        names.take(home, name)
        const spot = { source: found.source, steps: [...found.steps, name] }
        // The section itself may lie in another file.
        if (found.source !== root) names.reserve(home, spot, name)
        if (!isPureReference(entry)) continue
        const target = resolver.tryLocate(spot, kind)
        if (target && !resolver.isHome(target, home)) names.reserve(home, target, name)
      }
    }
  }

  #visit(value: unknown, kind: Kind, at: Visit): unknown {
    const { findings, swagger } = this.#parts
    if (typeof value === 'boolean' && kind === 'schema') return value
    if (value === null) {
      findings.warn('empty_value', at, 'Nothing stands here; it is read as an empty mapping.')
      return {}
    }
    if (kind === 'discriminator' && swagger && typeof value === 'string') {
      // Swagger 2.0 has no more than the name of the property here.
      return { propertyName: value }
    }
    if (!isObject(value)) {
      findings.fail(at, at.owner, wrongType(kind, value))
      return {}
    }
    if (kind === 'discriminator') return this.#discriminator(value, at)
    const ref = child(value, '$ref')
    if (typeof ref === 'string' && kind !== 'document') return this.#reference(value, ref, kind, at)
    return this.#fields(value, kind, at)
  }

  #fields(value: JsonObject, kind: Kind, at: Visit, without?: string): JsonObject {
    const result: JsonObject = {}
    if (kind === 'operation') this.#operationIds.note(value, at)
    for (const [key, item] of Object.entries(value)) {
      if (key === without || (kind === 'schema' && addresses.has(key))) continue
      const slot = slotOf(kind, key)
      const inside = this.#inside(at, key, kind)
      if (slot) {
        setKey(result, key, this.#slot(item, slot, this.#pageOf(inside, slot, item), kind))
      } else if (key.startsWith('x-')) {
        setKey(result, key, writeExtension(item, inside, this.#parts))
      } else if (texts.has(key) && isObject(item) && typeof child(item, '$ref') === 'string') {
        const text = this.#text(String(child(item, '$ref')), inside)
        if (text !== undefined) setKey(result, key, text)
      } else {
        setKey(result, key, item)
      }
    }
    const dynamic = kind === 'schema' ? child(value, '$dynamicRef') : undefined
    return typeof dynamic === 'string' ? this.#dynamicReference(result, dynamic, at) : result
  }

  #inside(at: Visit, key: string, kind: Kind): Visit {
    const { source, steps, owner, scope } = at
    const visit = { source, steps: [...steps, key], owner, ...(scope && { scope }) }
    if (kind === 'paths') {
      if (!/^(?:\/|x-)/.test(key) || /[#?]/.test(key)) {
        const message = 'A path begins with "/" and holds no "#" or "?"; it is shown as it stands.'
        this.#parts.findings.warn('path_odd', visit, message)
      }
      return { ...visit, owner: formatPointer(['paths', key]), ofPages: true }
    }
    return at.ofPages ? { ...visit, ofPages: true } : visit
  }

  /** An operation of a path is what a reader meets; what it shares belongs to all of them. */
  #pageOf(at: Visit, slot: Slot, item: unknown, name?: string): Visit {
    if (!at.ofPages || slot.kind !== 'operation') return at
    if (slot.holds === 'map' && name === undefined) return at
    const { ofPages: _, ...visit } = at
    const around = name === undefined ? [] : ['additionalOperations']
    const key = name ?? at.steps.at(-1) ?? ''
    const owner = `${at.owner}${formatPointer([...around, key])}`
    if (child(item, 'x-internal') !== true) this.#parts.reach.show(owner)
    this.#parts.reach.note(owner, at.owner)
    return { ...visit, owner }
  }

  #slot(value: unknown, slot: Slot, at: Visit, parent: Kind): unknown {
    if (slot.holds === 'one') return this.#visit(value, slot.kind, at)
    if (slot.holds === 'list' || (slot.holds === 'orList' && Array.isArray(value))) {
      if (value === null) return []
      if (!Array.isArray(value)) {
        this.#parts.findings.fail(at, at.owner, wrongType('list', value))
        return []
      }
      return value.map((item, index) =>
        this.#visit(item, slot.kind, { ...at, steps: [...at.steps, String(index)] }),
      )
    }
    if (slot.holds === 'orList') return this.#visit(value, slot.kind, at)
    return this.#map(value, slot, at, parent)
  }

  #map(value: unknown, slot: Slot, at: Visit, parent: Kind): unknown {
    const { findings } = this.#parts
    if (value === null) {
      findings.warn('empty_value', at, 'Nothing stands here; it is read as an empty mapping.')
      return {}
    }
    if (!isObject(value)) {
      findings.fail(at, at.owner, wrongType('mapping', value))
      return {}
    }
    const ref = child(value, '$ref')
    // A whole mapping in another file: not in the specification, but widely written.
    if (typeof ref === 'string' && parent !== 'schema') {
      return this.#inPlace(value, ref, at, (item, visit) => this.#map(item, slot, visit, parent))
    }
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(value)) {
      setKey(result, key, this.#entry(item, slot, key, at, parent))
    }
    return result
  }

  #entry(item: unknown, slot: Slot, key: string, at: Visit, parent: Kind): unknown {
    const inside = { ...at, steps: [...at.steps, key] }
    if (parent === 'components') return this.#shared(item, slot.kind, key, inside)
    if (parent !== 'document') {
      return this.#visit(item, slot.kind, this.#pageOf(inside, slot, item, key))
    }
    // Webhooks are seen by readers as paths are; the rest are the components of Swagger 2.0.
    if (slot.kind !== 'pathItem') return this.#shared(item, slot.kind, key, inside)
    const owner = formatPointer([at.steps[0] ?? '', key])
    return this.#visit(item, slot.kind, { ...inside, owner, ofPages: true })
  }

  /** A component of the root: the place where what it refers to is written out. */
  #shared(value: unknown, kind: Kind, name: string, at: Visit): unknown {
    const { resolver, names, origins, swagger } = this.#parts
    const home = homeOf(kind, swagger)
    const owner = home ? ownerOf(home, name) : `${at.steps.at(-2)}/${name}`
    const visit = { ...at, owner, scope: this.#variants.scopeOf(at) }
    if (!home || !isPureReference(value)) return this.#visit(value, kind, visit)
    const target = resolver.tryLocate(at, kind)
    if (target && !resolver.isHome(target, home) && names.known(home, target) === name) {
      origins.note(target, [...home, name])
      return this.#visit(target.value, kind, { ...target, owner, scope: visit.scope })
    }
    return this.#visit(value, kind, visit)
  }

  #reference(value: JsonObject, ref: string, kind: Kind, at: Visit): unknown {
    const home = homeOf(kind, this.#parts.swagger)
    if (!home) {
      return this.#inPlace(value, ref, at, (item, visit) => this.#visit(item, kind, visit), kind)
    }
    const siblings = this.#fields(value, kind, at, '$ref')
    const address = this.#address(ref, kind, home, { ...at, steps: [...at.steps, '$ref'] }, at)
    if (address === undefined) return { 'x-dangling-ref': ref, ...siblings }
    return { $ref: address, ...siblings }
  }

  /** The internal reference that stands for one of the document's; nothing where it is broken. */
  #address(ref: string, kind: Kind, home: string[], spot: Spot, at: Visit): string | undefined {
    const { resolver, findings } = this.#parts
    try {
      const target = resolver.locate(resolver.parse(ref, at), kind)
      if (!resolver.hasEnd(target)) {
        findings.warn('ref_loop', spot, 'The reference leads back to itself: any value will do.')
      }
      return this.#addressOf(target, kind, home, at)
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      findings.fail(spot, at.owner, failure, isForbidden(failure))
      return undefined
    }
  }

  #addressOf(target: Found, kind: Kind, home: string[], at: Visit): string {
    const { resolver, names, reach } = this.#parts
    const variant = this.#variants.variantOf(target, at.scope, at.owner)
    if (!variant && resolver.staysInRoot(target)) {
      const [first = '', second, third] = target.steps
      const owner = first === 'components' ? `${second}/${third}` : `${first}/${second}`
      if (isReachSection(first)) reach.note(at.owner, owner)
      return `#${fragmentOf(target.steps)}`
    }
    let name = names.known(home, target, variant?.key)
    if (name === undefined) {
      name = names.give(home, target, variant)
      const scope = variant?.scope ?? this.#variants.scopeOf(target)
      this.#waiting.push({ home, name, kind, target, ...(scope && { scope }) })
    }
    reach.note(at.owner, ownerOf(home, name))
    return `#${fragmentOf([...home, name])}`
  }

  #dynamicReference(schema: JsonObject, ref: string, at: Visit): JsonObject {
    const home = homeOf('schema', this.#parts.swagger) ?? []
    const spot = { ...at, steps: [...at.steps, '$dynamicRef'] }
    const { resolver, findings } = this.#parts
    try {
      const target = resolver.locate(this.#variants.meant(ref, at, at.scope), 'schema')
      const address = this.#addressOf(target, 'schema', home, at)
      if (schema.$ref === undefined) return { $ref: address, ...schema }
      const both = Array.isArray(schema.allOf) ? schema.allOf : []
      return { ...schema, allOf: [...both, { $ref: address }] }
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      findings.fail(spot, at.owner, failure, isForbidden(failure))
      return { ...schema, 'x-dangling-ref': ref }
    }
  }

  #inPlace(
    value: JsonObject,
    ref: string,
    at: Visit,
    write: (item: unknown, visit: Visit) => unknown,
    kind?: Kind,
  ): unknown {
    const { resolver, findings, origins } = this.#parts
    const { $ref: _, ...siblings } = value
    let target: Found
    try {
      target = resolver.locate(resolver.parse(ref, at))
      if (this.#open.has(keyOf([], target))) throw leadsBack(ref)
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
      // Nobody can tell what operations a path has whose description is missing.
      const always = isForbidden(failure) || (kind === 'pathItem' && at.ofPages === true)
      findings.fail({ ...at, steps: [...at.steps, '$ref'] }, at.owner, failure, always)
      return { ...siblings, 'x-dangling-ref': ref }
    }
    const key = keyOf([], target)
    this.#open.add(key)
    origins.note(target, origins.bundledOf(at))
    const written = write(target.value, { ...at, source: target.source, steps: target.steps })
    this.#open.delete(key)
    return isObject(written) ? { ...written, ...siblings } : written
  }

  /** What a reference in the place of a text names; nothing where that is no text. */
  #text(ref: string, at: Visit): string | undefined {
    const { resolver, findings } = this.#parts
    try {
      const { value } = resolver.locate(resolver.parse(ref, at))
      if (typeof value === 'string') {
        const message = 'A reference stands where a text belongs; the text it names is shown.'
        findings.warn('ref_for_text', at, message)
        return value
      }
    } catch (failure) {
      if (!(failure instanceof RefFailure)) throw failure
    }
    findings.warn('ref_for_text', at, 'A reference stands where a text belongs; it is left out.')
    return undefined
  }

  #discriminator(value: JsonObject, at: Visit): JsonObject {
    const home = homeOf('schema', this.#parts.swagger) ?? []
    const write = (target: unknown, steps: readonly string[]): unknown => {
      // A bare name means a component of the root; anything else is a reference.
      if (typeof target !== 'string' || !/[#/]|\.(?:ya?ml|json)$/i.test(target)) return target
      const spot = { ...at, steps: [...at.steps, ...steps] }
      return this.#address(target, 'schema', home, spot, at) ?? target
    }
    const result = { ...value }
    const mapping = child(value, 'mapping')
    if (isObject(mapping)) {
      const written: JsonObject = {}
      for (const [key, target] of Object.entries(mapping)) {
        setKey(written, key, write(target, ['mapping', key]))
      }
      result.mapping = written
    }
    // OpenAPI 3.2
    const otherwise = child(value, 'defaultMapping')
    if (otherwise !== undefined) result.defaultMapping = write(otherwise, ['defaultMapping'])
    return result
  }
}

function ownerOf(home: readonly string[], name: string): string {
  return `${home.at(-1)}/${name}`
}

/** What may not be read is refused even where no reader would meet it. */
function isForbidden({ code }: RefFailure): boolean {
  return code !== 'ref_dangling' && code !== 'ref_loop'
}

function leadsBack(ref: string): RefFailure {
  const problem = `The reference "${ref.slice(0, 200)}" leads back to itself.`
  return new RefFailure('ref_loop', problem, 'Refer to what is meant.')
}
