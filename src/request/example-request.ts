import type { Example, Parameter, RequestBodyDescription } from '../model/operation.ts'
import {
  type ApiRequest,
  type ParameterValue,
  parameterKey,
  type RequestValues,
} from './api-request.ts'
import { buildRequest, type RequestShape } from './build-request.ts'
import { canBeTyped } from './form-fields.ts'
import { asParameterValue } from './form-text.ts'
import { isJsonArray, isJsonObject, type JsonValue, readJson } from './json-text.ts'

/** What a snippet shows before anything is typed: required parameters and the body, by example. */
export function exampleRequest(operation: RequestShape, server: string): ApiRequest {
  return buildRequest(operation, exampleValues(operation), server)
}

/**
 * Values from the document's examples, for required parameters and the body only: optional ones,
 * such as a cursor, would mostly make the call do something else.
 *
 * @param exampleName Example of the body, and of each parameter that has one of that name; the
 * first one without it.
 */
export function exampleValues(
  { method, path, parameters, requestBody }: RequestShape,
  exampleName?: string,
): RequestValues {
  const entries = parameters
    .filter((parameter) => parameter.required && canBeTyped(parameter))
    .map((parameter) => [parameterKey(parameter), exampleOf(parameter, exampleName)] as const)
  const known = new Map(entries)
  // A template may name what nobody described; its name stands in for it.
  for (const [, name = ''] of path.matchAll(/\{([^{}]*)\}/g)) {
    const key = parameterKey({ in: 'path', name })
    if (!known.has(key)) known.set(key, name)
  }
  const bodyless = method === 'HEAD' || method === 'TRACE'
  return {
    parameters: Object.fromEntries(known),
    ...(requestBody && !bodyless && exampleBody(requestBody, exampleName)),
  }
}

function exampleOf(parameter: Parameter, exampleName: string | undefined): ParameterValue {
  const { text, generated } = pick(parameter.examples, exampleName) ?? {}
  // Of a text that was made, the name says more of what goes there.
  if (text === undefined || (generated && text === 'string')) {
    return parameter.view.enum?.[0]?.value ?? parameter.name
  }
  return parameter.mediaType === undefined ? parameterValue(parameter, text) : text
}

/**
 * Reads an example or default of a styled parameter: an array or object from its JSON text, the
 * rest as the bare text it is.
 */
export function parameterValue(
  { schema, style }: Pick<Parameter, 'schema'> & Partial<Pick<Parameter, 'style'>>,
  text: string,
): ParameterValue {
  if (!/^\s*["[{]/.test(text)) return text
  let value: JsonValue
  try {
    value = readJson(text)
  } catch {
    return text
  }
  if (isJsonArray(value) || isJsonObject(value)) return asParameterValue(value, style ?? 'form')
  // Text in quotes is JSON for a string, unless a string was meant that has quotes of its own.
  const isString = typeof schema === 'object' && schema.type === 'string'
  return isString && typeof value === 'string' ? value : text
}

function exampleBody(
  { content }: RequestBodyDescription,
  exampleName: string | undefined,
): Pick<RequestValues, 'mediaType' | 'body'> {
  const media =
    content.find(({ examples }) => examples.some(({ name }) => name === exampleName)) ?? content[0]
  const example = media && pick(media.examples, exampleName)
  if (!media || !example || example.text === '') return {}
  return { mediaType: media.mediaType, body: example.text }
}

function pick(examples: readonly Example[], name: string | undefined): Example | undefined {
  return examples.find((example) => example.name === name) ?? examples[0]
}
