import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite } from '../../../src/commands/build-site.ts'
import { checkBuild } from '../../../src/commands/check-links.ts'
import { readSite } from '../../../src/site.ts'
import { BuiltPage, textOf, tidy, twinText } from './page-text.ts'

// A document with a case for every fact that a page must show, built as a reader builds it.

const env = {
  OPENAPI_DOCUMENT: join(import.meta.dirname, 'openapi.yaml'),
  SITE_URL: 'https://docs.example/api',
  // The test runner's own, which the build would take for its base.
  BASE_URL: undefined,
}
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-everything-'))
  await buildSite({ directory: folder, env })
}, 180_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const home = '/reference/'
const get = '/reference/pets/get-pet/'
const create = '/reference/pets/create-pet/'
const put = '/reference/shapes/put-shapes/'
const pet = '/reference/schemas/pet/'
const cat = '/reference/schemas/cat/'

/** What a page says, in its words, and its twin too. */
const facts: [what: string, page: string, words: string[]][] = [
  ['type lists and null', put, ['typeList', 'string or integer or null']],
  ['const', put, ['constant', '"fixed-value"']],
  ['enum values with their names and words', put, ['LOW', 'Hardly any.', 'HIGH', 'A lot.']],
  ['a choice of constants with words', put, ['Letter A', 'The first.', 'The second.']],
  ['formats and limits', put, ['more than 0, at most 99.5, multiple of 0.5', 'date-time']],
  ['defaults', put, ['"2026-01-01T00:00:00Z"']],
  ['example and examples', put, ['7.5', '"12.50"', '"7.00"', 'About money']],
  ['not', put, ['Must not be', 'Whatever is no text.']],
  ['if, then, else', put, ['If it is', 'then it must be', 'Five digits.', 'otherwise it must be']],
  ['dependentRequired', put, ['with card also billing']],
  ['dependentSchemas', put, ['With card, also', 'On the back.']],
  ['additionalProperties', put, ['any other name', 'Count of each.', 'at least 1 property']],
  ['patternProperties', put, ['/^x-/', 'An extension.', 'no other properties']],
  ['propertyNames', put, ['Every name in it', 'matches ^']],
  ['tuples', put, ['Longitude.', 'Latitude.', 'no further items', 'Then flags.']],
  ['contains', put, ['2 to 3 items must be', '7']],
  ['unevaluatedProperties', put, ['Every other property', 'All that is left.']],
  ['boolean schemas', put, ['anything', 'any', 'nothingAtAll', 'nothing']],
  ['content in a text', put, ['The application/json text holds', 'insideText', 'base64 text']],
  ['XML hints', put, ['attribute s:shape, namespace https://everything.example/ns']],
  ['names of JavaScript', put, ['constructor', 'Truly named so.', '__proto__', 'Named so too.']],
  ['anyOf', put, ['Any of these', 'up to 5 characters', 'at least 10']],
  ['what must come together', put, ['at least one of: left, right']],
  ['required without a description', put, ['needs undescribed']],
  ['recursion', put, ['self', 'Shapes']],
  ['deep properties', put, ['bottom', 'At the bottom.']],
  ['named alternatives', create, ['One of these', 'Cat', 'Dog', 'Nameless one']],
  [
    'values of the discriminator',
    create,
    ['told apart by kind', 'kind: feline, tomcat', 'kind: canine'],
  ],
  ['origins of what is merged', cat, ['PetBase', 'kind, name, id, secretCode']],
  [
    'required through composition',
    cat,
    ['1 to 40 characters', 'required', 'read only', 'write only'],
  ],
  ['limits of a list', cat, ['array of Cat', 'up to 9 items', 'no item twice']],
  ['deprecated', cat, ['PetBase']],
  ['parameters of the path', get, ['From the path item.']],
  ['parameters restated', get, ['From the operation.']],
  ['style form', get, ['its name repeated for each value', '?plain=red&plain=green']],
  ['style form, one value', get, ['parted by commas', '?commas=red,green']],
  ['style spaceDelimited', get, ['parted by spaces', '?spaces=red%20green']],
  ['style pipeDelimited', get, ['parted by pipes', '?pipes=red%7Cgreen']],
  ['style deepObject', get, ['each key in brackets', '?deep%5Bred%5D=7, which is {"red":7}']],
  ['allowReserved', get, ['reserved characters are not escaped', '?reserved=a/b']],
  ['allowEmptyValue', get, ['may be sent with nothing after its name']],
  ['content of a parameter', get, ['as application/json', '?filter=%7B%22nested%22%3A%22x%22%7D']],
  ['header parameters', get, ['X-Trace', 'A header to send.', 'deprecated', 'X-Trace: t-1']],
  ['examples of parameters', get, ['Short one', 'often', 'https://everything.example/trace.txt']],
  ['cookies', get, ['Cookies', 'session']],
  ['answers', get, ['200 OK', 'The pet.', '4XX', 'The reader did wrong.', 'Anything else.']],
  ['headers of answers', get, ['X-Rate-Left', 'Calls left.', 'at least 0']],
  ['several media types', get, ['application/xml', 'text/event-stream', 'eventName']],
  ['items of a sequence', get, ['a sequence; each item is']],
  ['links', get, ['owner', 'Create a pet', 'Make another of it.', '$response.body#/id']],
  ['examples of answers', get, ['A cat', 'purrs', 'https://everything.example/pet.json']],
  ['made examples', put, ['The body is made from the schema.', 'ade from the schema']],
  ['bodies with several media types', create, ['First way', 'Second way', 'multipart/form-data']],
  ['encoding', create, ['image/png, image/jpeg', 'X-Part', 'Of the part.', 'parted by pipes']],
  ['security', get, ['Takes pets:read or an API key with a client certificate', 'works without']],
  ['security by scopes', create, ['pets:write and pets:read', 'profile', 'a user name']],
  ['security of HTTP', create, ['a bearer token', 'HTTP digest authentication', 'api_key']],
  ['no security', put, ['Open to everyone']],
  ['flows', home, ['https://everything.example/authorize', 'https://everything.example/refresh']],
  ['the device flow', home, ['https://everything.example/device', 'Change pets.']],
  ['metadata', home, ['https://everything.example/.well-known/oauth-authorization-server']],
  ['openIdConnect', home, ['https://everything.example/.well-known/openid-configuration']],
  ['other schemes', home, ['mutual TLS', 'A certificate of ours.', 'JWT', 'digest', 'X-Key']],
  [
    'servers',
    home,
    ['https://{region}.everything.example:{port}/v7', 'Where it runs.', '443', 'us'],
  ],
  ['servers of a path', get, ['https://path.everything.example', 'Pets live here.']],
  ['servers of an operation', create, ['https://operation.everything.example', 'Only to create.']],
  ['callbacks', create, ['onAdopted', 'A pet was adopted', '{$request.body#/hook}']],
  ['pages of callbacks', '/reference/pets/create-pet-on-adopted/', ['adoptedBy', 'Create a pet']],
  [
    'webhooks',
    '/reference/pets/pet-born/',
    ['A pet was born', 'petBorn', 'kittens', '"name": "Newborn"'],
  ],
  ['tags', '/reference/pets/', ['Pets of people.', 'More about pets', 'A pet was born']],
  ['code samples', create, ['Ruby client', "Everything.create_pet(name: 'Rex')"]],
  ['externalDocs', get, ['How to get']],
  ['contact', home, ['Support Desk', 'help@everything.example']],
  ['licence and terms', home, ['Apache 2.0', 'https://everything.example/terms', 'The handbook']],
  ['the summary of the API', '/', ['An API that has one of each.']],
  ['methods of OpenAPI 3.2', '/reference/calls/', ['QUERY', 'COPY', 'Search all', 'Copy all']],
  ['querystring', '/reference/calls/search-all/', ['Query string', 'whole', 'term']],
  ['pages of schemas', pet, ['Any pet', 'A pet.', 'Its life', 'Cat', 'feline']],
  ['who uses a schema', pet, ['Used by', 'Get a pet', 'Create a pet']],
  ['what a schema is part of', '/reference/schemas/pet-base/', ['Part of', 'Cat', 'Dog']],
  ['Markdown', home, ['Before you start', 'cell', 'Further down', 'A drawing']],
  ['what is deprecated', put, ['Deprecated.']],
]

