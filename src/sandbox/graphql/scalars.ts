import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'

function refuse(problem: string, node?: ValueNode): GraphQLError {
  return new GraphQLError(problem, { nodes: node })
}

function readTime(value: unknown): string {
  const form = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
  if (typeof value === 'string' && form.test(value) && !Number.isNaN(Date.parse(value))) {
    return value
  }
  throw refuse('A Time is a date-time with a UTC offset (RFC 3339).')
}

function readInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw refuse('An Int64 is a whole number of up to 53 bits.')
}

function readCursor(value: unknown): string {
  if (typeof value === 'string') return value
  throw refuse('A Cursor is the text that a page carried.')
}

export const scalars = {
  Time: new GraphQLScalarType<string, string>({
    name: 'Time',
    serialize: readTime,
    parseValue: readTime,
    parseLiteral: (node) => readTime(node.kind === Kind.STRING ? node.value : undefined),
  }),
  Int64: new GraphQLScalarType<number, number>({
    name: 'Int64',
    serialize: readInteger,
    parseValue: readInteger,
    parseLiteral: (node) => readInteger(node.kind === Kind.INT ? Number(node.value) : undefined),
  }),
  Cursor: new GraphQLScalarType<string, string>({
    name: 'Cursor',
    serialize: readCursor,
    parseValue: readCursor,
    parseLiteral: (node) => readCursor(node.kind === Kind.STRING ? node.value : undefined),
  }),
}
