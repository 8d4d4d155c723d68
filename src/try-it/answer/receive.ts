import type { Signal } from '@preact/signals'
import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import { AnswerReader, bodyKind, decode, eventLines, mediaTypeOf } from './answer.ts'
import type { AnswerOffer, AnswerView, ShownAnswerView } from './answer-view.ts'
import { headerOf } from './headers.ts'

/** Milliseconds between two looks at an answer that is coming in. */
const pace = 50

/**
 * Reads an answer into what the Response region shows.
 *
 * @param started When the request left, by `performance.now()`.
 * @returns Goes on where reading stopped for the size of the answer.
 */
export async function receive(
  answer: RemoteAnswer,
  shown: Signal<AnswerView | undefined>,
  offer: AnswerOffer | undefined,
  started: number,
): Promise<() => Promise<void>> {
  const { head } = answer
  const contentType = headerOf(head.headers, 'content-type')
  const first: ShownAnswerView = {
    kind: 'answer',
    head,
    contentType,
    mediaType: mediaTypeOf(contentType),
    received: { bytes: 0, done: false, paused: false },
    elapsed: head.elapsed,
    offer,
  }
  shown.value = first
  const reader = new AnswerReader(answer)
  const update = (change: Partial<ShownAnswerView>) => {
    const view = shown.peek()
    // Another call may have taken its place.
    if (view?.kind === 'answer' && view.head === head) shown.value = { ...view, ...change }
  }
  await read(reader, first, update)
  update({ elapsed: performance.now() - started })
  return () => read(reader, first, update)
}

async function read(
  reader: AnswerReader,
  { mediaType, contentType }: ShownAnswerView,
  update: (change: Partial<ShownAnswerView>) => void,
): Promise<void> {
  const isEvents = mediaType === 'text/event-stream'
  const decoder = new TextDecoder()
  let lines: string[] = []
  let shownAt = 0
  const received = await reader.read((progress, piece) => {
    if (isEvents && piece) {
      const [first = '', ...rest] = decoder.decode(piece, { stream: true }).split('\n')
      lines = [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...rest].slice(-eventLines)
    }
    if (performance.now() - shownAt < pace) return
    shownAt = performance.now()
    update({ received: progress, ...(isEvents && { text: lines.join('\n') }) })
  })
  const blob = reader.blob(mediaType)
  const kind = bodyKind(mediaType, received.bytes)
  const isText = kind === 'json' || kind === 'text'
  update({
    received,
    body: { kind, blob },
    ...(isEvents && { text: lines.join('\n') }),
    ...(isText && { text: await decode(blob, contentType) }),
  })
}
