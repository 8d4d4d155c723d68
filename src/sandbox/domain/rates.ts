/** Credits per minute on air; one US dollar is 1,000,000 credits. */
const perMinute: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  q_720p: { f_24: 93, f_25: 97, f_30: 116, f_60: 174 },
  q_1080p: { f_24: 185, f_25: 193, f_30: 231, f_60: 347 },
  q_1440p: { f_24: 370, f_25: 386, f_30: 463, f_60: 694 },
  q_2160p: { f_24: 555, f_25: 578, f_30: 694, f_60: 1042 },
}

/** What a stream runs with where its settings leave it open. */
export const defaultQuality = 'q_1080p'
export const defaultFramerate = 'f_30'

export const creditsPerCent = 10_000

/** Credits per minute on air. */
export function rateOf(quality: string | null, framerate: string | null): number {
  const rate = perMinute[quality ?? defaultQuality]?.[framerate ?? defaultFramerate]
  if (rate === undefined) throw new RangeError(`No rate for ${quality} at ${framerate}`)
  return rate
}

/** Credits for a time on air, in milliseconds; begun credits are not charged. */
export function creditsFor(duration: number, rate: number): number {
  return Math.floor((Math.max(0, duration) * rate) / 60_000)
}
