import { describe, expect, test } from 'vitest'
import { exampleOf } from '../../src/graphql/example.ts'
import { graphqlPages } from '../../src/graphql/pages.ts'
import { readSchema } from '../../src/graphql/read-schema.ts'
import { GraphqlSchemaError } from '../../src/graphql/schema-error.ts'

const directive = 'directive @operation(id: String!) on FIELD_DEFINITION | OBJECT\n'

const read = (sdl: string, operationIds: string[] = []) =>
  readSchema({
    file: 'api.graphql',
    sdl: directive + sdl,
    path: '/graphql',
    operationIds: new Set(operationIds),
  })

describe('reading a schema', () => {
  test('gives each root field and each type of its own a page, and no other', () => {
    const reference = read(`
      type Query { books(first: Int = 10): [Book!]! @deprecated(reason: "Use shelf.") }
      type Book implements Thing { id: ID!, shelf: Shelf }
      interface Thing { id: ID! }
      enum Shelf { HIGH LOW }
    `)
    expect(graphqlPages(reference, false).map(({ path }) => path)).toEqual([
      '/graphql/',
      '/graphql/queries/',
      '/graphql/queries/books/',
      '/graphql/types/',
      '/graphql/types/book/',
      '/graphql/types/shelf/',
      '/graphql/types/thing/',
    ])
    const [books] = reference.roots[0]?.fields ?? []
    expect(books).toMatchObject({
      deprecated: 'Use shelf.',
      type: { before: '[', name: 'Book', after: '!]!', href: '/graphql/types/book/' },
      args: [{ name: 'first', default: '10', required: false }],
    })
    expect(reference.types.find(({ name }) => name === 'Thing')?.possible).toMatchObject([
      { name: 'Book' },
    ])
    expect(reference.types.find(({ name }) => name === 'Shelf')?.usedBy).toEqual([
      { label: 'Book.shelf', href: '/graphql/types/book/#field-shelf' },
    ])
  })

  test('keeps names apart that differ in letter case alone', () => {
    const { types } = read(
      'type Query { a: Item, b: ITEM } type Item { id: ID } type ITEM { id: ID }',
    )
    expect(new Set(types.map(({ href }) => href)).size).toBe(2)
  })

  test('says file and line of an operation that is not there', () => {
    const attempt = () => read('type Query {\n  me: ID @operation(id: "gone")\n}')
    expect(attempt).toThrow(GraphqlSchemaError)
    expect(attempt).toThrow(
      'api.graphql:3: the OpenAPI document has no operation with the id "gone".',
    )
  })

  test('says file and line of what is no schema', () => {
    expect(() => read('type Query {\n  me: \n}')).toThrow(/^api\.graphql:4: Syntax Error/)
    expect(() => read('type Query { me: Nobody }')).toThrow(
      /^api\.graphql:\d+: Unknown type "Nobody"/,
    )
  })
})

describe('an example', () => {
  const example = (sdl: string, name: string) => {
    const reference = read(sdl)
    const field = reference.roots.flatMap(({ fields }) => fields).find((one) => one.name === name)
    if (!field) throw new Error(`no field ${name}`)
    return exampleOf(field, reference, { operations: [] })
  }

  test('asks for a page of a list by its nodes', () => {
    const { query, variables } = example(
      `type Query { books(first: Int, after: String): BookConnection! }
       type BookConnection { pageInfo: PageInfo!, edges: [BookEdge!]! }
       type PageInfo { hasNextPage: Boolean! }
       type BookEdge { cursor: String!, node: Book! }
       type Book { id: ID!, sequels: BookConnection! }`,
      'books',
    )
    expect(query.replace(/\s+/g, ' ')).toBe(
      'query Books($first: Int) { books(first: $first) { pageInfo { hasNextPage } edges { node { id } } } }',
    )
    expect(variables).toEqual({ first: 3 })
  })

  test('fills required inputs by their types and ends where a type holds itself', () => {
    const { query, variables } = example(
      `type Query { tree(where: Where!): Tree! }
       input Where { kind: Kind!, sizes: [Int!]!, not: Where, deep: Boolean! }
       enum Kind { OAK ELM }
       type Tree { id: ID!, left: Tree, right: Tree }`,
      'tree',
    )
    expect(variables).toEqual({ where: { kind: 'OAK', sizes: [1], deep: true } })
    expect(query).toContain('{\n    id\n  }')
  })

  test('of a union asks for its first member', () => {
    const { query } = example(
      'type Query { find: Found } union Found = Cat | Dog type Cat { name: String } type Dog { id: ID }',
      'find',
    )
    expect(query).toContain('__typename\n    ... on Cat {\n      name\n    }')
  })
})
