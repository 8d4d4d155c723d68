import type {
  MediaTypeDescription,
  Parameter,
  RequestBodyDescription,
} from '../../src/model/operation.ts'
import type { RequestShape } from '../../src/request/build-request.ts'

/** An operation with nothing in it but what a test names. */
export function operation(parts: Partial<RequestShape>): RequestShape {
  return { method: 'GET', path: '/things', parameters: [], ...parts }
}

/** A parameter with OpenAPI's defaults for its place. */
export function parameter(parts: Pick<Parameter, 'in' | 'name'> & Partial<Parameter>): Parameter {
  const style = parts.style ?? (parts.in === 'query' || parts.in === 'cookie' ? 'form' : 'simple')
  return {
    required: parts.in === 'path',
    deprecated: false,
    description: '',
    explode: style === 'form',
    allowReserved: false,
    schema: { type: 'string' },
    view: {
      type: 'string',
      description: '',
      nullable: false,
      facts: [],
      examples: [],
      deprecated: false,
      readOnly: false,
      writeOnly: false,
      internal: false,
      secret: false,
      properties: [],
    },
    examples: [],
    anchor: `${parts.in}-${parts.name}`,
    ...parts,
    style,
  }
}

export function body(
  mediaType: string,
  parts: Partial<MediaTypeDescription> = {},
): RequestBodyDescription {
  return {
    required: false,
    description: '',
    content: [{ mediaType, examples: [], ...parts }],
  }
}

export function example(text: string, name = 'example') {
  return { name, summary: '', description: '', text, generated: false }
}
