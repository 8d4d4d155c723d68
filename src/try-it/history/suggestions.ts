import type { Parameter } from '../../model/operation.ts'
import { type FoundId, isIdKey } from './found-ids.ts'
import type { PastCall } from './past-call.ts'

const mostSuggestions = 20

/** Suggestions from what was answered in one environment, newest first. */
export function suggestFrom(
  calls: readonly PastCall[],
  environment: string,
): (parameter: Parameter) => readonly FoundId[] {
  const found = new Map<string, FoundId>()
  for (const call of calls) {
    if (call.outcome.kind !== 'answer' || call.environment !== environment) continue
    for (const id of call.outcome.ids) if (!found.has(id.value)) found.set(id.value, id)
  }
  const ids = [...found.values()]
  return (parameter) => suggestionsFor(parameter, ids)
}

/**
 * Ids that fit a parameter: those that begin as its example does (`stream_…`), or look like it
 * where its ids have no beginning of their own and the names agree.
 */
export function suggestionsFor(parameter: Parameter, ids: readonly FoundId[]): FoundId[] {
  if (!isIdKey(parameter.name)) return []
  const examples = [
    ...parameter.examples.map(({ text }) => text),
    ...parameter.view.examples.map((text) => text.replace(/^"|"$/g, '')),
    // A schema's own pattern such as `^stream_` tells the beginning too.
    beginningOf(parameter.schema),
  ].filter((text) => text !== '')
  const prefixes = new Set(examples.map(prefixOf).filter((prefix) => prefix !== ''))
  const fits = ({ key, value }: FoundId) =>
    prefixes.size > 0
      ? prefixes.has(prefixOf(value))
      : plain(key) === plain(parameter.name) ||
        examples.some((text) => isUuid(text) && isUuid(value))
  return ids.filter(fits).slice(0, mostSuggestions)
}

/** `stream_` of `stream_01JB8`; empty where nothing parts it. */
function prefixOf(id: string): string {
  return /^[A-Za-z][A-Za-z0-9]{0,29}[_:](?=[\w-])/.exec(`${id}`)?.[0] ?? ''
}

function beginningOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null || !('pattern' in schema)) return ''
  const [, beginning] = /^\^([A-Za-z][A-Za-z0-9]{0,29}[_:])/.exec(String(schema.pattern)) ?? []
  return beginning ? `${beginning}x` : ''
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(text)
}

function plain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase()
}
