import type { Signal } from '@preact/signals'
import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import type { AnswerOffer } from '../session/step-up.ts'
import { AnswerReader, type Received } from './answer-reader.ts'
import type { AnswerView, ShownAnswerView } from './answer-view.ts'
import { bodyKind, charsetOf, decode, isText, mediaTypeOf, streamKind } from './body-kind.ts'
import { headerOf } from './headers.ts'
import { StreamRows } from './stream-rows.ts'

/** Milliseconds between two looks at an answer that is coming in. */
const pace = 150
/** Milliseconds after which a text is shown while it comes: most are whole by then. */
const liveAfter = 400
/** Characters of such a text that are shown. */
const liveLength = 4_000
/** Bytes that hold as many in any charset. */
const liveBytes = 4 * liveLength
/** Bytes up to which a text is held and shown whole. */
export const largestText = 5_000_000

export type Update = (change: Partial<ShownAnswerView>) => void

/** Looks at an answer while it comes in. */
class Arrival {
  private readonly view: ShownAnswerView
  private readonly update: Update
  private readonly stream: StreamRows | undefined
  private live: TextDecoder | undefined
  private readonly began = performance.now()
  private text = ''
  private shownAt = 0

  constructor(view: ShownAnswerView, update: Update) {
    this.view = view
    this.update = update
    const charset = charsetOf(view.contentType)
    const kind = streamKind(view.mediaType)
    if (kind) this.stream = new StreamRows(kind, charset)
    else if (isText(view.mediaType)) this.live = new TextDecoder(charset)
  }

  get isStream(): boolean {
    return this.stream !== undefined
  }

  see(received: Received, piece: Uint8Array): void {
    const now = performance.now()
    this.stream?.add(piece, now - this.began)
    if (this.live) this.follow(piece)
    if (now - this.shownAt < pace) return
    this.shownAt = now
    const time = now - this.began
    this.update({
      received,
      ...(time > liveAfter && { rate: (received.bytes / time) * 1000 }),
      ...this.streamChange(),
      ...(this.live && time > liveAfter && { live: this.text }),
    })
  }

  /** Keeps the end of the text. Of a large piece the rest is not even read. */
  private follow(piece: Uint8Array): void {
    const isLarge = piece.byteLength > liveBytes
    if (isLarge) {
      this.live = new TextDecoder(charsetOf(this.view.contentType))
      this.text = ''
    }
    const end = isLarge ? piece.subarray(-liveBytes) : piece
    const text = this.live?.decode(end, { stream: true }) ?? ''
    // A large piece may be cut in the middle of a character.
    this.text = (this.text + (isLarge ? text.replace(/^\ufffd+/, '') : text)).slice(-liveLength)
  }

  streamChange(): Partial<ShownAnswerView> {
    const { stream } = this
    if (!stream) return {}
    const rate = stream.rate(performance.now() - this.began)
    return { stream: { rows: [...stream.rows], count: stream.count, rate } }
  }

  /** What can be shown once no more comes. */
  async finish(received: Received, blob: Blob): Promise<void> {
    const { mediaType, contentType } = this.view
    this.stream?.end(performance.now() - this.began)
    const kind = bodyKind(mediaType, received.bytes)
    const isWhole = (kind === 'json' || kind === 'text') && blob.size <= largestText
    const text = isWhole ? await decode(blob, contentType) : undefined
    const { live: _gone, ...streamed } = { live: undefined, ...this.streamChange() }
    this.update({
      received,
      body: { kind, blob },
      ...streamed,
      ...(text !== undefined && { text }),
    })
  }
}

/**
 * Reads an answer into what the Response region shows.
 *
 * @param started When the request left, by `performance.now()`.
 * @param onEnd Called whenever no more comes: at its end, or where its size made it stop.
 * @returns Goes on where reading stopped for the size of the answer.
 */
export async function receive(
  answer: RemoteAnswer,
  shown: Signal<AnswerView | undefined>,
  offer: AnswerOffer | undefined,
  started: number,
  onEnd: (view: ShownAnswerView, update: Update) => void,
): Promise<() => Promise<void>> {
  const { head } = answer
  const contentType = headerOf(head.headers, 'content-type')
  const first: ShownAnswerView = {
    kind: 'answer',
    head,
    contentType,
    mediaType: mediaTypeOf(contentType),
    received: { bytes: 0, done: false, paused: false },
    cameAt: Date.now(),
    elapsed: head.elapsed,
    offer,
  }
  shown.value = first
  const update: Update = (change) => {
    const view = shown.peek()
    // Another call may have taken its place.
    if (view?.kind === 'answer' && view.head === head) shown.value = { ...view, ...change }
  }
  const arrival = new Arrival(first, update)
  const reader = new AnswerReader(answer, arrival.isStream)
  const goOn = async () => {
    const received = await reader.read((progress, piece) => arrival.see(progress, piece))
    const elapsed = performance.now() - started
    await arrival.finish(received, reader.blob(first.mediaType))
    const measured = received.done ? await answer.measure() : undefined
    update({ elapsed, ...(measured && { measured }) })
    const view = shown.peek()
    if (view?.kind === 'answer' && view.head === head) onEnd(view, update)
  }
  await goOn()
  return goOn
}
