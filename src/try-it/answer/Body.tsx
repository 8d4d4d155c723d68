import type { ShownAnswerView } from './answer-view.ts'
import { isText } from './body-kind.ts'
import { CopyRow } from './CopyButton.tsx'
import { JsonBody } from './JsonBody.tsx'
import { Media, Picture } from './Media.tsx'
import { StreamView } from './StreamView.tsx'
import { TextView } from './TextView.tsx'
import { BytesWindow } from './TextWindow.tsx'
import { sizeInWords } from './words.ts'

/** The body as what it is; markup of any kind as its source. */
export function Body({ view }: { view: ShownAnswerView }) {
  const { body, text, received, mediaType, stream } = view
  if (stream) return <StreamView stream={stream} isOver={body !== undefined} />
  if (!body) {
    if (view.live !== undefined) return <pre class="try-text try-live">{view.live}</pre>
    return view.isKept && received.bytes > 0 ? (
      <p class="try-quiet">The body was too large to be kept.</p>
    ) : null
  }
  switch (body.kind) {
    case 'none':
      return received.failure ? null : <p class="try-quiet">No body.</p>
    case 'json':
      return text === undefined ? (
        <BytesWindow blob={body.blob} contentType={view.contentType} />
      ) : (
        <JsonBody view={view} text={text} />
      )
    case 'text':
      return text === undefined ? (
        <BytesWindow blob={body.blob} contentType={view.contentType} />
      ) : (
        <>
          <CopyRow text={text} />
          <TextView text={text} />
        </>
      )
    case 'image':
      return <Picture blob={body.blob} mediaType={mediaType} />
    case 'audio':
    case 'video':
      return <Media kind={body.kind} blob={body.blob} mediaType={mediaType} />
    default:
      return isText(mediaType) ? null : (
        <p class="try-quiet">
          {mediaType || 'Bytes of no stated type'}, {sizeInWords(received.bytes)}, not shown.
        </p>
      )
  }
}
