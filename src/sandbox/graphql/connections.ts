import { invalidInput } from '../domain/domain-error.ts'
import type { Found, ListSearch } from '../domain/search.ts'
import type { Work } from '../domain/work.ts'
import type { GraphqlContext } from './context.ts'
import { readWhere } from './where.ts'

/** Entries of one page. */
const fewest = 1
const most = 100

export interface ConnectionArguments {
  first?: number | null
  after?: string | null
  where?: Readonly<Record<string, unknown>> | null
  orderBy?: { direction: 'ASC' | 'DESC'; field: string } | null
}

const orderColumns: Readonly<Record<string, string>> = {
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
  NAME: 'name',
  AMOUNT_CENTS: 'amountCents',
}

/** Answers a list as a connection: entries, where the page stands, and how many there are. */
export function connection<View>(search: (work: Work, search: ListSearch) => Promise<Found<View>>) {
  return async (_: unknown, args: ConnectionArguments, context: GraphqlContext) => {
    const first = args.first ?? 20
    if (first < fewest || first > most) {
      throw invalidInput('first', `may be ${fewest} to ${most}.`)
    }
    const column = args.orderBy && orderColumns[args.orderBy.field]
    const found = await search(context.work, {
      filter: readWhere(args.where),
      first,
      ...(args.after == null ? {} : { after: args.after }),
      ...(column ? { order: { column, descending: args.orderBy?.direction === 'DESC' } } : {}),
    })
    const edges = found.entries.map(({ cursor, view }) => ({ cursor, node: view }))
    return {
      edges,
      pageInfo: { hasNextPage: found.hasMore, endCursor: edges.at(-1)?.cursor ?? null },
      totalCount: () => context.track(found.count()),
    }
  }
}
