import { readFileSync } from 'node:fs'
import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { explorerFacts } from '../../src/graphql/explorer/facts.ts'
import { needsOf } from '../../src/graphql/explorer/query-needs.ts'
import { graphql, reference } from '../agents/reference.ts'

const schema = buildSchema(readFileSync('openapi/schema.graphql', 'utf8'))
const { operations } = explorerFacts(graphql, reference)
const needs = (query: string, name?: string) => needsOf(schema, parse(query), name, operations)
const names = ({ scopes }: ReturnType<typeof needs>) => scopes.map(({ name }) => name)

test('a query needs the scopes of every field in it, fragments included', () => {
  expect(names(needs('{ me { id } }'))).toEqual(['streamloop:read'])
  const more = needs(
    'query { me { id } ...B } fragment B on Query { invoices { pageInfo { hasNextPage } } }',
  )
  expect(names(more).toSorted()).toEqual(['streamloop:billing', 'streamloop:read'])
  expect(more.confirms).toEqual([])
})

test('of several operations only the one that is sent counts', () => {
  const query = 'query A { me { id } } mutation B { deleteDestination(id: "1") { id } }'
  expect(needs(query, 'A')).toMatchObject({ kind: 'query', confirms: [] })
  expect(names(needs(query, 'B'))).toContain('streamloop:destructive')
})

test('every mutation that deletes or spends is asked about, in the words of its operation', () => {
  const mutations = graphql.roots.find(({ kind }) => kind === 'mutation')?.fields ?? []
  for (const { name, args, operation } of mutations) {
    const given = args.length > 0 ? `(${args.map((arg) => `${arg.name}: null`).join(', ')})` : ''
    const { confirms } = needs(`mutation { ${name}${given} { __typename } }`)
    const own = reference.operations.find(({ id }) => id === operation)
    if (own?.confirm) expect(confirms.join(' '), name).toContain(own.confirm)
    if (/^delete|TopUp/.test(name)) expect(confirms, name).toHaveLength(1)
  }
})

test('a mutation hidden behind another name, or twice in one request, is asked about', () => {
  const { confirms } = needs(
    'mutation { harmless: deleteDestination(id: "1") { id } deleteUpload(id: "2") { id } }',
  )
  expect(confirms).toHaveLength(2)
})
