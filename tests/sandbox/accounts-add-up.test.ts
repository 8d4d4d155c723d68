import fc from 'fast-check'
import { expect, test } from 'vitest'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

/** How many random ones; a few fixed ones where absent. */
const histories = Number(process.env.HISTORIES ?? 0)

/** What can happen to an account. */
type Step =
  | { do: 'wait'; seconds: number }
  | { do: 'start' | 'stop'; stream: string }
  | { do: 'change'; stream: string; quality: string; framerate: string; streamDuration: number }
  | { do: 'schedule'; stream: string; startsIn: number; lasts: number }
  | { do: 'topUp'; amountCents: number }
  | { do: 'look' }

const stream = fc.constantFrom(
  streams.eveningRain,
  streams.lofiRadio,
  streams.studyBeats,
  streams.launchCountdown,
  streams.nightDrive,
)
const hour = 3600
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.oneof(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 5 * hour }),
        fc.integer({ min: 1, max: 60 * hour }),
        // A clock set back.
        fc.integer({ min: -hour, max: -1 }),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), stream }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), stream }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      stream,
      quality: fc.constantFrom('q_720p', 'q_1080p', 'q_2160p'),
      framerate: fc.constantFrom('f_24', 'f_30', 'f_60'),
      streamDuration: fc.constantFrom(0, 30, 600),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      stream,
      startsIn: fc.integer({ min: 400, max: 48 * hour }),
      lasts: fc.integer({ min: 400, max: 48 * hour }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('topUp' as const),
      amountCents: fc.integer({ min: 500, max: 5000 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'look' as const }) },
)

/** All within one month, so that no broadcast leaves a period that is summed. */
const horizon = 25 * 24 * hour

async function play(api: TestApi, steps: readonly Step[], looks: boolean): Promise<void> {
  let time = 0
  let latest = 0
  for (const one of steps) {
    if (one.do === 'wait') {
      const seconds = Math.min(one.seconds, horizon - time)
      time += seconds
      latest = Math.max(latest, time)
      api.clock.advance(seconds)
    } else if (one.do === 'look') {
      if (looks) await checkSums(api)
    } else await act(api, one)
  }
  api.clock.advance(latest - time)
}

async function act(
  api: TestApi,
  one: Exclude<Step, { do: 'wait' } | { do: 'look' }>,
): Promise<void> {
  // A step that the state does not allow is refused; that is part of the history.
  if (one.do === 'topUp') {
    const { checkoutUrl } = await api.json('POST', '/billing/top-up/card-link', {
      body: { amountCents: one.amountCents },
    })
    await api.request(new URL(checkoutUrl).pathname, { method: 'POST' })
  } else if (one.do === 'change') {
    const { do: _, stream: id, ...body } = one
    await api.call('PATCH', `/streams/${id}`, { body })
  } else if (one.do === 'schedule') {
    const at = (seconds: number) => new Date(api.clock.now() + seconds * 1000).toISOString()
    await api.call('POST', `/streams/${one.stream}/schedule`, {
      body: {
        scheduleStartAt: at(one.startsIn),
        scheduleEndAt: at(one.startsIn + one.lasts),
      },
    })
  } else await api.call('POST', `/streams/${one.stream}/${one.do}`)
}

async function accounts(api: TestApi) {
  const { billing } = await api.json('GET', '/billing/overview')
  const usage: Json = await api.json('GET', '/billing/usage?period=YEAR')
  let invoiced = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { data, page }: Json = await api.json(
      'GET',
      `/billing/invoices?limit=100${cursor && `&cursor=${cursor}`}`,
    )
    for (const { credits } of data) invoiced += credits
    cursor = page.nextCursor ?? null
  }
  return { balance: billing.balance as number, usage, invoiced }
}

/** The sums within a usage report agree, whatever the period. */
async function checkSums(api: TestApi): Promise<void> {
  for (const period of ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']) {
    const usage = await api.json('GET', `/billing/usage?period=${period}`)
    const sum = (list: Json[], name: string) =>
      list.reduce((total, entry) => total + entry[name], 0)
    expect(sum(usage.buckets, 'credits')).toBe(usage.totalCredits)
    expect(sum(usage.byQuality, 'credits')).toBe(usage.totalCredits)
    expect(sum(usage.buckets, 'minutes')).toBe(usage.totalMinutes)
    expect(sum(usage.byQuality, 'minutes')).toBe(usage.totalMinutes)
    expect(sum(usage.buckets, 'sessions')).toBe(usage.sessionCount)
  }
}

test('after any history, what was paid is what was used and what is left, however often someone looked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const [api, unseen] = [await startApi(), await startApi()]
      try {
        const before = await accounts(api)
        await play(api, steps, true)
        await checkSums(api)
        const { balance, usage, invoiced } = await accounts(api)
        expect(balance).toBeGreaterThanOrEqual(0)
        const used = usage.totalCredits - before.usage.totalCredits
        expect(balance + used).toBe(before.balance + invoiced - before.invoiced)

        // Looking while the clock is set back leaves what has happened as it is.
        if (steps.some((one) => one.do === 'wait' && one.seconds < 0)) return
        await play(unseen, steps, false)
        const { balance: other, usage: theirs } = await accounts(unseen)
        expect({ balance: other, theirs }).toEqual({ balance, theirs: usage })
      } finally {
        await api.close()
        await unseen.close()
      }
    }),
    histories ? { numRuns: histories } : { numRuns: 20, seed: 20_260_803 },
  )
}, 600_000)
