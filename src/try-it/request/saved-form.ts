import type { ParameterValue } from '../../request/index.ts'

/** The form as it travels in a transaction: without anything secret. */
export interface SavedForm {
  operation: string
  environment: string
  parameters: Record<string, ParameterValue>
  headers?: readonly (readonly [name: string, value: string])[]
  accept?: string
  mediaType?: string
  body?: string
  /** The body stays at home. */
  bodyLeftOut?: boolean
  /** Names of parts, the empty one for the whole body, whose files are not kept. */
  filesLeftOut?: readonly string[]
  /** Names of the secrets that were typed; the vault has the values. */
  secretNames: string[]
  /** The call is to be made once the reader is back. */
  repeat: boolean
}

/** Reads a form that was stored; anything of another shape or operation is nothing. */
export function readSavedForm(value: unknown, operation: string): SavedForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const record = value as Record<string, unknown>
  const { parameters, mediaType, body, secretNames, headers, accept, bodyLeftOut, filesLeftOut } =
    record
  const isOptionalText = (text: unknown) => text === undefined || typeof text === 'string'
  if (
    record.operation !== operation ||
    typeof record.environment !== 'string' ||
    typeof record.repeat !== 'boolean' ||
    typeof parameters !== 'object' ||
    parameters === null ||
    !Object.values(parameters).every((one) => isParameterValue(one)) ||
    !Array.isArray(secretNames) ||
    !secretNames.every((name) => typeof name === 'string') ||
    !(filesLeftOut === undefined || (Array.isArray(filesLeftOut) && filesLeftOut.every(isText))) ||
    !(headers === undefined || (Array.isArray(headers) && headers.every(isPair))) ||
    !isOptionalText(accept) ||
    !isOptionalText(mediaType) ||
    !isOptionalText(body) ||
    !(bodyLeftOut === undefined || typeof bodyLeftOut === 'boolean')
  ) {
    return undefined
  }
  return record as unknown as SavedForm
}

function isPair(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === 'string')
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isParameterValue(value: unknown, depth = 0): value is ParameterValue {
  if (typeof value === 'string') return true
  if (depth > 20 || typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.every((one) => isParameterValue(one, depth + 1))
  const { entries } = value as { entries?: unknown }
  return (
    Array.isArray(entries) &&
    entries.every(
      (entry) =>
        Array.isArray(entry) &&
        entry.length === 2 &&
        typeof entry[0] === 'string' &&
        isParameterValue(entry[1], depth + 1),
    )
  )
}
