import { STATUS_CODES } from 'node:http'
import type {
  MediaTypeDescription,
  Reference,
  ResponseDescription,
  SchemaView,
} from '../../model/operation.ts'
import { schemaKey, withoutCodes } from '../schema/schema-key.ts'

/** Share of all operations from which on an error counts as common. */
const most = 0.6

/** Tells whether an answer belongs to it. */
export type AnswerSet = Pick<ReadonlySet<ResponseDescription>, 'has'>

const found = new WeakMap<Reference, AnswerSet>()

/**
 * The error answers that most operations of the document give alike: same status and same codes.
 * A page folds them away. They are known by what they say, because an operation works its answers
 * out anew when they are read again.
 */
export function commonAnswers(reference: Reference): AnswerSet {
  const known = found.get(reference)
  if (known) return known
  const keys = findCommonKeys(reference)
  const common: AnswerSet = {
    has: (response) => isError(response) && keys.has(answerKey(response)),
  }
  found.set(reference, common)
  return common
}

function findCommonKeys(reference: Reference): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { responses } of reference.operations) {
    for (const key of responses.filter(isError).map(answerKey)) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  // In a small document every error would be common.
  const least = Math.max(4, reference.operations.length * most)
  return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key))
}

/** Anchors of the answers further up that have the same fields, or the same headers. */
export interface AnswerRepeats {
  fields?: string
  headers?: string
}

/**
 * Finds what a page need not spell out twice: errors look the same whatever their status, and most
 * answers carry the same headers. The first of a kind has no entry for it; later ones name it.
 *
 * @param responses In the order of the page.
 */
export function answerRepeats(
  responses: readonly ResponseDescription[],
): Map<ResponseDescription, AnswerRepeats> {
  const fields = new Map<string, string>()
  const headers = new Map<string, string>()
  return new Map(
    responses.map((response) => {
      const view = response.content[0]?.view
      const repeats: AnswerRepeats = {
        ...(view &&
          isError(response) &&
          firstOf(fields, fieldsKey(response, view), response, 'fields')),
        ...(response.headers.length > 0 &&
          firstOf(headers, headersKey(response), response, 'headers')),
      }
      return [response, repeats]
    }),
  )
}

/** Media types of an answer, those with the same fields together. */
export function answerForms(
  content: readonly MediaTypeDescription[],
): { mediaTypes: string[]; view: SchemaView | undefined }[] {
  const groups = Map.groupBy(content, ({ view }) => (view ? schemaKey(view) : ''))
  return [...groups.values()].map((media) => ({
    mediaTypes: media.map(({ mediaType }) => mediaType),
    view: media[0]?.view,
  }))
}

function firstOf(
  seen: Map<string, string>,
  key: string,
  { anchor }: ResponseDescription,
  part: 'fields' | 'headers',
): AnswerRepeats {
  const first = seen.get(key)
  if (first) return { [part]: first }
  seen.set(key, anchor)
  return {}
}

/** `404` → `404 Not Found`; what has no name of its own stays as it is. */
export function statusInWords(status: string): string {
  if (status === 'default') return 'Any other'
  const name = STATUS_CODES[status]
  return name ? `${status} ${name}` : status
}

function isError({ status }: ResponseDescription): boolean {
  return /^[45]/.test(status)
}

function answerKey({ status, problems }: ResponseDescription): string {
  return [status, ...problems.map(({ code }) => code).toSorted()].join(' ')
}

function fieldsKey({ content, problems }: ResponseDescription, view: SchemaView): string {
  // What comes in several forms is only the same where all of them are.
  const others = content.slice(1).map((media) => [media.mediaType, media.view])
  return schemaKey(withoutCodes(view, problems)) + withoutAnchors(others)
}

function headersKey({ headers }: ResponseDescription): string {
  return withoutAnchors(headers)
}

function withoutAnchors(parts: unknown): string {
  return JSON.stringify(parts, (key, value: unknown) => (key === 'anchor' ? undefined : value))
}