test.each(facts)('%s: page %s', (_what, path, words) => {
  const { text } = new BuiltPage(folder, path)
  for (const word of words) expect(text).toContain(word)
})

test.each(facts.filter(([, path]) => path !== '/'))('%s: twin of %s', (_what, path, words) => {
  const text = twinText(folder, path)
  for (const word of words) expect(text).toContain(word)
})

test('what is internal is nowhere', () => {
  expect(new BuiltPage(folder, put).text).not.toMatch(/hiddenField|Never shown/)
  expect(new BuiltPage(folder, home).text).not.toContain('Never shown call')
})

test('a request does not show what only the server sets, nor an answer what is only sent', () => {
  const page = new BuiltPage(folder, create)
  const ids = page.ids.filter((id) => /(?:-id|-secretCode)$/.test(id))
  expect(ids).toEqual(
    expect.arrayContaining(['body-Cat-secretCode', 'response-201-Cat-id', 'response-201-Dog-id']),
  )
  expect(ids).not.toContain('body-Cat-id')
  expect(ids).not.toContain('response-201-Cat-secretCode')
})

test('properties keep the order of the document', () => {
  const ids = new BuiltPage(folder, put).ids.filter((id) => /^body-[a-z]+$/i.test(id))
  expect(ids.slice(0, 4)).toEqual(['body-zeta', 'body-alpha', 'body-typeList', 'body-constant'])
})

