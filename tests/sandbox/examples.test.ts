import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { startApi } from './harness.ts'

interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
  example?: string
}

interface Documented {
  operationId: string
  parameters?: Parameter[]
  requestBody?: {
    content: {
      'application/json': { examples: Record<string, { $ref?: string; value?: unknown }> }
    }
  }
}

const document = await readDocument('openapi/openapi.yaml')
const requests = Object.entries(document.json.paths as object).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Documented>)
    .filter(([, operation]) => operation.operationId)
    .flatMap(([method, operation]) => readRequests(path, method, operation)),
)

function readRequests(path: string, method: string, operation: Documented) {
  const parameters = (operation.parameters ?? [])
    .map((parameter) =>
      parameter.$ref ? (document.resolve(parameter.$ref) as Parameter) : parameter,
    )
    .filter(({ required }) => required)
  const address = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, { name, example }) => text.replace(`{${name}}`, String(example)), path)
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`)
    .join('&')
  const request = { method: method.toUpperCase(), path: query ? `${address}?${query}` : address }
  const examples = Object.entries(operation.requestBody?.content['application/json'].examples ?? {})
  if (examples.length === 0) return [{ ...request, id: operation.operationId, body: undefined }]
  return examples.map(([name, example]) => {
    const { value } = example.$ref
      ? (document.resolve(example.$ref) as { value: unknown })
      : { value: example.value }
    return { ...request, id: `${operation.operationId}, ${name}`, body: value }
  })
}

test.each(requests)('on a fresh sandbox the example of $id succeeds', async (request) => {
  const api = await startApi()
  const response = await api.call(request.method, request.path, { body: request.body })
  expect(response.status, await response.text()).toBeLessThan(300)
  await api.close()
})

test('every operation has such a request', () => {
  expect(new Set(requests.map(({ id }) => id.split(',')[0])).size).toBe(35)
})
