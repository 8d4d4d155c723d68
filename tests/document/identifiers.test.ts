import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { writeFiles } from './write-files.ts'

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

async function schemasOf(files: Record<string, string>): Promise<unknown> {
  const { json } = await readDocument(writeFiles(files))
  return (json.components as { schemas: unknown }).schemas
}

test('a reference may name an $id, an anchor inside it, or a place inside it', async () => {
  const schemas = await schemasOf({
    'api.yaml': `${head}components:
  schemas:
    Uses:
      properties:
        whole: { $ref: 'https://schemas.example/tree' }
        part: { $ref: 'https://schemas.example/tree#leaf' }
        inner: { $ref: 'https://schemas.example/tree#/properties/name' }
    Tree:
      $id: https://schemas.example/tree
      properties:
        name: { type: string }
        leaf: { $anchor: leaf, type: integer }
        beside: { $ref: '#/properties/name' }
        again: { $ref: 'tree' }
`,
  })
  expect(schemas).toEqual({
    Uses: {
      properties: {
        whole: { $ref: '#/components/schemas/Tree' },
        part: { $ref: '#/components/schemas/Tree/properties/leaf' },
        inner: { $ref: '#/components/schemas/Tree/properties/name' },
      },
    },
    Tree: {
      properties: {
        name: { type: 'string' },
        leaf: { type: 'integer' },
        beside: { $ref: '#/components/schemas/Tree/properties/name' },
        again: { $ref: '#/components/schemas/Tree' },
      },
    },
  })
})

test('the name a document gives itself ($self) is not looked for on the network', async () => {
  const schemas = await schemasOf({
    'api.yaml': `openapi: 3.2.0
$self: https://api.example/openapi.yaml
info: { title: T, version: '1' }
components:
  schemas:
    A: { $ref: 'https://api.example/openapi.yaml#/components/schemas/B' }
    B: { type: string }
    C: { items: { $ref: c.yaml } }
`,
    'c.yaml': 'type: boolean\n',
  })
  expect(schemas).toMatchObject({
    A: { $ref: '#/components/schemas/B' },
    C: { items: { $ref: '#/components/schemas/c' } },
    c: { type: 'boolean' },
  })
})

test('a $dynamicRef without a refinement is a reference', async () => {
  const schemas = await schemasOf({
    'api.yaml': `${head}components:
  schemas:
    Tree:
      $dynamicAnchor: node
      properties: { children: { items: { $dynamicRef: '#node' } } }
`,
  })
  expect(schemas).toEqual({
    Tree: { properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } },
  })
})

test('a schema that refines a $dynamicRef gets a form of its own', async () => {
  const schemas = await schemasOf({
    'api.yaml': `${head}components:
  schemas:
    Tree:
      $dynamicAnchor: node
      properties: { children: { items: { $dynamicRef: '#node' } } }
    Strict:
      $dynamicAnchor: node
      $ref: '#/components/schemas/Tree'
      unevaluatedProperties: false
`,
  })
  expect(schemas).toEqual({
    Tree: { properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } },
    Strict: { $ref: '#/components/schemas/Tree_Strict', unevaluatedProperties: false },
    Tree_Strict: { properties: { children: { items: { $ref: '#/components/schemas/Strict' } } } },
  })
})

test('a page of items tells whose page it is, through a schema between them too', async () => {
  const schemas = await schemasOf({
    'api.yaml': `${head}components:
  schemas:
    User: { type: object }
    Page:
      properties: { list: { $ref: '#/components/schemas/List' } }
    List:
      $defs: { item: { $dynamicAnchor: item, not: {} } }
      items: { $dynamicRef: '#item' }
    UserPage:
      $ref: '#/components/schemas/Page'
      $defs: { item: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } }
`,
  })
  expect(schemas).toMatchObject({
    UserPage: { $ref: '#/components/schemas/Page_UserPage' },
    Page_UserPage: { properties: { list: { $ref: '#/components/schemas/List_Page_UserPage' } } },
    List_Page_UserPage: { items: { $ref: '#/components/schemas/UserPage/$defs/item' } },
    List: { items: { $ref: '#/components/schemas/List/$defs/item' } },
  })
})

test('what OpenAPI 3.2 adds is kept, and says that it is 3.2', async () => {
  const root = writeFiles({
    'api.yaml': `openapi: 3.2.0
info: { title: T, version: '1', summary: s }
tags: [{ name: a, kind: nav }, { name: b, parent: a, summary: B }]
paths:
  /x:
    query: { operationId: q, tags: [b] }
    additionalOperations: { COPY: { operationId: c, parameters: [{ $ref: p.yaml }] } }
    get:
      operationId: g
      parameters:
        - { in: querystring, name: q, content: { application/x-www-form-urlencoded: { schema: { $ref: s.yaml } } } }
      responses:
        '200':
          summary: Stream
          description: ok
          content:
            text/event-stream: { itemSchema: { $ref: s.yaml }, itemEncoding: { headers: { A: { $ref: h.yaml } } } }
components:
  mediaTypes: { J: { schema: { $ref: s.yaml } } }
  securitySchemes:
    o: { type: oauth2, oauth2MetadataUrl: 'https://x.example', deprecated: true, flows: { deviceAuthorization: { deviceAuthorizationUrl: 'https://x.example/d', tokenUrl: 'https://x.example/t', scopes: {} } } }
`,
    's.yaml': 'type: string\n',
    'p.yaml': 'name: p\nin: query\n',
    'h.yaml': 'schema: { type: string }\n',
  })
  const { json, edition, warnings } = await readDocument(root)
  expect(warnings).toEqual([])
  expect(edition).toBe('3.2')
  const streamed = '#/components/schemas/s'
  expect(json).toMatchObject({
    openapi: '3.2.0',
    tags: [
      { name: 'a', kind: 'nav' },
      { name: 'b', parent: 'a', summary: 'B' },
    ],
    paths: {
      '/x': {
        query: { operationId: 'q' },
        additionalOperations: { COPY: { parameters: [{ $ref: '#/components/parameters/p' }] } },
        get: {
          parameters: [
            {
              in: 'querystring',
              content: { 'application/x-www-form-urlencoded': { schema: { $ref: streamed } } },
            },
          ],
          responses: {
            '200': {
              summary: 'Stream',
              content: {
                'text/event-stream': {
                  itemSchema: { $ref: streamed },
                  itemEncoding: { headers: { A: { $ref: '#/components/headers/h' } } },
                },
              },
            },
          },
        },
      },
    },
    components: {
      mediaTypes: { J: { schema: { $ref: streamed } } },
      securitySchemes: { o: { oauth2MetadataUrl: 'https://x.example', deprecated: true } },
    },
  })
})
