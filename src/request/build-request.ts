import type { Operation, Parameter } from '../model/operation.ts'
import {
  type ApiRequest,
  type ParameterValue,
  parameterKey,
  type RequestValues,
} from './api-request.ts'
import { buildBody } from './body.ts'
import { checkHeader, isForbiddenHeader, isIgnoredHeader } from './headers.ts'
import { isList, serializeInPlace, serializePairs } from './parameter-style.ts'
import { encodeComponent, encodePathLiteral, encodeReserved } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

/** What a request is made from: an operation, or as much of it as the panel holds. */
export type RequestShape = Pick<Operation, 'method' | 'path' | 'parameters' | 'requestBody'>

/**
 * Turns what a reader typed into the one request that is sent, printed and shared.
 *
 * No `Accept` is added: every client asks for anything by itself, and the answers are documented.
 *
 * @param server Base URL for the chosen environment, from `serverFor`.
 * @throws {RequestError} A value cannot be sent as it is; `field` names it.
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object
 */
export function buildRequest(
  operation: RequestShape,
  values: RequestValues,
  server: string,
): ApiRequest {
  const given = new Map(Object.entries(values.parameters))
  const path = buildPath(operation, given)
  const query = buildQuery(operation, given)
  const base = server.replace(/\/+$/, '')
  const url = base + path + (query === '' ? '' : (path.includes('?') ? '&' : '?') + query)
  checkUrl(url, base + path)

  const headers = buildHeaders(operation, given)
  const built = buildBody(operation.requestBody, values)
  if (!built) return { method: operation.method, url, headers }
  if (operation.method === 'HEAD' || operation.method === 'TRACE') {
    throw new RequestError('body_not_allowed', 'body', `${operation.method} cannot have a body.`)
  }
  if (built.contentType !== undefined) headers.push(['Content-Type', built.contentType])
  return { method: operation.method, url, headers, body: built.body }
}

function buildPath(
  { path, parameters }: RequestShape,
  given: ReadonlyMap<string, ParameterValue>,
): string {
  const declared = new Map(
    parameters.filter((parameter) => parameter.in === 'path').map((one) => [one.name, one]),
  )
  // Some documents tell operations apart by a fragment in the path; it never goes on the wire.
  const [template = ''] = path.split('#')
  const [pathTemplate = '', ...queryTemplate] = template.split('?')
  const segments = pathTemplate.split('/').map((segment) => {
    let lastField = 'path'
    const text = segment
      .split(/(\{[^{}]*\})/)
      .map((piece) => {
        if (!/^\{[^{}]*\}$/.test(piece)) return encodePathLiteral(piece)
        const name = piece.slice(1, -1)
        lastField = parameterKey({ in: 'path', name })
        return pathValue(name, declared.get(name), given.get(lastField), lastField)
      })
      .join('')
    if (isDotSegment(text)) {
      throw new RequestError(
        'leaves_its_segment',
        lastField,
        `"${text}" would make this another address: clients fold it away.`,
      )
    }
    return text
  })
  return segments.join('/') + (queryTemplate.length > 0 ? `?${queryTemplate.join('%3F')}` : '')
}

/** `%2e` counts as a dot to the URL parsers of browsers. */
function isDotSegment(segment: string): boolean {
  return /^(\.|%2e){1,2}$/i.test(segment)
}

function pathValue(
  name: string,
  parameter: Parameter | undefined,
  value: ParameterValue | undefined,
  field: string,
): string {
  if (value === undefined) throw new RequestError('missing', field, `${name} is needed.`)
  checkUnicode(name, value, field)
  const text = serialize(name, parameter, value)
  if (text === '' || value === '') {
    throw new RequestError(
      'empty_path_value',
      field,
      `${name} is empty, which would make this another address.`,
    )
  }
  return text

  function serialize(key: string, described: Parameter | undefined, typed: ParameterValue) {
    if (described?.mediaType !== undefined) return encodeComponent(contentText(typed))
    const style = described ?? { style: 'simple', explode: false }
    return serializeInPlace(key, typed, style, encodeComponent)
  }
}

