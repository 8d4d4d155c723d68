import { STATUS_CODES } from 'node:http'
import type { Reference, ResponseDescription } from '../../model/operation.ts'

/** Share of all operations from which on an error counts as common. */
const most = 0.6

const found = new WeakMap<Reference, ReadonlySet<ResponseDescription>>()

/**
 * Error answers that most operations of the document give alike: same status, and no code of their
 * own. A page folds them away. Found once per reference.
 */
export function commonAnswers(reference: Reference): ReadonlySet<ResponseDescription> {
  const known = found.get(reference)
  if (known) return known

  const counts = new Map<string, number>()
  const errors = reference.operations.flatMap(({ responses }) => responses.filter(isError))
  for (const response of errors) {
    const key = answerKey(response)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  // In a small document every error would be common.
  const least = Math.max(4, reference.operations.length * most)
  const common = new Set(errors.filter((error) => (counts.get(answerKey(error)) ?? 0) >= least))
  found.set(reference, common)
  return common
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
