import { findDepositAddress, insertDepositAddress } from '../store/billing.ts'
import { notFound } from './domain-error.ts'
import type { Work } from './work.ts'

export interface CryptoCurrency {
  id: string
  symbol: string
  name: string
  network: string
  icon: string
  decimals: number
  rateUSD: number
  transferKind: 'EVM_NATIVE' | 'EVM_ERC20' | 'NON_EVM'
  chainId: number | null
  contractAddress: string | null
}

export interface DepositAddress {
  id: string
  address: string
  network: string
  tag: string | null
}

type Coin = Omit<CryptoCurrency, 'icon' | 'contractAddress'> & { needsTag?: true }

/** Rates are fixed: nothing is asked of any market, and nothing is ever paid. */
const coins: readonly Coin[] = [
  coin('USDT (TRC20)', 'USDT', 'Tether', 'TRC20', 6, 1, 'NON_EVM'),
  coin('USDT (ERC20)', 'USDT', 'Tether', 'ERC20', 6, 1, 'EVM_ERC20', 1),
  coin('USDT (POLYGON)', 'USDT', 'Tether', 'POLYGON', 6, 1, 'EVM_ERC20', 137),
  coin('USDC (ERC20)', 'USDC', 'USD Coin', 'ERC20', 6, 1, 'EVM_ERC20', 1),
  coin('DAI (ERC20)', 'DAI', 'Dai', 'ERC20', 18, 1, 'EVM_ERC20', 1),
  coin('ETH', 'ETH', 'Ethereum', 'ERC20', 18, 3200, 'EVM_NATIVE', 1),
  coin('BTC', 'BTC', 'Bitcoin', 'Bitcoin', 8, 64000, 'NON_EVM'),
  coin('SOL', 'SOL', 'Solana', 'Solana', 9, 150, 'NON_EVM'),
  { ...coin('TON', 'TON', 'Toncoin', 'TON', 9, 5, 'NON_EVM'), needsTag: true },
  { ...coin('XRP', 'XRP', 'XRP', 'XRP', 6, 0.6, 'NON_EVM'), needsTag: true },
]

function coin(
  id: string,
  symbol: string,
  name: string,
  network: string,
  decimals: number,
  rateUSD: number,
  transferKind: Coin['transferKind'],
  chainId: number | null = null,
): Coin {
  return { id, symbol, name, network, decimals, rateUSD, transferKind, chainId }
}

export function listCryptoCurrencies({ means }: Work): CryptoCurrency[] {
  return coins.map(({ needsTag: _, ...known }) => ({
    ...known,
    icon: means.addresses.coin(known.symbol),
    // A real contract could be paid to.
    contractAddress: null,
  }))
}

/** Symbols that have a picture. */
export const coinSymbols: ReadonlySet<string> = new Set(coins.map(({ symbol }) => symbol))

/**
 * The account's own address for a currency, the same every time. It says of itself that it is none,
 * so that nobody can pay to it.
 *
 * @throws {DomainError} `NOT_FOUND` for a currency that is not on the list.
 */
export async function getDepositAddress(work: Work, currency: string): Promise<DepositAddress> {
  const { db, customerId, now, means } = work
  const known = coins.find(({ id }) => id === currency)
  if (!known) throw notFound('currency', currency)
  let row = await findDepositAddress(db, customerId, known.id)
  if (!row) {
    row = {
      customerId,
      currencyId: known.id,
      address: means.newId('sandbox-not-an-address', now).replace('_', '-').toLowerCase(),
      tag: known.needsTag ? 'sandbox-not-a-memo' : null,
    }
    await insertDepositAddress(db, row)
  }
  return { id: known.id, address: row.address, network: known.network, tag: row.tag }
}