test('headings of a description fit the outline of its page', () => {
  for (const path of [home, get, create, put, pet]) {
    const levels = new BuiltPage(folder, path).elements.flatMap(
      ({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1] ?? [],
    )
    const main = levels.slice(levels.indexOf('1')).map(Number)
    main.forEach((level, at) => {
      expect(level - (main[at - 1] ?? 0), `${path} ${main.join(' ')}`).toBeLessThanOrEqual(1)
    })
  }
})

test('a description runs nothing, loads nothing, and its relative links lead where it is from', () => {
  const page = new BuiltPage(folder, home)
  const links = page.elements
    .filter(({ tagName }) => tagName === 'a')
    .map((link) => [tidy(textOf(link)), link.properties.href])
  expect(Object.fromEntries(links)).toMatchObject({
    'the pets': 'https://everything.example/reference/pets/',
    'a file beside': 'https://everything.example/guide.md',
    'A drawing': 'https://elsewhere.example/drawing.png',
  })
  expect(page.elements.some(({ tagName }) => tagName === 'img')).toBe(false)
  expect(page.text).toContain("<script>alert('description')</script>")
})

test('no file names another API than the one it describes', async () => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files.filter(
    (file) => file.isFile() && /\.(?:html|md|txt|json|js|css|xml|svg)$/.test(file.name),
  )
  expect(texts.length).toBeGreaterThan(50)
  for (const { parentPath, name } of texts) {
    const file = join(parentPath, name)
    expect(/streamloop/i.test(await readFile(file, 'utf8')), file).toBe(false)
  }
  expect(await readFile(join(folder, 'reference/index.html'), 'utf8')).toContain(
    '<meta property="og:site_name" content="Everything"/>',
  )
})

test('the search has an index, and nothing that the making of it left', async () => {
  const files = await readdir(join(folder, 'pagefind'))
  expect(files).toContain('pagefind-entry.json')
  expect(files.filter((file) => file.endsWith('.jsonl'))).toEqual([])
})

describe('anchors', () => {
  test.each([home, get, create, put, pet, cat])('are unique on %s, and each has a link', (path) => {
    const page = new BuiltPage(folder, path)
    expect(page.ids.length).toBe(new Set(page.ids).size)
    const linked = new Set(page.elements.map(({ properties }) => properties.href))
    const rows = page.elements.filter(({ properties }) =>
      /(?:^|,)(?:row|answer|example)(?:,|$)/.test(String(properties.className ?? '')),
    )
    for (const { properties } of rows) {
      if (properties.id) expect(linked).toContain(`#${properties.id}`)
    }
  })

  test.each([
    ['a parameter', get, 'query-plain'],
    ['a nested property', put, 'body-deeper-within-bottom'],
    ['an alternative', create, 'body-*Cat'],
    ['a condition', put, 'body-conditional-*if'],
    ['a status', get, 'response-4XX'],
    ['a header', get, 'response-200-header-x-rate-left'],
    ['an example', get, 'response-200-*example-cat'],
    ['a link', get, 'response-200-*link-owner'],
    ['an example of a parameter', get, 'header-x-trace-*example-short'],
  ])('%s has one', (_what, path, id) => {
    expect(new BuiltPage(folder, path).at(id)).toBeDefined()
  })
})

