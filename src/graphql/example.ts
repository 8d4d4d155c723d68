import type { Operation, Reference } from '../model/operation.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { type ExampleValue, ExampleValues } from './example-values.ts'
import type {
  GraphqlField,
  GraphqlReference,
  GraphqlType,
  RootField,
  TypeUse,
} from './reference.ts'

/** A request that asks for one root field. */
export interface GraphqlExample {
  /** On several lines. */
  query: string
  variables: Readonly<Record<string, ExampleValue>>
}

/** Leaves of one object that an example asks for: enough to see what it is. */
const mostLeaves = 8

/** Writes the example of a field: its required arguments, and the plain fields of what it answers. */
export function exampleOf(
  field: RootField,
  reference: GraphqlReference,
  rest: Pick<Reference, 'operations'>,
): GraphqlExample {
  const types = new Map(reference.types.map((type) => [type.name, type]))
  const values = new ExampleValues(reference, operationFor(field, types, rest))
  const type = types.get(field.type.name)
  const args = field.args.filter(
    (arg) => arg.required || (arg.name === 'first' && isConnection(type)),
  )
  const variables = Object.fromEntries(
    args.map((arg) => [arg.name, arg.required ? values.of(arg) : 3]),
  )
  const heads = args.map(({ name, type: of }) => `$${name}: ${textOf(of)}`)
  const given = args.map(({ name }) => `${name}: $${name}`)
  const selection = new Selection(types, field.operation).of(field.type)
  const name = field.name.charAt(0).toUpperCase() + field.name.slice(1)
  return {
    query: [
      `${field.root} ${name}${listed(heads)} {`,
      `  ${field.name}${listed(given)}${selection.length > 0 ? ' {' : ''}`,
      ...indented(indented(selection)),
      ...(selection.length > 0 ? ['  }'] : []),
      '}',
    ].join('\n'),
    variables,
  }
}

/** The same as one call of the API. */
export function exampleRequest(
  { query, variables }: GraphqlExample,
  { path }: Pick<GraphqlReference, 'path'>,
  api: string,
): ApiRequest {
  // A line break would have to be spelled \n in JSON, which nobody reads.
  const body = {
    query: query.replace(/\s+/g, ' '),
    ...(Object.keys(variables).length > 0 && { variables }),
  }
  return {
    method: 'POST',
    url: api.replace(/\/+$/, '') + path,
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'text', text: JSON.stringify(body, undefined, 2) },
  }
}

/** What a field answers is picked by its own operation, or by that of the first thing it may be. */
function operationFor(
  field: GraphqlField,
  types: ReadonlyMap<string, GraphqlType>,
  { operations }: Pick<Reference, 'operations'>,
): Operation | undefined {
  const first = types.get(field.type.name)?.possible[0]
  const id = field.operation ?? (first && types.get(first.name)?.operation)
  return operations.find((operation) => operation.id === id)
}

export function textOf({ before, name, after }: TypeUse): string {
  return before + name + after
}

function listed(items: readonly string[]): string {
  return items.length > 0 ? `(${items.join(', ')})` : ''
}

/** @see https://relay.dev/graphql/connections.htm */
function isConnection(type: GraphqlType | undefined): boolean {
  return type?.fields.some(({ name }) => name === 'pageInfo') ?? false
}

/** The fields to ask for, as lines. */
class Selection {
  readonly #types: ReadonlyMap<string, GraphqlType>
  readonly #operation: string | undefined

  constructor(types: ReadonlyMap<string, GraphqlType>, operation: string | undefined) {
    this.#types = types
    this.#operation = operation
  }

  /** @param outer Things inside it may have plain fields of their own. */
  of({ name }: TypeUse, outer = true, inside: readonly string[] = []): string[] {
    const type = this.#types.get(name)
    if (!type || isLeaf(type) || inside.includes(name)) return []
    const path = [...inside, name]
    const [first] = type.possible
    if (first) {
      return ['__typename', `... on ${first.name} {`, ...indented(this.of(first, false, path)), '}']
    }
    const lines = this.#wanted(type).flatMap((field) => {
      const inner = this.#types.get(field.type.name)
      if (isLeaf(inner)) return [field.name]
      const isWay = field.name === 'edges' || field.name === 'node'
      if (!(outer || isWay)) return []
      const own = this.of(field.type, field.name === 'edges', path)
      return own.length > 0 ? [`${field.name} {`, ...indented(own), '}'] : []
    })
    return outer && lines.length === 0 ? ['__typename'] : lines
  }

  /** What takes no argument and no other scope; of an edge, its node. */
  #wanted(type: GraphqlType): GraphqlField[] {
    const fields = type.fields.filter(
      ({ args, deprecated, operation }) =>
        !args.some((arg) => arg.required) &&
        deprecated === undefined &&
        (operation === undefined || operation === this.#operation),
    )
    const node = fields.find(({ name }) => name === 'node')
    if (node && fields.some(({ name }) => name === 'cursor')) return [node]
    const isPlain = ({ type: of }: GraphqlField): boolean => isLeaf(this.#types.get(of.name))
    const leaves = new Set(fields.filter(isPlain).slice(0, mostLeaves))
    return fields.filter((field) => leaves.has(field) || !isPlain(field))
  }
}

/** The scalars of the language itself are in no list. */
function isLeaf(type: GraphqlType | undefined): boolean {
  return type === undefined || type.kind === 'enum' || type.kind === 'scalar'
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
