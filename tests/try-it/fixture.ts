import type { Parameter, SchemaView } from '../../src/model/operation.ts'
import { exampleValues } from '../../src/request/example-request.ts'
import { formFields } from '../../src/request/form-fields.ts'
import type { PanelOperation } from '../../src/try-it/operation.ts'

export function view(change: Partial<SchemaView> = {}): SchemaView {
  return {
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
    ...change,
  }
}

export function parameter(change: Partial<Parameter> & Pick<Parameter, 'name' | 'in'>): Parameter {
  return {
    required: false,
    deprecated: false,
    description: '',
    style: change.in === 'query' ? 'form' : 'simple',
    explode: change.in === 'query',
    allowReserved: false,
    schema: { type: 'string' },
    view: view(),
    examples: [],
    anchor: `${change.in}-${change.name}`,
    ...change,
  }
}

/** `POST /things/{id}` with a secret in its body. */
export function operation(change: Partial<PanelOperation> = {}): PanelOperation {
  const described = {
    id: 'createThing',
    method: 'POST',
    path: '/things/{id}',
    server: 'https://api.example/v1',
    summary: 'Create a thing',
    parameters: [
      parameter({
        name: 'id',
        in: 'path',
        required: true,
        examples: [{ name: 'a', summary: '', description: '', text: 'thing_1', generated: false }],
      }),
      parameter({ name: 'limit', in: 'query', schema: { type: 'integer' } }),
      parameter({
        name: 'state',
        in: 'query',
        schema: { type: 'array', items: { type: 'string' } },
        view: view({ type: 'array of string', items: view() }),
      }),
      parameter({ name: 'X-Pin', in: 'header', view: view({ secret: true }) }),
      parameter({ name: 'theme', in: 'cookie' }),
    ],
    requestBody: {
      required: true,
      description: '',
      content: [
        {
          mediaType: 'application/json',
          schema: {
            type: 'object',
            required: ['name'],
            additionalProperties: false,
            properties: {
              name: { type: 'string', minLength: 1 },
              rtmpKey: { type: 'string' },
              count: { type: 'integer' },
            },
          },
          view: view({
            type: 'object',
            properties: [
              { name: 'name', required: true, schema: view(), anchor: 'a' },
              { name: 'rtmpKey', required: true, schema: view({ secret: true }), anchor: 'b' },
            ],
          }),
          examples: [
            {
              name: 'one',
              summary: '',
              description: '',
              text: '{\n  "name": "Lofi",\n  "rtmpKey": "live_example"\n}',
              generated: false,
            },
          ],
        },
      ],
    },
    security: [],
    credentials: [],
    environments: [],
    ...change,
  }
  return {
    example: exampleValues(described),
    fields: formFields(described.parameters),
    ...described,
  }
}