function buildQuery(
  { parameters }: RequestShape,
  given: ReadonlyMap<string, ParameterValue>,
): string {
  const pairs: string[] = []
  for (const { parameter, value, field } of presentIn('query', parameters, given)) {
    checkUnicode(parameter.name, value, field)
    if (parameter.mediaType !== undefined) {
      const name = encodeComponent(parameter.name)
      pairs.push(`${name}=${encodeComponent(contentText(value))}`)
      continue
    }
    // A comma inside an item must not look like one between items.
    const inList = typeof value !== 'string'
    const encode = parameter.allowReserved
      ? (text: string) => encodeReserved(text, inList ? ',;=' : '')
      : encodeComponent
    pairs.push(...serializePairs(parameter.name, value, parameter, encode))
  }
  return pairs.join('&')
}

function buildHeaders(
  { parameters }: RequestShape,
  given: ReadonlyMap<string, ParameterValue>,
): (readonly [name: string, value: string])[] {
  const headers: (readonly [name: string, value: string])[] = []
  for (const { parameter, value, field } of presentIn('header', parameters, given)) {
    if (isIgnoredHeader(parameter.name)) continue
    if (isForbiddenHeader(parameter.name)) {
      throw new RequestError(
        'forbidden_header',
        field,
        `${parameter.name} is set by the client or by its credential, and cannot be typed here.`,
      )
    }
    const text =
      parameter.mediaType !== undefined
        ? contentText(value)
        : serializeInPlace(parameter.name, value, { ...parameter, style: 'simple' }, (one) => one)
    checkHeader(parameter.name, text, field)
    headers.push([parameter.name, text])
  }
  const cookies: string[] = []
  for (const { parameter, value, field } of presentIn('cookie', parameters, given)) {
    checkUnicode(parameter.name, value, field)
    const style = { ...parameter, style: 'form' }
    cookies.push(...serializePairs(parameter.name, value, style, encodeComponent))
  }
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')])
  return headers
}

function presentIn(
  place: Parameter['in'],
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, ParameterValue>,
): { parameter: Parameter; value: ParameterValue; field: string }[] {
  return parameters.flatMap((parameter) => {
    if (parameter.in !== place) return []
    const field = parameterKey(parameter)
    const value = given.get(field)
    if (value !== undefined) return [{ parameter, value, field }]
    const ignorable = place === 'header' && isIgnoredHeader(parameter.name)
    if (parameter.required && !ignorable) {
      throw new RequestError('missing', field, `${parameter.name} is needed.`)
    }
    return []
  })
}

/** A parameter described by `content` is typed as the text of that media type. */
function contentText(value: ParameterValue): string {
  if (typeof value === 'string') return value
  return JSON.stringify(isList(value) ? value : Object.fromEntries(value.entries))
}

function checkUnicode(name: string, value: ParameterValue, field: string): void {
  const texts = typeof value === 'string' ? [value] : isList(value) ? value : value.entries.flat()
  if (!texts.every((text) => text.isWellFormed())) {
    throw new RequestError('not_unicode', field, `${name} holds half a character (a surrogate).`)
  }
}

/** The last word: whatever was typed, browsers must read the same path out of the URL. */
function checkUrl(url: string, written: string): void {
  if (!URL.canParse(url)) {
    throw new RequestError('invalid_server', 'server', `"${url}" is not a full address.`)
  }
  const { origin, pathname, protocol, username, password } = new URL(url)
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') {
    throw new RequestError('invalid_server', 'server', 'The server must be http or https, no more.')
  }
  const writtenPath = written.replace(/^[^:]*:\/\/[^/?]*/, '').replace(/\?.*$/s, '')
  if (pathname !== (writtenPath === '' ? '/' : writtenPath)) {
    throw new RequestError(
      'leaves_its_segment',
      'path',
      `The path ${writtenPath} would be sent to ${origin} as ${pathname}.`,
    )
  }
}
