import type { Example, Parameter, PartEncoding } from '../../model/operation.ts'
import { buildRequest } from '../../request/build-request.ts'
import { parameterValue } from '../../request/example-request.ts'
import { RequestError } from '../../request/index.ts'

/** How a value becomes text, in words; nothing where it goes without saying. */
export function styleInWords(parameter: Parameter): string | undefined {
  const { mediaType, view, style, explode, in: place } = parameter
  const list = /\barray\b|\blist\b/.test(view.type)
  const object = /\bobject\b/.test(view.type) || view.properties.length > 0
  const usual = style === (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const words: string[] = []
  if (mediaType !== undefined) words.push(`as ${mediaType}`)
  else if (list || object || !usual) words.push(shapeInWords(style, explode, object && !list))
  if (parameter.allowReserved) words.push('reserved characters are not escaped')
  if (parameter.allowEmptyValue) words.push('may be sent with nothing after its name')
  return words.length > 0 ? words.join('; ') : undefined
}

/** The same for a part of a form. */
export function encodingInWords(encoding: PartEncoding): string {
  const { contentType, style, explode, allowReserved } = encoding
  return [
    ...(contentType === undefined ? [] : [contentType]),
    ...(style === undefined
      ? []
      : [shapeInWords(style, explode ?? style === 'form', style === 'deepObject')]),
    ...(allowReserved ? ['reserved characters are not escaped'] : []),
  ].join('; ')
}

function shapeInWords(style: string, explode: boolean, object: boolean): string {
  const separated = object && explode ? 'key=value' : 'values'
  switch (style) {
    case 'form':
    case 'cookie':
      if (!explode) return 'one value, parted by commas'
      return object ? 'each key as a parameter of its own' : 'its name repeated for each value'
    case 'spaceDelimited':
      return 'one value, parted by spaces'
    case 'pipeDelimited':
      return 'one value, parted by pipes'
    case 'deepObject':
      return 'each key in brackets'
    case 'label':
      return explode ? `${separated}, each after a dot` : 'after a dot, parted by commas'
    case 'matrix':
      return explode
        ? `${separated}, each after a semicolon`
        : 'after a semicolon, parted by commas'
    default:
      return `${separated}, parted by commas`
  }
}

export interface WrittenExample extends Example {
  /** As it stands in the request. */
  written: string
  /** The value itself, where the request holds it in escapes. */
  value?: string
}

/** The examples of a parameter as they are sent; those that we made only where they teach its style. */
export function writtenExamples(parameter: Parameter): WrittenExample[] {
  const teaches = styleInWords(parameter) !== undefined
  return parameter.examples
    .filter(({ generated }) => !generated || teaches)
    .map((example) => {
      const written = writtenAs(parameter, example)
      const { text } = example
      return { ...example, written, ...(/%[\dA-F]{2}/.test(written) && { value: text }) }
    })
}

function writtenAs(parameter: Parameter, { text }: Example): string {
  if (text === '') return ''
  const { in: place, name, mediaType } = parameter
  const shape = {
    method: 'GET',
    path: place === 'path' ? `/{${name}}` : '/',
    parameters: [parameter],
  }
  const value = mediaType === undefined ? parameterValue(parameter, text) : text
  try {
    const request = buildRequest(shape, { parameters: { [`${place}:${name}`]: value } }, 'http://x')
    if (place === 'path') return request.url.slice('http://x/'.length)
    if (place === 'header' || place === 'cookie') {
      const [header, content] = request.headers[0] ?? [name, text]
      return `${header}: ${content}`
    }
    return request.url.slice('http://x/'.length)
  } catch (error) {
    // A document may show what no request can hold.
    if (error instanceof RequestError) return text
    throw error
  }
}
