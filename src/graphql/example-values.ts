import type { Operation } from '../model/operation.ts'
import type { GraphqlInput, GraphqlReference, GraphqlType, TypeUse } from './reference.ts'

export type ExampleValue =
  | string
  | number
  | boolean
  | null
  | ExampleValue[]
  | { [name: string]: ExampleValue }

/**
 * Values for the arguments of a field, from the examples of the REST operation it mirrors: a pasted
 * request then names things that exist. What the examples do not say is made from the types.
 */
export class ExampleValues {
  readonly #types: ReadonlyMap<string, GraphqlType>
  readonly #body: unknown
  readonly #parameters: ReadonlyMap<string, string>
  readonly #firstId: string | undefined

  constructor(reference: GraphqlReference, operation: Operation | undefined) {
    this.#types = new Map(reference.types.map((type) => [type.name, type]))
    this.#body = operation && bodyExample(operation)
    this.#parameters = new Map(
      operation?.parameters.flatMap(({ name, examples }) => {
        const text = examples[0]?.text
        return text === undefined ? [] : [[plainName(name), text] as const]
      }),
    )
    const inPath = operation?.parameters.find((parameter) => parameter.in === 'path')
    this.#firstId = inPath?.examples[0]?.text ?? (operation && answeredId(operation))
  }

  /** An argument's value; the body's member of its name, or the whole body where it is an input. */
  of({ name, type }: GraphqlInput): ExampleValue {
    const member = memberOf(this.#body, name)
    const isInput = this.#types.get(type.name)?.kind === 'input'
    const given = member ?? (isInput ? this.#body : this.#parameters.get(plainName(name)))
    return this.#value(type, given, [])
  }

  #value(type: TypeUse, given: unknown, inside: readonly string[]): ExampleValue {
    if (type.before.startsWith('[')) {
      const item = { ...type, before: type.before.slice(1), after: type.after.replace(/\]!?$/, '') }
      const items = Array.isArray(given) ? given : [given]
      return items.slice(0, 3).map((one) => this.#value(item, one, inside))
    }
    const named = this.#types.get(type.name)
    switch (named?.kind) {
      case 'input':
        return this.#input(named, given, inside)
      case 'enum': {
        const names = named.values.map(({ name }) => name)
        return typeof given === 'string' && names.includes(given) ? given : (names[0] ?? null)
      }
      default:
        return this.#scalar(type.name, given)
    }
  }

  #input(
    type: GraphqlType,
    given: unknown,
    inside: readonly string[],
  ): Record<string, ExampleValue> {
    const value: Record<string, ExampleValue> = {}
    if (inside.includes(type.name)) return value
    for (const { name, type: of, required, deprecated } of type.inputs) {
      const member = memberOf(given, name)
      if (member === null || (member === undefined && !required)) continue
      if (deprecated !== undefined && !required) continue
      value[name] = this.#value(of, member, [...inside, type.name])
    }
    return value
  }

  #scalar(name: string, given: unknown): ExampleValue {
    const isPlain = ['string', 'number', 'boolean'].includes(typeof given)
    switch (name) {
      case 'ID':
        return isPlain ? String(given) : (this.#firstId ?? 'id')
      case 'Int':
      case 'Float': {
        const number = Number(given)
        return isPlain && Number.isFinite(number) ? number : 1
      }
      case 'Boolean':
        return typeof given === 'boolean' ? given : true
      case 'String':
        return isPlain ? String(given) : 'text'
      default:
        return isPlain ? (given as ExampleValue) : name
    }
  }
}

/** `destinationID` and `destinationId` are the same to a reader. */
function plainName(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase()
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const wanted = plainName(name)
  return Object.entries(value).find(([key]) => plainName(key) === wanted)?.[1]
}

function bodyExample({ requestBody }: Operation): unknown {
  return parsed(requestBody?.content[0]?.examples[0]?.text)
}

/** The first id in what the operation answers. */
function answeredId({ responses }: Operation): string | undefined {
  const success = responses.find(({ status }) => status.startsWith('2'))
  return findId(parsed(success?.content[0]?.examples[0]?.text))
}

function findId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id } = value as { id?: unknown }
  if (typeof id === 'string') return id
  for (const member of Object.values(value)) {
    const found = findId(member)
    if (found !== undefined) return found
  }
  return undefined
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
