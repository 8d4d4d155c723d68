import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'

const bytes = { type: 'string', format: 'binary' }
const image = { contentMediaType: 'image/png' }

/** The one media type of the body of a document's one operation. */
async function mediaOf(openapi: string, mediaType: string, media: object) {
  const content = { [mediaType]: media }
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi,
      info: { title: 'T', version: '1' },
      paths: {
        '/a': { post: { requestBody: { content }, responses: { 200: { description: 'ok' } } } },
      },
      components: { schemas: { Bytes: bytes, Base: { properties: { inherited: bytes } } } },
    }),
  })
  const { operations } = readReference(await readDocument(root))
  return operations[0]?.requestBody?.content[0]
}

const schema = {
  type: 'object',
  allOf: [{ $ref: '#/components/schemas/Base' }],
  properties: {
    text: { type: 'string' },
    own: bytes,
    list: { type: 'array', items: bytes },
    referred: { $ref: '#/components/schemas/Bytes' },
    image,
    encoded: { ...image, contentEncoding: 'base64' },
  },
  oneOf: [{ properties: { first: bytes } }, { properties: { second: { type: 'integer' } } }],
}

describe('the files of a form in parts', () => {
  test('are its bytes, its own, inherited, listed, referred to and of an alternative', async () => {
    const media = await mediaOf('3.1.1', 'multipart/form-data; charset=utf-8', { schema })
    expect(media?.files?.toSorted()).toEqual(
      ['own', 'inherited', 'list', 'referred', 'image', 'first'].toSorted(),
    )
  })

  test.each(['application/json', 'application/x-www-form-urlencoded'])(
    'are none in %s',
    async (mediaType) => {
      expect(await mediaOf('3.1.1', mediaType, { schema })).not.toHaveProperty('files')
    },
  )
})

describe('the style of a field', () => {
  const encoding = { own: { style: 'deepObject', explode: true, contentType: 'text/plain' } }

  test.each(['3.1.1', '3.2.0'])('holds for a part in OpenAPI %s', async (openapi) => {
    const media = await mediaOf(openapi, 'multipart/form-data', { schema, encoding })
    expect(media?.encoding).toEqual(encoding)
  })

  test('is passed over for a part in OpenAPI 3.0, and holds for a field of a form there', async () => {
    const part = await mediaOf('3.0.3', 'multipart/form-data', { schema, encoding })
    expect(part?.encoding).toEqual({ own: { contentType: 'text/plain' } })
    const form = await mediaOf('3.0.3', 'application/x-www-form-urlencoded', { schema, encoding })
    expect(form?.encoding).toEqual(encoding)
  })
})
