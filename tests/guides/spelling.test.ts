import { readFile } from 'node:fs/promises'
import { mdxToJs } from 'satteri'
import { describe, expect, test } from 'vitest'
import { readGuides } from '../../src/agents/guides.ts'
import { readDocument } from '../../src/document/index.ts'
import { guideSpelling } from '../../src/guides/guide-spelling.ts'
import { guideValues } from '../../src/markdown/guide-values.ts'
import { readSite } from '../../src/site.ts'

const source = {
  document: await readDocument('openapi/openapi.yaml'),
  schema: await readFile('openapi/schema.graphql', 'utf8'),
}
const plugins = [guideSpelling(async () => source), guideValues(readSite({}), '/v1')]

/** As one of the guides that exist, whose blocks of code count. */
async function build(body: string, guide = 'verify-an-access-token'): Promise<unknown> {
  const fileURL = new URL(`../../src/content/docs/guides/${guide}.mdx`, import.meta.url)
  return mdxToJs(`---\ntitle: A guide\n---\n\n${body}`, { mdastPlugins: plugins, fileURL })
}

test('every guide as it is spells the names of the API right', async () => {
  for (const { file, source: text } of readGuides()) {
    const guide = /([^/\\]+)\.mdx$/.exec(file)?.[1] ?? ''
    await expect(build(text.replace(/^---[\s\S]*?---/, ''), guide), file).resolves.toBeDefined()
  }
})

test.each([
  ['names of the document', '`destinationID`, `STREAM_LIVE`, `streamloop:read`, `Idempotency-Key`'],
  ['names of the GraphQL schema', '`endCursor`, `totalCount`'],
  ['names of the guide’s own code', '`createRemoteJWKSet`'],
  ['methods, variables and addresses', '`POST`, `API_PORT`, `%API%/streams`'],
  ['words that are far from any name', '`token_endpoint_auth_method`, `npm run sandbox`, `15m`'],
])('%s are right', async (_, body) => {
  await expect(build(body)).resolves.toBeDefined()
})

describe('a guide is refused, with file and line, for', () => {
  test.each([
    ['other letters', 'Text.\n\nThe `destinationId`.', 7, 'Did you mean "destinationID"?'],
    ['a letter less', '`nextCursr`', 5, 'Did you mean "nextCursor"?'],
    ['a code that is none', '- a\n- `STREAM_LIFE`', 6, 'Did you mean "STREAM_LIVE"?'],
    ['a scope that is none', '`streamloop:reed`', 5, 'Did you mean "streamloop:read"?'],
    ['a header', '`Idempotency-Ky: x`', 5, 'Did you mean "Idempotency-Key"?'],
    ['an id that is nowhere', '`stream_01KT1GW6G06V480CZ1NYN4M6X2`', 5, 'have no "stream_01KT'],
    ['a name from nowhere', '`frobnicateStream`', 5, 'have no "frobnicateStream"'],
    ['a value that is none', 'See\n[this](%ISUER%/x).', 6, '%ISUER% has no value'],
    ['one in a block', '```sh\ncurl a\ncurl %APPI%/me\n```', 7, '%APPI% has no value'],
  ])('%s', async (_, body, line, message) => {
    await expect(build(body)).rejects.toThrow(message)
    const place = `src/content/docs/guides/verify-an-access-token.mdx:${line}: `
    await expect(build(body)).rejects.toThrow(place)
  })
})