test('every link leads somewhere, and every page is under its policy', async () => {
  const { problems } = await checkBuild(folder, readSite({ ...process.env, ...env }))
  expect(problems).toEqual([])
})

// Here and not in a file of its own: two builds at once in one checkout would share a folder of Astro's.
describe('a document of every oddity and every mistake, built leniently', () => {
  const settings = {
    ...env,
    OPENAPI_DOCUMENT: join(import.meta.dirname, '../odd/openapi.yaml'),
    LENIENT: '1',
  }
  let site = ''

  beforeAll(async () => {
    site = await mkdtemp(join(tmpdir(), 'docs-odd-'))
    await buildSite({ directory: site, env: settings })
  }, 180_000)

  afterAll(() => rm(site, { recursive: true, force: true }))

  const broken = '/reference/inner/broken/'
  const home = '/reference/'

  const oddities: [what: string, page: string, words: string[]][] = [
    ['that it is incomplete', broken, ['Incomplete.', 'something is missing here']],
    ['a parameter that is missing', broken, ['openapi.yaml:26:13', 'parameters/0/$ref']],
    [
      'a file that is missing',
      broken,
      ['"parts/gone.yaml" does not exist', 'q', 'missing from the'],
    ],
    ['a body that is missing', broken, ['/requestBody/$ref', 'Body', 'Missing from the document.']],
    ['a property that is missing', broken, ['properties/a/$ref', 'missing from the document']],
    ['an answer that is missing', broken, ['/responses/404/$ref', '404 Not Found']],
    ['a security scheme that is missing', broken, ['No security scheme is called "unknownScheme"']],
    ['what such a call needs', broken, ['Needs a credential that the document does not describe']],
    [
      'values of the wrong type',
      '/reference/inner/wrong/',
      ['A list must stand here', 'a list does'],
    ],
    ['a path item that is missing', home, ['The file "parts/no-item.yaml" does not exist.']],
    ['all of it', home, ['Incomplete.', 'openapi.yaml:26:13', 'openapi.yaml:32:20']],
    [
      'a path with a hash, no operationId, an anchor',
      '/reference/lists/get-a-frag/',
      ['Shared by'],
    ],
    ['a text by reference', '/reference/lists/same/', ['Words from another file.']],
    ['an operationId that was taken', '/reference/lists/get-nolead/', ['Look at near or deep.']],
    ['a path item of another file', '/reference/inner/of-file/', ['firstName', 'By anchor.']],
    ['a loop', '/reference/inner/loop/', ['any']],
    [
      'sequences',
      '/reference/inner/stream-it/',
      ['application/jsonl', 'row', 'event', 'tick', 'part'],
    ],
    [
      'a short line of an answer',
      '/reference/inner/q/',
      ['Query string', 'Short words of an answer.'],
    ],
    ['a method of its own', '/reference/inner/copy-it/', ['COPY']],
    ['a dynamic reference', '/reference/inner/dyn/', ['userName']],
    [
      'a reference with siblings',
      '/reference/inner/sib/',
      ['Sibling words.', '1 to 5', 'deprecated'],
    ],
    ['the device flow', home, ['https://issuer.example/device', 'Words of a.', 'deprecated']],
    ['nested tags', '/reference/inner/', ['Inner words.']],
  ]

  test.each(oddities)('%s: page %s', (_what, path, words) => {
    const { text } = new BuiltPage(site, path)
    for (const word of words) expect(text).toContain(word)
  })

  test.each(oddities)('%s: twin of %s', (_what, path, words) => {
    const text = twinText(site, path)
    for (const word of words) expect(text).toContain(word)
  })

  test('a page whose description is whole does not say that it is incomplete', () => {
    expect(new BuiltPage(site, '/reference/inner/sib/').text).not.toContain('Incomplete')
  })

  test('relative links count from where the document says that it lies', () => {
    const links = new BuiltPage(site, home).elements
      .filter(({ tagName }) => tagName === 'a')
      .map((link) => [tidy(textOf(link)), link.properties.href])
    expect(Object.fromEntries(links)).toMatchObject({
      'the guide': 'https://handbook.example/api/guide.md',
      root: 'https://handbook.example/top',
      pic: 'https://handbook.example/api/p.png',
      ref: 'https://handbook.example/api/other.md',
    })
  })

  test('every link leads somewhere', async () => {
    const { problems } = await checkBuild(site, readSite({ ...process.env, ...settings }))
    expect(problems).toEqual([])
  })
})
