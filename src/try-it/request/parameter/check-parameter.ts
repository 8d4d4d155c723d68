import type { ParameterValue } from '../../../request/index.ts'
import { checkValue } from '../check-value.ts'
import type { Field } from './field.ts'
import { plainValue } from './field.ts'

/**
 * What the schemas say to what was typed, by the key of the field. The API has the last word: a
 * value with doubts can still be sent.
 */
export function doubtsAbout(
  values: readonly (readonly [field: Field, value: ParameterValue | undefined])[],
): Map<string, string> {
  const doubts = new Map<string, string>()
  for (const [{ key, parameter }, value] of values) {
    if (value === undefined) continue
    const complaint = firstComplaint(readings(value, parameter.mediaType), parameter.schema)
    if (complaint) doubts.set(key, complaint)
  }
  return doubts
}

/** A value on the wire is text; what the API reads in it may be a number or a text. */
function readings(value: ParameterValue, mediaType: string | undefined): unknown[] {
  if (mediaType !== undefined && typeof value === 'string') {
    if (!/[/+]json\b/i.test(mediaType)) return [value]
    try {
      return [JSON.parse(value)]
    } catch {
      return []
    }
  }
  const plain = plainValue(value)
  return [plain, withPrimitives(plain)]
}

function withPrimitives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPrimitives)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, withPrimitives(member)]),
    )
  }
  if (typeof value !== 'string') return value
  if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)$/.test(value)) {
    return JSON.parse(value)
  }
  return value
}

function firstComplaint(readings: readonly unknown[], schema: Field['parameter']['schema']) {
  if (readings.length === 0) return 'This is not JSON.'
  const complaints = readings.map((value) => checkValue(value, schema)[0])
  if (complaints.some((complaint) => complaint === undefined)) return undefined
  // The reading as a number says more than that a text is no number.
  const { place, message } = complaints.at(-1) ?? { place: '', message: '' }
  return place === '' ? message : `${place}: ${message}`
}
