import { type GraphqlPage, graphqlPages } from '../graphql/pages.ts'
import type { GraphqlReference } from '../graphql/reference.ts'
import type { SearchRecord } from './record.ts'

/**
 * A record for each page about a GraphQL schema; the names inside find it, and are not shown.
 *
 * @param canSend The explorer has a page.
 */
export function graphqlRecords(
  reference: GraphqlReference | undefined,
  canSend: boolean,
): SearchRecord[] {
  return graphqlPages(reference, canSend).map((page) => ({
    kind: 'GraphQL',
    href: page.path,
    title: titleOf(page),
    place: placeOf(page),
    // Where the schema says nothing of a thing, its description is its name again.
    text: page.description === titleOf(page) ? '' : page.description,
    words: namesIn(page).join(' '),
  }))
}

function titleOf(page: GraphqlPage): string {
  if (page.view === 'field') return page.field.name
  return page.view === 'type' ? page.type.name : page.title
}

function placeOf(page: GraphqlPage): string {
  if (page.view === 'field') return page.root.kind
  if (page.view !== 'type') return ''
  return page.type.kind
}

function namesIn(page: GraphqlPage): string[] {
  if (page.view === 'field') return page.field.args.map(({ name }) => name)
  if (page.view !== 'type') return []
  const { fields, inputs, values } = page.type
  return [...fields, ...inputs, ...values].map(({ name }) => name)
}
