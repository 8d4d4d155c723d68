import { mdxToJs } from 'satteri'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { guideFacts } from '../../src/guides/guide-facts.ts'
import { readReference } from '../../src/model/index.ts'

const document = await readDocument('openapi/openapi.yaml')
const source = { document, reference: readReference(document) }

const plugin = guideFacts(async () => source)
const fileURL = new URL('../../src/content/docs/guides/made-up.mdx', import.meta.url)

async function build(body: string): Promise<unknown> {
  return mdxToJs(`---\ntitle: A guide\n---\n\n${body}`, { mdastPlugins: [plugin], fileURL })
}

test('a guide whose names are all in the document is built', async () => {
  await expect(
    build(
      '<Endpoint id="getMe" /> and\n\n<ParameterTable of="listStreams" names="limit cursor" />',
    ),
  ).resolves.toBeDefined()
})

describe('a guide is refused, with file and line, for', () => {
  test.each([
    ['an operation', '<Endpoint id="getmee" />', 5, 'operation "getmee"'],
    ['an error code', 'Text.\n\n<ErrorTable codes="NOT_FOUND STREAM_LIFE" />', 7, 'STREAM_LIFE'],
    ['a parameter', '- a\n- <ParameterTable of="listStreams" names="limits" />', 6, '"limits"'],
    ['a field', '<FieldTable of="createStream" names="qualtiy" />', 5, '"qualtiy"'],
    ['a schema', '<ValueTable schema="StreamStates" />', 5, 'mean "StreamState"'],
    ['an example', '<Example of="createStream" name="nope" />', 5, 'example "nope"'],
    ['a component', 'One.\n\nTwo <Endpont id="getMe" />.', 7, '<Endpont> is none of Endpoint'],
    ['a missing attribute', '<Endpoint />', 5, '"id" is missing'],
  ])('%s that does not exist', async (_, body, line, message) => {
    const attempt = build(body)
    await expect(attempt).rejects.toThrow(message)
    await expect(build(body)).rejects.toThrow(`src/content/docs/guides/made-up.mdx:${line}: `)
  })
})
