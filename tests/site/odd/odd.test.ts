import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildSite } from '../../../src/commands/build-site.ts'
import { checkBuild } from '../../../src/commands/check-links.ts'
import { readSite } from '../../../src/site.ts'
import { BuiltPage, textOf, tidy, twinText } from '../everything/page-text.ts'

// A document of several files with a case for every oddity and every mistake, built leniently.

const env = {
  OPENAPI_DOCUMENT: join(import.meta.dirname, 'openapi.yaml'),
  LENIENT: '1',
  SITE_URL: 'https://docs.example/api',
  // The test runner's own, which the build would take for its base.
  BASE_URL: undefined,
}
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-odd-'))
  await buildSite({ directory: folder, env })
}, 180_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const broken = '/reference/inner/broken/'
const home = '/reference/'

/** What a page says, in its words, and its twin too. */
const facts: [what: string, page: string, words: string[]][] = [
  ['that it is incomplete', broken, ['Incomplete.', 'something is missing here']],
  ['a parameter that is missing', broken, ['openapi.yaml:26:13', 'parameters/0/$ref']],
  ['a file that is missing', broken, ['"parts/gone.yaml" does not exist', 'q', 'missing from the']],
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
  ['a path with a hash, no operationId, an anchor', '/reference/lists/get-a-frag/', ['Shared by']],
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

test.each(facts)('%s: page %s', (_what, path, words) => {
  const { text } = new BuiltPage(folder, path)
  for (const word of words) expect(text).toContain(word)
})

test.each(facts)('%s: twin of %s', (_what, path, words) => {
  const text = twinText(folder, path)
  for (const word of words) expect(text).toContain(word)
})

test('a page whose description is whole does not say that it is incomplete', () => {
  expect(new BuiltPage(folder, '/reference/inner/sib/').text).not.toContain('Incomplete')
})

test('relative links count from where the document says that it lies', () => {
  const links = new BuiltPage(folder, home).elements
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
  const { problems } = await checkBuild(folder, readSite({ ...process.env, ...env }))
  expect(problems).toEqual([])
})
