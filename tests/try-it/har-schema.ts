/** An object that has these, and whatever else the archive's format gives it. */
function object(required: Readonly<Record<string, object>>, optional: object = {}): object {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { comment: text, ...optional, ...required },
    additionalProperties: false,
  }
}

const text = { type: 'string' }
const size = { type: 'integer', minimum: -1 }
const time = { type: 'number', minimum: 0 }
/** Of a phase: -1 where it does not apply. */
const phase = { type: 'number', minimum: -1 }
const many = (items: object) => ({ type: 'array', items })
const pairs = many(object({ name: text, value: text }))

const cookies = many(
  object(
    { name: text, value: text },
    { path: text, domain: text, expires: text, httpOnly: { type: 'boolean' } },
  ),
)

const message = {
  httpVersion: text,
  cookies,
  headers: pairs,
  headersSize: size,
  bodySize: size,
}

/** Fields of a form, or a text: never both. */
const postData = {
  ...object(
    { mimeType: text },
    {
      text,
      params: many(object({ name: text }, { value: text, fileName: text, contentType: text })),
    },
  ),
  oneOf: [{ required: ['text'] }, { required: ['params'] }],
}

const entry = object(
  {
    startedDateTime: { type: 'string', format: 'date-time' },
    time,
    request: object(
      { method: text, url: { type: 'string', format: 'uri' }, queryString: pairs, ...message },
      { postData },
    ),
    response: object({
      status: { type: 'integer' },
      statusText: text,
      content: object(
        { size: { type: 'integer' }, mimeType: text },
        { compression: { type: 'integer' }, text, encoding: text },
      ),
      redirectURL: text,
      ...message,
    }),
    cache: object({}, { beforeRequest: {}, afterRequest: {} }),
    timings: object(
      { send: time, wait: time, receive: time },
      { blocked: phase, dns: phase, connect: phase, ssl: phase },
    ),
  },
  { pageref: text, serverIPAddress: text, connection: text },
)

/**
 * The HTTP archive, version 1.2, written from its specification.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const harSchema = object({
  log: object(
    {
      version: { const: '1.2' },
      creator: object({ name: text, version: text }),
      entries: many(entry),
    },
    { browser: object({ name: text, version: text }), pages: { type: 'array' } },
  ),
})
