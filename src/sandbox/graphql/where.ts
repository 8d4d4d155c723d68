import { invalidInput } from '../domain/domain-error.ts'
import type { Filter } from '../store/search.ts'

type WhereInput = Readonly<Record<string, unknown>>

/** Conditions of one `where`, values of one list, and how deep conditions may nest. */
const mostConditions = 100
const mostValues = 100
const deepest = 8

/** Fields whose name is not the column's. */
const columns: Readonly<Record<string, string>> = {
  destinationID: 'destinationId',
  streamID: 'streamId',
}

const comparisons = { GT: '>', GTE: '>=', LT: '<', LTE: '<=' } as const

/**
 * Reads a `where`: the name of a field is the name of what it looks at and, behind it, how it
 * compares. The schema has let only known fields through.
 *
 * @throws {DomainError} `INVALID_INPUT` for a condition that is too large.
 */
export function readWhere(where: WhereInput | null | undefined): Filter {
  let left = mostConditions
  const read = (input: WhereInput, depth: number): Filter => {
    if (depth > deepest) throw invalidInput('where', `nests deeper than ${deepest} levels.`)
    const filters: Filter[] = []
    for (const [name, value] of Object.entries(input)) {
      if (value == null) continue
      left -= 1
      if (left < 0) throw invalidInput('where', `has more than ${mostConditions} conditions.`)
      filters.push(readCondition(name, value, (inner) => read(inner, depth + 1)))
    }
    return { all: filters }
  }
  return read(where ?? {}, 1)
}

function readCondition(name: string, value: unknown, read: (inner: WhereInput) => Filter): Filter {
  if (name === 'and') return { all: (value as WhereInput[]).map(read) }
  if (name === 'or') return { any: (value as WhereInput[]).map(read) }
  if (name === 'not') return { not: read(value as WhereInput) }
  const [, field = name, how] = /^(.+?)(In|ContainsFold|Contains|GTE|GT|LTE|LT)?$/.exec(name) ?? []
  const column = columns[field] ?? field
  switch (how) {
    case undefined:
      return { column, oneOf: [value as string] }
    case 'In': {
      const values = value as string[]
      if (values.length > mostValues) {
        throw invalidInput(`where/${name}`, `holds more than ${mostValues} values.`)
      }
      return { column, oneOf: values }
    }
    case 'Contains':
    case 'ContainsFold':
      return { column, contains: value as string, anyCase: how === 'ContainsFold' }
    default: {
      const compare = comparisons[how as keyof typeof comparisons]
      return { column, compare, value: Date.parse(value as string) }
    }
  }
}
