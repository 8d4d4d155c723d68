/**
 * A document of as many operations as asked for, made the same each time: resources of five calls
 * each, twenty calls to a tag, schemas that share parts.
 */
export function generated(operations: number): object {
  const resources = Math.ceil(operations / 5)
  const paths: Record<string, Record<string, object>> = {}
  const schemas: Record<string, object> = { Problem: problem }
  let left = operations
  for (let at = 0; at < resources; at += 1) {
    const name = `Thing${at}`
    schemas[name] = thing(at)
    for (const [path, method, operation] of callsOf(name, at)) {
      if (left === 0) break
      left -= 1
      paths[path] = { ...paths[path], [method]: operation }
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: `Generated ${operations}`, version: '1', description: 'Made for the bench.' },
    servers: [{ url: 'https://api.example/v1' }],
    paths,
    components: {
      schemas,
      responses: {
        Failed: {
          description: 'The request could not be answered.',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
    security: [{ key: [] }],
  }
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'What kind of problem this is.' },
    title: { type: 'string', description: 'A few words for people.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
  },
}

function thing(at: number): object {
  const fields = Array.from({ length: 12 }, (_, index) => [
    `field${index}`,
    {
      type: ['string', 'integer', 'boolean'][(at + index) % 3],
      description: `Field **${index}** of thing ${at}: what it is for, in a sentence of usual length.`,
    },
  ])
  return {
    type: 'object',
    required: ['id', 'field0'],
    properties: {
      id: { type: 'string', description: 'Identifies it.', readOnly: true },
      ...Object.fromEntries(fields),
      state: { type: 'string', enum: ['new', 'running', 'done'], default: 'new' },
      ...(at > 0 && { parent: ref(`Thing${at - 1}`) }),
    },
  }
}

function callsOf(name: string, at: number): [path: string, method: string, operation: object][] {
  const collection = `/things${at}`
  const one = `${collection}/{id}`
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }
  const body = { required: true, content: json(ref(name)) }
  const answer = { '200': { description: 'Done.', content: json(ref(name)) } }
  const list = { type: 'array', items: ref(name) }
  const call = (verb: string, rest: object): object => ({
    operationId: `${verb}${name}`,
    summary: `${verb} ${name}`,
    description: `Does **${verb}** with a thing.\n\n- one point\n- another`,
    tags: [`Group ${Math.floor(at / 4)}`],
    ...rest,
  })
  const responses = { ...answer, default: { $ref: '#/components/responses/Failed' } }
  const listed = { ...responses, '200': { description: 'All of them.', content: json(list) } }
  return [
    [collection, 'get', call('list', { parameters: [limit], responses: listed })],
    [collection, 'post', call('create', { requestBody: body, responses })],
    [one, 'get', call('read', { parameters: [id], responses })],
    [one, 'put', call('update', { parameters: [id], requestBody: body, responses })],
    [one, 'delete', call('remove', { parameters: [id], responses })],
  ]
}

function json(schema: object): object {
  return { 'application/json': { schema } }
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` }
}
