type Piece = Uint8Array<ArrayBuffer>

/** Bytes that are taken in before anyone asks for them. */
const mostAhead = 256 * 1024

/**
 * Reads a body as it comes and hands it out as it is asked for. When a connection breaks, a browser
 * throws away what was not read yet: what came would be lost to a reader who is a moment late.
 *
 * @returns The next piece, nothing at the end. Rejects as the body does, once all that came is out.
 */
export function readAhead(body: ReadableStream<Piece>): () => Promise<Piece | undefined> {
  const reader = body.getReader()
  const pieces: Piece[] = []
  let held = 0
  let end: { cause?: unknown } | undefined
  let isTaking = false
  let wake = () => {}

  async function take(): Promise<void> {
    isTaking = true
    try {
      while (!end && held < mostAhead) {
        const { value } = await reader.read()
        if (!value) end = {}
        else {
          pieces.push(value)
          held += value.byteLength
        }
        wake()
      }
    } catch (cause) {
      end = { cause }
      wake()
    }
    isTaking = false
  }

  void take()
  return async () => {
    while (pieces.length === 0 && !end) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (pieces.length === 0) {
      if (end && 'cause' in end) throw end.cause
      return undefined
    }
    const piece = joined(pieces)
    held -= piece.byteLength
    if (!isTaking) void take()
    return piece
  }
}

/** Takes what is there out of the list as one piece: whoever is slow has fewer to handle. */
function joined(pieces: Piece[]): Piece {
  const all = pieces.splice(0)
  const [first] = all
  if (first && all.length === 1) return first
  const whole = new Uint8Array(all.reduce((bytes, { byteLength }) => bytes + byteLength, 0))
  let at = 0
  for (const piece of all) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
