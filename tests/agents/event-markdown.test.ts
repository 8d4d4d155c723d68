import { expect, test } from 'vitest'
import { textPages } from '../../src/agents/text-page.ts'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { readSite } from '../../src/site.ts'
import { writeFiles } from '../document/write-files.ts'

const source = `openapi: 3.1.1
info: { title: T, version: '1' }
paths:
  /subscriptions:
    post:
      operationId: subscribe
      tags: [events]
      summary: Subscribe
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              summary: It was paid
              requestBody:
                content:
                  application/json:
                    schema: { type: object, properties: { amount: { type: integer } } }
                    example: { amount: 5 }
              responses: { '200': { description: Received } }
webhooks:
  newPet: { post: { responses: { '204': { description: ok } } } }
`

test('webhooks and callbacks have twins that say who sends what, where to, and why', async () => {
  const document = await readDocument(writeFiles({ 'api.yaml': source }))
  const site = readSite({ OPENAPI_DOCUMENT: 'api.yaml', SITE_URL: 'https://docs.example' })
  const pages = textPages({ site, document, reference: readReference(document), guides: [] })
  const text = (path: string) => pages.find((page) => page.path === path)?.markdown() ?? ''

  const callback = text('/reference/events/subscribe-paid/')
  expect(callback).toMatch(/^# It was paid\n\n`POST \{\$request\.body#\/url\}`/)
  expect(callback).toContain(
    'because of [Subscribe](https://docs.example/reference/events/subscribe.md)',
  )
  expect(callback).toContain('`amount`')
  expect(callback).toContain('"amount": 5')
  expect(callback).not.toMatch(/curl|credential/)
  expect(text('/reference/webhooks/new-pet/')).toContain('The API sends this request to you.')

  // The way there, from the operation and from the tags.
  expect(text('/reference/events/subscribe/')).toMatch(/## Callbacks\n\n- `paid`: \[It was paid\]/)
  expect(text('/reference/webhooks/')).toContain('reference/webhooks/new-pet.md')
})
