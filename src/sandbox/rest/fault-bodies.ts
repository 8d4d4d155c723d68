import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** A body that is made as it is read, and no further once nobody reads it. */
export type Body = (signal: AbortSignal) => AsyncIterable<Uint8Array>

/** Milliseconds between two events of a stream that has its own pace. */
const pace = 100

/** @param body Its signal is aborted when the reader is gone. */
export function streamOf(body: Body): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const chunks = body(gone.signal)[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        gone.abort()
        await chunks.return?.().catch(() => {})
      },
    },
    // Nothing is made before it is asked for: a slow reader slows the making down.
    { highWaterMark: 0 },
  )
}

/**
 * Events that count themselves.
 *
 * @param paced False where something else sets the pace.
 */
export function events(kind: 'sse' | 'jsonl', count: number, paced: boolean): Body {
  return async function* (signal) {
    for (let n = 1; n <= count; n += 1) {
      const data = JSON.stringify({ n, text: `Event ${n} of the sandbox` })
      yield bytesOf(kind === 'sse' ? `id: ${n}\nevent: tick\ndata: ${data}\n\n` : `${data}\n`)
      if (paced && n < count) await sleep(pace, undefined, { signal })
      // Without a pause of its own, an endless stream would never let go of the event loop.
      else await nextTurn()
    }
  }
}

const row = 64
const perChunk = 1024

/** JSON of exactly that many bytes: `{"data":[…]}` with rows alike, or one text where it is short. */
export function bigJson(size: number): Body {
  const open = '{"data":['
  const close = ']}'
  const rows = Math.floor((size - open.length - close.length) / row)
  return async function* () {
    if (rows < 1) {
      yield bytesOf(`"${'x'.repeat(size - 2)}"`)
      return
    }
    yield bytesOf(open)
    for (let from = 1; from < rows; from += perChunk) {
      const until = Math.min(rows, from + perChunk)
      let text = ''
      for (let n = from; n < until; n += 1) text += `${rowText(n, row - 1)},`
      yield bytesOf(text)
      await nextTurn()
    }
    const rest = size - open.length - close.length - (rows - 1) * row
    yield bytesOf(rowText(rows, rest) + close)
  }
}

/** One row of exactly that many bytes. */
function rowText(n: number, length: number): string {
  const start = `{"n":${n},"text":"`
  return `${start}${'x'.repeat(length - start.length - 2)}"}`
}

/** @param rate Bytes a second. */
export function drip(body: Body, rate: number): Body {
  // Ten drops a second, or a byte at a time where that is too much.
  const drop = Math.max(1, Math.floor(rate / 10))
  return async function* (signal) {
    const begun = performance.now()
    let sent = 0
    for await (const chunk of body(signal)) {
      for (let at = 0; at < chunk.length; at += drop) {
        const piece = chunk.subarray(at, at + drop)
        yield piece
        sent += piece.length
        const early = begun + (sent / rate) * 1000 - performance.now()
        if (early >= 1) await sleep(early, undefined, { signal })
      }
    }
  }
}

/**
 * The first bytes, then the end of the connection.
 *
 * @param hangUp Ends it once what was written is on its way.
 */
export function cut(body: Body, most: number, hangUp: () => void): Body {
  return async function* (signal) {
    let left = most
    if (left > 0) {
      for await (const chunk of body(signal)) {
        const piece = chunk.subarray(0, left)
        left -= piece.length
        yield piece
        if (left === 0) break
      }
    }
    await nextTurn()
    hangUp()
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }
}

/** A body that is there already. */
export function plain(bytes: Uint8Array): Body {
  return async function* () {
    if (bytes.length > 0) yield bytes
  }
}

/** @returns The text as far as its middle: no JSON any more, whatever it was. */
export function malform(text: string): string {
  const half = text.slice(0, Math.ceil(text.length / 2)).trimEnd()
  // Half of a bare word or number could be one, too.
  return /^[[{"]/.test(half) ? half : '{"id":'
}

/**
 * Gives the first plain value of a JSON text the wrong type: a text becomes a number, anything else
 * becomes a text. What is null stays.
 *
 * @returns The new text, and the place as a JSON Pointer (RFC 6901).
 */
export function driftOff(text: string): { text: string; pointer: string } {
  const root: unknown = text === '' ? {} : JSON.parse(text)
  const steps = firstPlainValue(root)
  if (steps === undefined || steps.length === 0) return { text: '{"drift":true}', pointer: '' }
  let parent = root as Record<string, unknown>
  for (const step of steps.slice(0, -1)) parent = parent[step] as Record<string, unknown>
  const last = steps.at(-1) ?? ''
  const value = parent[last]
  parent[last] = typeof value === 'string' ? value.length : String(value)
  const pointer = steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  return { text: JSON.stringify(root), pointer: pointer.join('') }
}

function firstPlainValue(value: unknown): string[] | undefined {
  if (value === null) return undefined
  if (typeof value !== 'object') return []
  for (const [name, member] of Object.entries(value)) {
    const steps = firstPlainValue(member)
    if (steps) return [name, ...steps]
  }
  return undefined
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
