import type { GraphQLFieldResolver } from 'graphql'
import type { ContractOperation } from '../rest/contract.ts'
import type { Handler } from '../rest/handler.ts'
import { checkBody } from '../rest/read-request.ts'
import { attempt } from '../store/database.ts'
import type { GraphqlContext } from './context.ts'

// biome-ignore lint/suspicious/noExplicitAny: the schema has checked them against each field's own.
type Arguments = any

/** What an operation of the REST API is called with. */
interface Sent {
  id?: string
  body?: unknown
}

/** How the arguments of each mutation say what its REST twin takes in path and body. */
export const mutations: Readonly<Record<string, (args: Arguments) => Sent>> = {
  createStream: ({ input }) => ({ body: input }),
  updateStream: ({ id, input }) => ({ id, body: input }),
  deleteStream: ({ id }) => ({ id }),
  startStream: ({ id }) => ({ id }),
  stopStream: ({ id }) => ({ id }),
  scheduleStream: ({ id, ...body }) => ({ id, body }),
  cancelStreamSchedule: ({ id }) => ({ id }),
  createUpload: ({ input }) => ({ body: input }),
  createUploadFromLink: ({ input }) => ({ body: input }),
  generateUploadUrl: ({ id }) => ({ id }),
  completeUpload: ({ id }) => ({ id }),
  deleteUpload: ({ id }) => ({ id }),
  applyPlaylistOperations: ({ input: { playlistId, ...body } }) => ({ id: playlistId, body }),
  copyPlaylist: ({ input: { sourcePlaylistId, ...body } }) => ({ id: sourcePlaylistId, body }),
  publishPlaylist: ({ input: { playlistId, ...body } }) => ({ id: playlistId, body }),
  createRtmpDestination: ({ input }) => ({ body: input }),
  deleteDestination: ({ id }) => ({ id }),
  createCardTopUpLink: (body) => ({ body }),
}

/**
 * A mutation is the REST operation it mirrors: the same checks of the body, the same work. A refusal
 * takes back what this field had begun and nothing else.
 *
 * @returns Resolves to what the operation answers, or to the id where it answers nothing.
 */
export function mutate(
  operation: ContractOperation,
  handler: Handler,
  read: (args: Arguments) => Sent,
): GraphQLFieldResolver<unknown, GraphqlContext> {
  return (_, args, context) => {
    const { work } = context
    const { id = '', body } = read(args)
    const sent = leaveOutNulls(body)
    const discarded = work.discarded.length
    context.forget()
    return attempt(
      work.db,
      async () => {
        checkBody(operation, sent)
        const answer = await handler({ work, id, query: {}, body: sent })
        return answer.body === undefined ? id : answer.body
      },
      (error) => {
        work.discarded.length = discarded
        throw error
      },
    )
  }
}

/** GraphQL clients send null for what they leave open. */
function leaveOutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leaveOutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, leaveOutNulls(member)]),
  )
}
