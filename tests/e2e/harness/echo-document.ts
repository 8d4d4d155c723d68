import { type EchoParameter, echoParameters } from './echo-parameters.ts'

const text = { type: 'string' }
const integer = { type: 'integer' }
const binary = { type: 'string', format: 'binary' }
const answer = {
  200: { description: 'What came.', content: { 'application/json': { schema: {} } } },
}

/** An operation for every group of parameters and for every kind of body, by the last part of its path. */
export function echoDocument(): string {
  const groups = Object.entries(echoParameters).map(([group, parameters]) => {
    const fields = parameters.filter((one) => one.in === 'path').map(({ name }) => `/{${name}}`)
    return [
      `/${group}${fields.join('')}`,
      { get: operation(group, { parameters: parameters.map(parameter) }) },
    ] as const
  })
  return JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'Echo', version: '1' },
    servers: [{ url: 'https://echo.example/base' }],
    tags: [{ name: 'Echo' }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    paths: { ...Object.fromEntries(groups), ...single, ...bodies },
  })
}

function parameter({ name, in: place, object }: EchoParameter) {
  return { name, in: place, ...(place === 'path' && { required: true }), ...object }
}

function operation(name: string, more: object) {
  return { operationId: name, summary: `Echo ${name}`, tags: ['Echo'], responses: answer, ...more }
}

const single = {
  '/things/{id}/end': {
    get: operation('refusals', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: text },
        { name: 'count', in: 'query', required: true, schema: { ...integer, minimum: 1 } },
        { name: 'X-Note', in: 'header', schema: text },
        { name: 'Idempotency-Key', in: 'header', schema: text },
      ],
      responses: {
        200: {
          description: 'What came.',
          content: { 'application/json': { schema: {} }, 'text/csv': { schema: text } },
        },
      },
    }),
  },
  '/secured': {
    get: operation('secured', {
      security: [{ key: [] }],
      parameters: [
        { name: 'q', in: 'query', schema: text },
        { name: 'pass', in: 'query', schema: { ...text, format: 'password' } },
        { name: 'access_token', in: 'query', schema: text },
      ],
    }),
  },
  '/whole': {
    get: operation('whole', {
      parameters: [
        {
          name: 'all',
          in: 'querystring',
          content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } },
        },
      ],
    }),
  },
}

const thing = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: integer,
    name: text,
    note: { type: ['string', 'null'] },
    isOn: { type: 'boolean' },
    tags: { type: 'array', items: text },
  },
}

const bodies = {
  '/media': {
    post: operation('media', {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: thing,
            examples: {
              first: { summary: 'The first', value: { id: 1, name: 'one' } },
              second: { summary: 'The second', value: { id: 2, name: 'two', note: null } },
            },
          },
          'application/xml': { schema: text, example: '<a>é</a>' },
          'text/plain': { schema: text, example: 'line 1\nline 2' },
          'application/octet-stream': { schema: binary },
        },
      },
    }),
  },
  '/optional': {
    post: operation('optional', {
      requestBody: {
        content: { 'application/json': { schema: thing, example: { id: 1, name: 'a' } } },
      },
    }),
  },
  '/form': {
    post: operation('form', {
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              properties: {
                name: text,
                count: { ...integer, minimum: 1 },
                tags: { type: 'array', items: text },
                pipes: { type: 'array', items: text },
                owner: { type: 'object', properties: { id: integer } },
                deep: {
                  type: 'object',
                  properties: { a: text, b: { type: 'array', items: text } },
                },
                open: text,
                none: text,
              },
            },
            example: { name: '' },
            encoding: {
              pipes: { style: 'pipeDelimited', explode: false },
              deep: { style: 'deepObject', explode: true },
              open: { allowReserved: true },
            },
          },
        },
      },
    }),
  },
  '/multipart': {
    post: operation('multipart', {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['title', 'photo'],
              properties: {
                title: text,
                count: integer,
                tags: { type: 'array', items: text },
                meta: { type: 'object', properties: { big: integer } },
                page: text,
                quoted: text,
                photo: binary,
                papers: { type: 'array', items: binary },
              },
            },
            example: { title: '' },
            encoding: {
              page: { contentType: 'text/html, text/plain' },
              quoted: { contentType: 'application/json' },
              photo: { contentType: 'image/png, image/jpeg' },
            },
          },
        },
      },
    }),
  },
}
