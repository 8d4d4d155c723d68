import { type Signal, signal } from '@preact/signals'
import type { Parameter } from '../../../model/operation.ts'
import {
  isList,
  type ParameterValue,
  parameterKey,
  parameterText,
  RequestError,
} from '../../../request/index.ts'
import { type FieldKind, fieldKind } from './field-kind.ts'

/** One parameter as it is typed in. */
export interface Field {
  key: string
  parameter: Parameter
  kind: FieldKind
  /** Masked, and kept out of everything that is stored or shown elsewhere. */
  secret: boolean
  /** What was typed. Nothing where the parameter is not sent; an empty text is sent as one. */
  value: Signal<ParameterValue | undefined>
}

export function createField(parameter: Parameter, example: ParameterValue | undefined): Field {
  const kind = fieldKind(parameter)
  const { secret } = parameter.view
  return {
    key: parameterKey(parameter),
    parameter,
    kind,
    secret,
    value: signal(secret ? undefined : fitting(kind, example)),
  }
}

/** An example may be written as a text where the form has several inputs. */
function fitting(kind: FieldKind, value: ParameterValue | undefined): ParameterValue | undefined {
  if (value === undefined) return undefined
  if (kind === 'object') return typeof value === 'string' || isList(value) ? undefined : value
  if (isStructured(kind)) return isList(value) ? value : [value].filter(isText)
  return typeof value === 'string' ? value : JSON.stringify(plainValue(value))
}

function isText(value: ParameterValue): value is string {
  return typeof value === 'string'
}

/** Typed in several inputs. */
export function isStructured(kind: FieldKind): boolean {
  return kind === 'list' || kind === 'choices' || kind === 'object'
}

/** What the samples print for a field: its secret gives way to what the document says. */
export function printableValue({ value, secret, parameter }: Field): ParameterValue | undefined {
  const typed = value.value
  if (!secret || typed === undefined || typed === '') return typed
  return parameter.examples[0]?.text ?? '…'
}

/** Texts nested as they are, an object with its members in order. */
export function plainValue(value: ParameterValue): unknown {
  if (typeof value === 'string') return value
  if (isList(value)) return value.map(plainValue)
  return Object.fromEntries(value.entries.map(([name, member]) => [name, plainValue(member)]))
}

/** Why a value cannot go at all; what the API may dislike is no reason. */
export function refusalOf({ parameter, value }: Field): string | undefined {
  const typed = value.value
  if (parameter.in === 'path' && (typed === undefined || typed === '')) {
    return `${parameter.name} is needed: without it this would be another address.`
  }
  if (typed === undefined) return undefined
  try {
    const text = parameterText(parameter, typed)
    return parameter.in === 'path' ? pathRefusal(parameter.name, text) : undefined
  } catch (cause) {
    if (cause instanceof RequestError) return cause.message
    throw cause
  }
}

/**
 * Escaped or not, a slash is read as the end of a segment by many a server or proxy, and a dot
 * segment is folded away before anything is sent.
 */
function pathRefusal(name: string, text: string): string | undefined {
  if (/%2f|%5c/i.test(text)) {
    return `${name} has a slash, which many servers read as another address. Use the curl for it.`
  }
  if (/^(\.|%2e){1,2}$/i.test(text)) {
    return `${name} is "${text}", which would make this another address.`
  }
  return undefined
}

/** The piece of the request that a value becomes; nothing while there is none. */
export function pieceOf({ parameter, value }: Field): string | undefined {
  const typed = value.value
  if (typed === undefined) return undefined
  try {
    const text = parameterText(parameter, typed)
    return parameter.in === 'header' ? `${parameter.name}: ${text}` : text
  } catch {
    return undefined
  }
}
