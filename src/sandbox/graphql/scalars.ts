import { GraphQLError, Kind, type ValueNode } from 'graphql'

function readTime(value: unknown): string {
  const form = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
  if (typeof value === 'string' && form.test(value) && !Number.isNaN(Date.parse(value))) {
    return value
  }
  throw new GraphQLError('A Time is a date-time with a UTC offset (RFC 3339).')
}

function readInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new GraphQLError('An Int64 is a whole number of up to 53 bits.')
}

function readCursor(value: unknown): string {
  if (typeof value === 'string') return value
  throw new GraphQLError('A Cursor is the text that a page carried.')
}

/** Their names and descriptions stand in the schema. */
export const scalars = {
  Time: {
    serialize: readTime,
    parseValue: readTime,
    parseLiteral: (node: ValueNode) => readTime(node.kind === Kind.STRING ? node.value : undefined),
  },
  Int64: {
    serialize: readInteger,
    parseValue: readInteger,
    parseLiteral: (node: ValueNode) =>
      readInteger(node.kind === Kind.INT ? Number(node.value) : undefined),
  },
  Cursor: {
    serialize: readCursor,
    parseValue: readCursor,
    parseLiteral: (node: ValueNode) =>
      readCursor(node.kind === Kind.STRING ? node.value : undefined),
  },
}
