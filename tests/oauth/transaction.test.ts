import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientMemory } from '../../src/oauth/client-memory.ts'
import { saveHomecoming, takeHomecoming } from '../../src/oauth/homecoming.ts'
import {
  peekTransaction,
  requireFresh,
  saveTransaction,
  type Transaction,
  takeTransaction,
} from '../../src/oauth/transaction.ts'
import { memoryStorage } from './memory-storage.ts'

const secret = 'A'.repeat(43)
const transaction: Transaction = {
  version: 1,
  state: secret,
  nonce: secret,
  verifier: secret,
  environment: 'Sandbox',
  issuer: 'http://localhost:4322',
  clientId: 'abc',
  redirectUri: 'http://localhost:4321/oauth/callback/',
  scopes: ['openid'],
  returnPath: '/reference/',
  createdAt: 1_750_000_000_000,
  form: { parameters: {} },
}

test('a transaction comes back as it was, once', () => {
  const storage = memoryStorage()
  saveTransaction(storage, transaction)
  expect(peekTransaction(storage)).toEqual(transaction)
  expect(takeTransaction(storage)).toEqual(transaction)
  expect(storage.length).toBe(0)
  expect(takeTransaction(storage)).toBeUndefined()
})

test('T37: whatever lies in its place is nothing, is deleted, and throws nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.constant('null')), (text) => {
      const storage = memoryStorage()
      storage.setItem('oauth-transaction', text)
      expect(takeTransaction(storage)).toBeUndefined()
      expect(storage.length).toBe(0)
    }),
    { numRuns: 1000 },
  )
})

test('T37: one spoiled field spoils the whole', () => {
  const fields = Object.keys(transaction).filter((field) => field !== 'form')
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.oneof(fc.jsonValue(), fc.constant('x'.repeat(3000))),
      (field, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(Reflect.get(transaction, field)))
        const isStillSound =
          (['environment', 'clientId', 'returnPath'].includes(field) &&
            typeof value === 'string' &&
            value !== '' &&
            value.length <= 2048) ||
          (field === 'scopes' &&
            Array.isArray(value) &&
            value.every((one) => typeof one === 'string' && one !== '')) ||
          (field === 'createdAt' && Number.isSafeInteger(value) && Number(value) > 0)
        fc.pre(!isStillSound)
        const storage = memoryStorage()
        storage.setItem('oauth-transaction', JSON.stringify({ ...transaction, [field]: value }))
        expect(takeTransaction(storage)).toBeUndefined()
      },
    ),
    { numRuns: 1000 },
  )
})

test('a storage that refuses is a sign-in that does not start', () => {
  const storage = memoryStorage()
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(() => saveTransaction(storage, transaction)).toThrow(
    expect.objectContaining({ code: 'storage_refused' }),
  )
})

describe('the life of a transaction', () => {
  const at = transaction.createdAt
  test.each([0, 1, 9 * 60_000, 10 * 60_000, -30_000])('it is fresh after %d ms', (age) => {
    expect(() => requireFresh(transaction, at + age)).not.toThrow()
  })
  test.each([10 * 60_000 + 1, 86_400_000, -61_000])('it is not after %d ms', (age) => {
    expect(() => requireFresh(transaction, at + age)).toThrow(
      expect.objectContaining({ code: 'expired' }),
    )
  })
})

describe('what awaits the reader at home', () => {
  const home = { version: 1, path: '/a/', form: null, trip: secret, signedIn: true } as const

  test('is taken by its own page alone, once', () => {
    const storage = memoryStorage()
    saveHomecoming(storage, home)
    expect(takeHomecoming(storage, '/b/')).toBeUndefined()
    expect(takeHomecoming(storage, '/a/')).toEqual(home)
    expect(takeHomecoming(storage, '/a/')).toBeUndefined()
  })

  test('is nothing and is deleted when it is of another shape', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const storage = memoryStorage()
        storage.setItem('try-it-return', text)
        expect(takeHomecoming(storage, '/a/')).toBeUndefined()
        expect(storage.length).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('is nothing when the answer it carries has no sound transaction', () => {
    const storage = memoryStorage()
    const pending = { query: 'code=a', transaction: { ...transaction, verifier: 'x' } }
    saveHomecoming(storage, { ...home, pending })
    expect(takeHomecoming(storage, '/a/')).toBeUndefined()
  })
})

describe('the memory of client ids', () => {
  test('keeps one per issuer and redirect address', () => {
    const storage = memoryStorage()
    const memory = clientMemory(() => storage)
    memory.keep('https://a', 'https://site/cb', 'id-1')
    expect(memory.read('https://a', 'https://site/cb')).toBe('id-1')
    expect(memory.read('https://b', 'https://site/cb')).toBeUndefined()
    expect(memory.read('https://a', 'https://other/cb')).toBeUndefined()
    memory.forget('https://a', 'https://site/cb')
    expect(storage.length).toBe(0)
  })

  test('forgets whatever is no client id', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const storage = memoryStorage()
        storage.setItem('oauth-client i r', text)
        expect(clientMemory(() => storage).read('i', 'r')).toBeUndefined()
        expect(storage.length).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('does without a storage that refuses', () => {
    const memory = clientMemory(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    memory.keep('i', 'r', 'id')
    expect(memory.read('i', 'r')).toBeUndefined()
    memory.forget('i', 'r')
  })
})
