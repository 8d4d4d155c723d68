import type { Transaction } from '../../src/oauth/transaction.ts'
import { createVault, type Vault, type VaultOptions } from '../../src/oauth/vault/vault.ts'
import type { FakeIssuer } from './fake-issuer.ts'

export const redirectUri = 'http://localhost:4321/oauth/callback/'

/** Clocks that a test turns: milliseconds. */
export interface Clocks {
  steady: number
  wall: number
}

export function openVault(
  fake: FakeIssuer,
  change: Partial<VaultOptions> = {},
): { vault: Vault; clocks: Clocks } {
  const clocks: Clocks = { steady: 1000, wall: Date.now() }
  const vault = createVault({
    environments: [fake.environment],
    redirectUri,
    fetch,
    now: () => clocks.steady,
    wallClock: () => clocks.wall,
    offline: () => false,
    blocked: async () => false,
    measure: async () => undefined,
    ...change,
  })
  return { vault, clocks }
}

/** Begins a sign-in and returns what the page would keep. */
export async function begin(
  fake: FakeIssuer,
  vault: Vault,
  scopes: string[] = ['read'],
): Promise<{ transaction: Transaction; url: URL }> {
  const { url, ...kept } = await vault.begin({
    environment: fake.environment.name,
    scopes,
    consent: false,
    clientName: 'Docs',
  })
  fake.nonce = kept.nonce
  const transaction: Transaction = {
    version: 1,
    ...kept,
    environment: fake.environment.name,
    returnPath: '/reference/',
    createdAt: Date.now(),
    form: null,
  }
  return { transaction, url: new URL(url) }
}

/** The answer of an authorization server that is content. */
export function goodAnswer(transaction: Transaction): Record<string, string> {
  return { code: 'code-1', state: transaction.state, iss: transaction.issuer }
}

export async function signIn(fake: FakeIssuer, vault: Vault, scopes?: string[]) {
  const { transaction } = await begin(fake, vault, scopes)
  return vault.finish(new URLSearchParams(goodAnswer(transaction)).toString(), transaction)
}
