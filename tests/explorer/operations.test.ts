import { expect, test } from 'vitest'
import { describeForExplorer, operationOf } from '../../src/explorer/operations.ts'
import { reference } from '../agents/reference.ts'

const operations = reference.operations.map((operation) => describeForExplorer(operation, '/v1'))

test('a call is known by its method and path, a fixed path before one with a variable', () => {
  const some = ['/v1/a/{id}', '/v1/a/me', '/v1/a/{id}/b'].map((path) => ({
    method: 'GET',
    path,
    open: false,
    scopes: [],
  }))
  const found = (path: string) => operationOf(some, 'get', path)?.path
  expect(found('/v1/a/me')).toBe('/v1/a/me')
  expect(found('/v1/a/1')).toBe('/v1/a/{id}')
  expect(found('/v1/a/1/b')).toBe('/v1/a/{id}/b')
  expect(found('/v1/a')).toBeUndefined()
  expect(operationOf(some, 'POST', '/v1/a/me')).toBeUndefined()
})

test('every call that deletes or spends asks first', () => {
  for (const { method, path, confirm, scopes } of operations) {
    const isDangerous = scopes.some(({ name }) => name === 'streamloop:destructive')
    if (method === 'DELETE' || isDangerous) expect(confirm, `${method} ${path}`).toBeTruthy()
  }
  expect(operations.filter(({ confirm }) => confirm !== undefined).length).toBeGreaterThan(3)
})
