import { child, isObject, type OpenApiDocument } from '../document/index.ts'
import { FactError } from './fact.ts'

/** What a minute costs, by two settings. */
export interface RateCard {
  /** Names of the two settings, e.g. `quality` and `framerate`. */
  row: string
  column: string
  rows: readonly string[]
  columns: readonly string[]
  /** Credits a minute, by row and column. */
  rates: ReadonlyMap<string, ReadonlyMap<string, number>>
  creditsPerDollar: number
}

/**
 * Reads `x-rate-card` of a tag.
 *
 * @throws {FactError} There is no such tag, or it has no rate card.
 */
export function readRateCard({ json }: OpenApiDocument, tagName: string): RateCard {
  const tags = Array.isArray(json.tags) ? json.tags : []
  const tag = tags.find((candidate) => child(candidate, 'name') === tagName)
  const card = child(tag, 'x-rate-card')
  if (!isObject(card) || !isObject(card.rates)) {
    const known = tags.filter((one) => isObject(child(one, 'x-rate-card')))
    throw new FactError(
      'rate card of the tag',
      tagName,
      known.map((one) => String(child(one, 'name'))),
    )
  }
  const rates = new Map(
    Object.entries(card.rates).map(([row, cells]) => [
      row,
      new Map(
        Object.entries(isObject(cells) ? cells : {}).map(([name, rate]) => [name, Number(rate)]),
      ),
    ]),
  )
  return {
    row: String(card.row),
    column: String(card.column),
    rows: [...rates.keys()],
    columns: [...(rates.values().next().value?.keys() ?? [])],
    rates,
    creditsPerDollar: Number(card.creditsPerDollar),
  }
}

/** `1042` → `1,042`. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US')
}

/** Dollars and cents of a number of credits, rounded to the cent: `$0.25`. */
export function dollars(credits: number, { creditsPerDollar }: RateCard): string {
  return `$${(credits / creditsPerDollar).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })}`
}
