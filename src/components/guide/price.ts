/** Time on air at one rate. */
export interface Plan {
  creditsPerMinute: number
  hoursADay: number
  days: number
}

/** @returns Whole credits. */
export function creditsOf({ creditsPerMinute, hoursADay, days }: Plan): number {
  return Math.round(creditsPerMinute * hoursADay * 60 * days)
}

/** `10022400` credits → `10,022,400 credits, $10.02`. */
export function priceInWords(credits: number, creditsPerDollar: number): string {
  const dollars = (credits / creditsPerDollar).toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
  })
  return `${credits.toLocaleString('en-US')} credits, ${dollars}`
}
