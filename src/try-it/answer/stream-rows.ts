/** One event of a stream, or one line. */
export interface StreamRow {
  /** Counted from 1. */
  number: number
  /** Milliseconds since the answer began. */
  at: number
  /** Type of an event, where it is not the usual one. */
  label: string
  text: string
}

/** Rows that stay in view. */
export const mostRows = 1000
/** Characters of all rows in view, and of a line that has not ended. */
const mostCharacters = 2_000_000
/** Milliseconds over which the rate is taken. */
const rateSpan = 5000
const rateStep = 250

interface EventSoFar {
  label: string
  data?: string
}

const nothingSoFar: EventSoFar = { label: '' }

/**
 * Cuts a stream into its events or lines as it comes. Holds the newest rows alone, so that a stream
 * without end fills no memory.
 */
export class StreamRows {
  readonly rows: StreamRow[] = []
  count = 0
  private readonly kind: 'events' | 'lines'
  private readonly decoder: TextDecoder
  private characters = 0
  /** A line that has not ended. */
  private rest = ''
  /** The last piece ended with a carriage return. */
  private isAfterReturn = false
  private event: EventSoFar = nothingSoFar
  /** How many rows came, by fractions of a second. */
  private recent: { since: number; rows: number }[] = []

  constructor(kind: 'events' | 'lines', charset: string) {
    this.kind = kind
    this.decoder = new TextDecoder(charset)
  }

  /** @param at Milliseconds since the answer began. */
  add(piece: Uint8Array, at: number): void {
    this.take(this.decoder.decode(piece, { stream: true }), at)
  }

  /** What came last need not end with a line break. */
  end(at: number): void {
    this.take(this.decoder.decode(), at)
    if (this.rest !== '') this.line(this.rest, at)
    this.rest = ''
    if (this.kind === 'events') this.line('', at)
  }

  /** Rows a second, over the last few seconds. */
  rate(at: number): number {
    const from = Math.max(0, at - rateSpan)
    let recent = 0
    for (const { since, rows } of this.recent) if (since >= from - rateStep) recent += rows
    return (recent / Math.max(rateStep, at - from)) * 1000
  }

  private take(text: string, at: number): void {
    if (text === '') return
    // A carriage return ends its line at once; the line feed after it may come with the next piece.
    const fresh = this.isAfterReturn && text.startsWith('\n') ? text.slice(1) : text
    this.isAfterReturn = text.endsWith('\r')
    const lines = fresh.split(/\r\n|\n|\r/)
    lines[0] = this.rest + (lines[0] ?? '')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.line(line, at)
    if (this.rest.length > mostCharacters) {
      this.line(this.rest, at)
      this.rest = ''
    }
  }

  private line(line: string, at: number): void {
    if (this.kind === 'lines') {
      // JSON sequences begin each value with a record separator (RFC 7464).
      const text = line.startsWith('\u001e') ? line.slice(1) : line
      if (text.trim() !== '') this.row('', text, at)
      return
    }
    if (line === '') {
      this.finishEvent(at)
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    const { label, data } = this.event
    if (field === 'event') this.event = { label: value, data }
    if (field !== 'data') return
    this.event = { label, data: data === undefined ? value : `${data}\n${value}` }
    // An event without end is shown in parts.
    if ((this.event.data?.length ?? 0) > mostCharacters) this.finishEvent(at)
  }

  private finishEvent(at: number): void {
    const { label, data } = this.event
    this.event = nothingSoFar
    if (data !== undefined) this.row(label, data, at)
  }

  private row(label: string, text: string, at: number): void {
    this.count += 1
    const latest = this.recent.at(-1)
    if (latest && at - latest.since < rateStep) latest.rows += 1
    else this.recent = [...this.recent.slice(-rateSpan / rateStep), { since: at, rows: 1 }]
    this.rows.push({ number: this.count, at, label, text })
    this.characters += text.length
    while (
      this.rows.length > mostRows ||
      (this.characters > mostCharacters && this.rows.length > 1)
    ) {
      this.characters -= this.rows.shift()?.text.length ?? 0
    }
  }
}
