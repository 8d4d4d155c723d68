/** What the browser measured of an answer, where the API allows a page to know (Resource Timing). */
export interface Measured {
  /**
   * Bytes of the body on the wire, compressed or not. Browsers measure no head: what they call the
   * size of a transfer is this and 300.
   */
  encoded: number
  /** Bytes of the body after decompression. */
  decoded: number
  /** ALPN name, e.g. `h2` or `http/1.1`; empty where it is not known. */
  protocol: string
}

/**
 * Finds the entry of a request. Entries come a moment after the last byte.
 *
 * @param since When the request left, by `performance.now()`.
 * @returns Nothing where the API sends no `Timing-Allow-Origin` for this site.
 */
export async function measure(url: string, since: number): Promise<Measured | undefined> {
  for (let tries = 0; tries < 5; tries += 1) {
    const entries = performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[]
    const entry = entries.findLast(({ startTime }) => startTime >= since - 1)
    if (entry) {
      performance.clearResourceTimings()
      const { transferSize, encodedBodySize, decodedBodySize, nextHopProtocol } = entry
      if (transferSize === 0 && nextHopProtocol === '') return undefined
      return {
        encoded: encodedBodySize,
        decoded: decodedBodySize,
        protocol: nextHopProtocol,
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}
