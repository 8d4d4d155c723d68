/** Texts that run something where they are taken for more than text. `N` is the number of the place. */
const payloads = [
  '<img src=x onerror=__hit(N)>',
  '<svg/onload=__hit(N)>',
  '</script><script>__hit(N)</script>',
  '[link](javascript:__hit(N))',
  '<javascript:__hit(N)>',
  '![picture](x"onerror="__hit(N))',
  "{{constructor.constructor('__hit(N)')()}}",
  '{__hit(N)}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it shall not be a template
  '${__hit(N)}',
  '<!--<script>__hit(N)',
  '"><script>__hit(N)</script>',
  "' onmouseover='__hit(N)' x='",
  '<iframe srcdoc="<script>parent.__hit(N)</script>"></iframe>',
  '<a href="data:text/html,<script>__hit(N)</script>">x</a>',
]

/** A document whose every text is one of them, and whose servers are someone else's. */
export interface HostileDocument {
  json: string
  /** How many places hold a payload. */
  places: number
}

/**
 * @param evil Origin of someone else's server, named on all three levels.
 * @param operationCount Each payload comes up in each kind of place as often as this allows.
 */
export function hostileDocument(evil: string, operationCount = 14): HostileDocument {
  let places = 0
  /** A payload with words that show that it is there. */
  const text = () => {
    const payload = payloads[places % payloads.length] ?? ''
    places += 1
    return `canary${places} ${payload.replaceAll('N', String(places))}`
  }
  /** As a name in a key, where a slash or a tilde would be taken for structure. */
  const key = () => text().replaceAll(/[/~]/g, '')
  const schema = () => ({
    type: 'object',
    title: text(),
    description: text(),
    required: [`__proto__`],
    properties: JSON.parse(
      JSON.stringify({
        [key()]: { type: 'string', description: text(), enum: [text(), text()], default: text() },
        constructor: {
          type: 'string',
          description: text(),
          pattern: '^(a+)+$',
          examples: [text()],
        },
        prototype: { type: 'integer', title: text() },
      }).replace('"prototype"', '"__proto__"'),
    ),
    externalDocs: { url: 'javascript:__hit(0)', description: text() },
  })
  const operation = (index: number) => ({
    operationId: `call-${index}`,
    tags: [index % 2 ? 'constructor' : 'Tag'],
    summary: text(),
    description: text(),
    servers: [{ url: `${evil}/operation`, description: text() }],
    externalDocs: { url: 'javascript:__hit(0)', description: text() },
    parameters: [
      {
        name: 'q',
        in: 'query',
        description: text(),
        schema: { type: 'string', default: text() },
        examples: { [key()]: { summary: text(), description: text(), value: text() } },
      },
      {
        name: 'X-Odd',
        in: 'header',
        description: text(),
        schema: { type: 'string', enum: [text()] },
      },
    ],
    requestBody: {
      description: text(),
      content: {
        'application/json': {
          schema: schema(),
          examples: { [key()]: { summary: text(), value: { a: text() } } },
        },
      },
    },
    responses: {
      200: {
        description: text(),
        headers: { 'X-Answer': { description: text(), schema: { type: 'string' } } },
        content: { 'application/json': { schema: schema(), example: { [key()]: text() } } },
      },
      default: { description: text() },
    },
  })
  const paths = Object.fromEntries(
    Array.from({ length: operationCount }, (_, index) => [
      `/call-${index}`,
      { servers: [{ url: `${evil}/path`, description: text() }], post: operation(index) },
    ]),
  )
  const document = {
    openapi: '3.1.0',
    info: {
      title: text(),
      version: text(),
      description: text(),
      termsOfService: 'javascript:__hit(0)',
      contact: { name: text(), url: 'javascript:__hit(0)', email: text() },
      license: { name: text(), url: 'javascript:__hit(0)' },
    },
    servers: [
      {
        url: `${evil}/{v}`,
        description: text(),
        variables: { v: { default: 'v1', description: text(), enum: ['v1', text()] } },
      },
    ],
    tags: [
      { name: 'Tag', description: text(), externalDocs: { url: 'javascript:__hit(0)' } },
      { name: 'constructor', description: text() },
    ],
    paths,
  }
  return { json: JSON.stringify(document), places }
}
