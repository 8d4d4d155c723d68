import type { Operation, Parameter } from '../model/operation.ts'
import {
  type ApiRequest,
  type ParameterValue,
  parameterKey,
  type RequestValues,
} from './api-request.ts'
import { buildBody } from './body.ts'
import { isForbiddenHeader, isIgnoredHeader } from './header-names.ts'
import { checkHeader } from './headers.ts'
import { parameterText } from './parameter-text.ts'
import { encodePathLiteral } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

/** What a request is made from: an operation, or as much of it as the panel holds. */
export type RequestShape = Pick<Operation, 'method' | 'path' | 'parameters' | 'requestBody'>

export interface BuildOptions {
  /**
   * Leaves out what is required and not given, other than in the path: a reader may want to see
   * what the API says to that.
   */
  allowMissing?: boolean
}

/**
 * Turns what a reader typed into the one request that is sent, printed and shared.
 *
 * `Accept` is added on request only: every client asks for anything by itself.
 *
 * @param server Base URL for the chosen environment, from `serverIn`.
 * @throws {RequestError} A value cannot be sent as it is; `field` names it.
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object
 */
export function buildRequest(
  operation: RequestShape,
  values: RequestValues,
  server: string,
  { allowMissing = false }: BuildOptions = {},
): ApiRequest {
  const given = new Map(Object.entries(values.parameters))
  const path = buildPath(operation, given)
  const query = buildQuery(operation, given, allowMissing)
  const base = server.replace(/\/+$/, '')
  const url = base + path + (query === '' ? '' : (path.includes('?') ? '&' : '?') + query)
  checkUrl(url, base + path)

  const headers = [
    ...acceptHeader(values),
    ...buildHeaders(operation, given, allowMissing),
    ...extraHeaders(values),
  ]
  const built = buildBody(operation.requestBody, values, allowMissing)
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
  const joined = segments.join('/')
  // A path belongs below its server, whatever it begins with: it must not go on with the host's name.
  const written = joined === '' || joined.startsWith('/') ? joined : `/${joined}`
  return written + (queryTemplate.length > 0 ? `?${queryTemplate.join('%3F')}` : '')
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
  return parameterText(parameter ?? { in: 'path', name, style: 'simple', explode: false }, value)
}

function buildQuery(
  { parameters }: RequestShape,
  given: ReadonlyMap<string, ParameterValue>,
  allowMissing: boolean,
): string {
  return (['query', 'querystring'] as const)
    .flatMap((place) => presentIn(place, parameters, given, allowMissing))
    .map(({ parameter, value }) => parameterText(parameter, value))
    .filter((text) => text !== '')
    .join('&')
}

type Header = readonly [name: string, value: string]

function buildHeaders(
  { parameters }: RequestShape,
  given: ReadonlyMap<string, ParameterValue>,
  allowMissing: boolean,
): Header[] {
  const headers: Header[] = []
  for (const { parameter, value, field } of presentIn('header', parameters, given, allowMissing)) {
    if (isIgnoredHeader(parameter.name)) continue
    refuseForbidden(parameter.name, field)
    const text = parameterText(parameter, value)
    // An empty text is sent as one; of an empty list nothing is.
    if (text !== '' || value === '') headers.push([parameter.name, text])
  }
  const cookies = presentIn('cookie', parameters, given, allowMissing)
    .map(({ parameter, value }) => parameterText(parameter, value))
    .filter((text) => text !== '')
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')])
  return headers
}

function extraHeaders({ headers = [] }: RequestValues): Header[] {
  return headers.map(([name, value], index) => extraHeader(name, value, index))
}

/**
 * A header that the document does not name.
 *
 * @param index Its place among them, for the error's field `extra:0`, `extra:1`, …
 * @throws {RequestError} It is the client's, a credential's, or settled elsewhere.
 */
export function extraHeader(name: string, value: string, index: number): Header {
  const field = `extra:${index}`
  checkHeader(name, value, field)
  refuseForbidden(name, field)
  if (/^(accept|content-type)$/i.test(name)) {
    throw new RequestError('forbidden_header', field, `${name} is chosen in its own field.`)
  }
  return [name, value]
}

function acceptHeader({ accept }: RequestValues): Header[] {
  if (accept === undefined) return []
  checkHeader('Accept', accept, 'accept')
  return [['Accept', accept]]
}

function refuseForbidden(name: string, field: string): void {
  if (!isForbiddenHeader(name)) return
  throw new RequestError(
    'forbidden_header',
    field,
    `${name} is set by the client or by its credential, and cannot be typed here.`,
  )
}

function presentIn(
  place: Parameter['in'],
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, ParameterValue>,
  allowMissing: boolean,
): { parameter: Parameter; value: ParameterValue; field: string }[] {
  return parameters.flatMap((parameter) => {
    if (parameter.in !== place) return []
    const field = parameterKey(parameter)
    const value = given.get(field)
    if (value !== undefined) return [{ parameter, value, field }]
    const ignorable = place === 'header' && isIgnoredHeader(parameter.name)
    if (parameter.required && !ignorable && !allowMissing) {
      throw new RequestError('missing', field, `${parameter.name} is needed.`)
    }
    return []
  })
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
