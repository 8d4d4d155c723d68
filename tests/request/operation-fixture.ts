import type {
  MediaTypeDescription,
  Parameter,
  RequestBodyDescription,
} from '../../src/model/operation.ts'
import type { RequestShape } from '../../src/request/build-request.ts'
import { RequestError } from '../../src/request/request-error.ts'

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

/** The values of the table of styles in the OpenAPI specification. */
export const array = ['blue', 'black', 'brown']
export const object = {
  entries: [
    ['R', '100'],
    ['G', '200'],
    ['B', '150'],
  ] as const,
}

/** What a refused request says of itself. */
export function refusal(run: () => unknown): { code: string; field: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof RequestError) return { code: error.code, field: error.field }
    throw error
  }
  throw new Error('Nothing was refused.')
}
