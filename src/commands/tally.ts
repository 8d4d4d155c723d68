/** How many things were looked at and held, or did not. */
export interface Tally {
  passed: number
  failed: number
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
    }),
    { passed: 0, failed: 0 },
  )
}

/** The last line of `npm test`; other programs read it. */
export function printTally({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}
