import type { MediaTypeDescription } from '../model/operation.ts'

/** A media type without its parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase()
}

/** True for a property the document describes as raw bytes: receivers expect a file there. */
export function isFileProperty({ schema }: MediaTypeDescription, name: string): boolean {
  const property = member(member(schema, 'properties'), name)
  const described = member(property, 'items') ?? property
  return (
    member(described, 'format') === 'binary' ||
    (member(described, 'contentMediaType') !== undefined &&
      member(described, 'contentEncoding') === undefined)
  )
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
