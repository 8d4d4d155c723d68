import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'

const requests = Number(process.env.FUZZ_REQUESTS ?? 1500)
const seed = Number(process.env.FUZZ_SEED ?? 20_260_803)

test(
  `S10 ${requests} random requests are answered as the document says, and give nothing away`,
  async () => {
    const { requests: sent, statuses, succeeded } = await fuzz(requests, seed)
    const counts = [...statuses].sort(([a], [b]) => a - b).map((pair) => pair.join(': '))
    console.log(`seed ${seed}; ${sent} requests; ${counts.join(', ')}`)
    expect(sent).toBe(requests)
    // Requests that are all refused would prove little.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 10)
    expect(succeeded.size).toBeGreaterThan(20)
  },
  4 * 3_600_000,
)
