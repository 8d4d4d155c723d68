import type { GraphQLFieldResolver } from 'graphql'
import { getMe } from '../domain/account.ts'
import { getBillingOverview } from '../domain/billing.ts'
import { getDepositAddress, listCryptoCurrencies } from '../domain/crypto.ts'
import { notFound } from '../domain/domain-error.ts'
import type { PlaylistView } from '../domain/playlist-view.ts'
import {
  searchDestinations,
  searchInvoices,
  searchPlaylists,
  searchStreams,
  searchUploads,
} from '../domain/search.ts'
import type { StreamView } from '../domain/stream-view.ts'
import type { UploadAddress } from '../domain/uploads.ts'
import { getUsage, type UsagePeriod } from '../domain/usage.ts'
import { connection } from './connections.ts'
import type { GraphqlContext } from './context.ts'
import type { Loaders } from './loaders.ts'
import { scalars } from './scalars.ts'

type Resolver<Source, Arguments = object> = GraphQLFieldResolver<Source, GraphqlContext, Arguments>
type Kind = 'streams' | 'uploads' | 'playlists' | 'destinations'

/** Types that have an id of their own, by its prefix. */
const nodes: Readonly<Record<string, { type: string; kind: Kind }>> = {
  stream: { type: 'Stream', kind: 'streams' },
  obj: { type: 'S3Object', kind: 'uploads' },
  pl: { type: 'Playlist', kind: 'playlists' },
  dest: { type: 'Destination', kind: 'destinations' },
}

const node: Resolver<unknown, { id: string }> = async (_, { id }, { loaders }) => {
  const known = Object.hasOwn(nodes, id.split('_')[0] ?? '')
    ? nodes[id.split('_')[0] ?? '']
    : undefined
  const found = known && (await find(loaders, known.kind, id))
  return found ? { __typename: known.type, ...found } : null
}

function one(what: string, kind: Kind): Resolver<unknown, { id: string }> {
  return async (_, { id }, { loaders }) => {
    const found = await find(loaders, kind, id)
    if (!found) throw notFound(what, id)
    return found
  }
}

function find(loaders: Loaders, kind: Kind, id: string): Promise<object | undefined> {
  return loaders[kind].load(id)
}

const billing: Resolver<unknown> = async (_, __, { work }) =>
  (await getBillingOverview(work))?.billing ?? null

const query = {
  me: (_: unknown, __: unknown, { work }: GraphqlContext) => getMe(work),
  node,
  billing,
  stream: one('stream', 'streams'),
  streams: connection(searchStreams),
  upload: one('upload', 'uploads'),
  uploads: connection(searchUploads),
  playlist: one('playlist', 'playlists'),
  playlists: connection(searchPlaylists),
  destination: one('destination', 'destinations'),
  destinations: connection(searchDestinations),
  invoices: connection(searchInvoices),
  usageAnalytics: (_: unknown, args: { period?: UsagePeriod | null }, { work }: GraphqlContext) =>
    getUsage(work, args.period ?? undefined),
  cryptoCurrencies: (_: unknown, __: unknown, { work }: GraphqlContext) =>
    listCryptoCurrencies(work),
  cryptoDepositAddress: (
    _: unknown,
    { currency }: { currency: string },
    { work }: GraphqlContext,
  ) => getDepositAddress(work, currency),
}

/** A thing that another one names by its id. */
function reference<Source>(kind: Kind, idOf: (source: Source) => string | null): Resolver<Source> {
  return (source, _, { loaders }) => {
    const id = idOf(source)
    return id === null ? null : find(loaders, kind, id)
  }
}

const stream: Record<string, Resolver<StreamView>> = {
  destination: reference('destinations', ({ destinationID }) => destinationID),
  videoUploadObject: reference('uploads', ({ videoUploadObjectID }) => videoUploadObjectID),
  audioUploadObject: reference('uploads', ({ audioUploadObjectID }) => audioUploadObjectID),
  playlists: async ({ playlistIDs }, _, { loaders }) =>
    (await Promise.all(playlistIDs.map((id) => loaders.playlists.load(id)))).filter(
      (playlist) => playlist !== undefined,
    ),
  readiness: ({ id }, _, { loaders }) => loaders.readiness.load(id),
  youtubeLiveStats: async ({ id }, _, { loaders }) =>
    (await loaders.liveStats.load(id))?.youtubeLiveStats ?? null,
}

/** How the fields of every type are found, where that is not by their name. */
export const fields = {
  ...scalars,
  Query: query,
  User: { billing },
  Stream: stream,
  Playlist: { stream: reference<PlaylistView>('streams', ({ streamID }) => streamID) },
  PlaylistItem: { object: reference<{ objectID: string }>('uploads', ({ objectID }) => objectID) },
  PresignedUpload: {
    headers: ({ headers }: UploadAddress) =>
      Object.entries(headers).map(([name, value]) => ({ name, value })),
  },
  // A name in GraphQL cannot begin with a digit.
  InvoiceProvider: { _0xprocessing: '0xprocessing' },
}
