import { pathParts } from '../components/operation/path.ts'
import { firstSentence, plainText } from '../markdown/first-sentence.ts'
import type { Operation, Reference } from '../model/operation.ts'
import { fieldRecords } from './field-records.ts'
import type { SearchRecord } from './record.ts'

/** Everything of a reference that can be found, in reading order. */
export function referenceRecords(reference: Reference): SearchRecord[] {
  const tags = new Map(reference.tags.map((tag) => [tag.slug, tag.title]))
  const { operations, events, problems, schemas } = reference
  return [
    ...reference.tags.map(
      ({ title, href, name, description }): SearchRecord => ({
        kind: 'Resource',
        href,
        title,
        place: '',
        text: wordsOf(description),
        names: name,
      }),
    ),
    ...[...operations, ...events].map((operation) =>
      operationRecord(operation, tags.get(operation.tag) ?? ''),
    ),
    ...problems.map(
      ({ code, href, title, meaning, remedy, status }): SearchRecord => ({
        kind: 'Error code',
        href,
        title: code,
        place: title,
        text: `${status}. ${plainText(meaning)} ${plainText(remedy)}`,
      }),
    ),
    ...schemas.map(
      ({ name, href, title, description }): SearchRecord => ({
        kind: 'Schema',
        href,
        title: name,
        place: title === name ? '' : title,
        text: wordsOf(description),
      }),
    ),
    ...fieldRecords(reference),
  ]
}

function operationRecord(operation: Operation, place: string): SearchRecord {
  const { id, method, summary, description, href, event } = operation
  const path = pathParts(operation)
    .map(({ text }) => text)
    .join('')
  return {
    kind: event?.kind === 'webhook' ? 'Webhook' : event ? 'Callback' : 'Operation',
    href,
    title: summary,
    place,
    text: wordsOf(description),
    method,
    path,
    // The document writes a path without what its server puts before it.
    names: path === operation.path ? id : `${id} ${operation.path}`,
  }
}

/** Enough to be found by, and no more: the index grows with every word. */
function wordsOf(description: string): string {
  return plainText(firstSentence(description))
}
