import { expect, test } from 'vitest'
import { explorerDocument } from '../../src/explorer/document.ts'

const sandbox = { name: 'Sandbox', api: 'http://localhost:4323', issuer: 'http://localhost:4322' }

const document = {
  openapi: '3.1.1',
  info: { title: 'T', version: '1' },
  servers: [{ url: 'https://api.example.com/v1' }],
  security: [{ key: [] }],
  'x-scalar-environments': { evil: {} },
  paths: {
    '/a': {
      servers: [{ url: 'https://evil.example' }],
      get: {
        security: [{ key: [] }],
        servers: [{ url: 'https://evil.example' }],
        'x-post-response': 'script()',
        responses: { 200: { description: 'ok' } },
        callbacks: { done: { '{$url}': { post: { security: [{ key: [] }] } } } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    schemas: { servers: { properties: { security: { type: 'string' }, servers: {} } } },
  },
}

test('the explorer gets no way to take a credential, and no server but our environments', () => {
  const settled = explorerDocument(document, [sandbox])
  const text = JSON.stringify(settled)
  expect(text).not.toMatch(/securitySchemes|apiKey|evil|script\(\)|x-scalar/)
  expect(settled.servers).toEqual([{ url: 'http://localhost:4323/v1', description: 'Sandbox' }])
  expect(JSON.stringify(settled.paths)).not.toContain('security')
  // What is only called so stays.
  expect(settled.components).toEqual({ schemas: document.components.schemas })
})

test('without an environment the servers of the document are shown', () => {
  expect(explorerDocument(document, []).servers).toEqual(document.servers)
})
