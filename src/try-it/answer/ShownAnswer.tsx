import { useEffect, useState } from 'preact/hooks'
import { failureWords } from '../failure/failure-words.ts'
import type { PanelModel } from '../panel-model.ts'
import { sizeInWords, statusLine, timeInWords } from './answer.ts'
import type { AnswerView, ShownAnswerView } from './answer-view.ts'
import { CopyButton } from './CopyButton.tsx'
import { JsonView } from './JsonView.tsx'
import { Problem } from './Problem.tsx'
import { TextView } from './TextView.tsx'

/** A JSON tree up to here, the text beyond. */
const largestTree = 5_000_000

/** An answer, or what went wrong in true words. */
export function ShownAnswer({ view, model }: { view: AnswerView; model: PanelModel }) {
  if (view.kind === 'answer') return <Whole view={view} model={model} />
  const { title, text } = failureWords(view.failure)
  return (
    <div class="try-status" role="status">
      <strong class="try-bad">{title}</strong>
      <p>{text}</p>
    </div>
  )
}

function Whole({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { head, received } = view
  return (
    <>
      <div class="try-bar" role="status">
        <strong class={head.status < 400 ? 'try-ok' : 'try-bad'}>
          {statusLine(head.status, head.statusText)}
        </strong>
        <span>{timeInWords(view.elapsed)}</span>
        <span>{sizeInWords(received.bytes)}</span>
        {!received.done && !received.paused && !received.failure && <span>receiving</span>}
        {view.text !== undefined && received.done && <CopyButton text={view.text} />}
      </div>
      <Offer view={view} model={model} />
      <Problem view={view} />
      <Headers view={view} />
      <Body view={view} />
      <Ending view={view} model={model} />
    </>
  )
}

function Offer({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { offer, head } = view
  if (!offer) return null
  const { scopes, wanted, repeat } = offer
  const host = new URL(model.environment.value.issuer ?? location.origin).host
  return (
    <div class="try-offer">
      <p>
        {scopes.length > 0
          ? `Your sign-in lacks ${scopes.join(', ')}.`
          : head.authorized
            ? 'The API no longer takes your sign-in.'
            : 'This call needs a sign-in.'}
        {!repeat && ' The call was repeated once already, so something else is in the way.'}
      </p>
      <button
        type="button"
        class="try-plain"
        disabled={model.phase.value !== 'idle'}
        onClick={() => void model.signIn(wanted, repeat)}
      >
        {scopes.length > 0 ? `Allow ${scopes.join(', ')}` : 'Sign in'}
        {repeat && ' and repeat this call'}
      </button>
      <span>at {host}</span>
    </div>
  )
}

function Headers({ view }: { view: ShownAnswerView }) {
  const { headers } = view.head
  if (headers.length === 0) return null
  return (
    <details class="try-headers">
      <summary>
        {headers.length} {headers.length === 1 ? 'header' : 'headers'}
      </summary>
      <dl>
        {headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>Only what the API shows to browsers. The curl sees all of them.</p>
    </details>
  )
}

function Body({ view }: { view: ShownAnswerView }) {
  const { body, text, received, mediaType } = view
  if (mediaType === 'text/event-stream') return <TextView text={text ?? ''} />
  if (!body) return null
  switch (body.kind) {
    case 'none':
      return received.failure ? null : <p class="try-quiet">No body.</p>
    case 'json':
      return text !== undefined && text.length <= largestTree ? (
        <JsonView text={text} />
      ) : (
        <TextView text={text ?? ''} />
      )
    case 'image':
      return <Picture blob={body.blob} />
    case 'binary':
      return (
        <p class="try-quiet">
          {mediaType || 'Bytes of no stated type'}, {sizeInWords(received.bytes)}, not shown.
        </p>
      )
    default:
      return <TextView text={text ?? ''} />
  }
}

/** How reading ended, and what can be done with what there is. */
function Ending({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { received, body, mediaType } = view
  return (
    <>
      {received.failure && (
        <p class="try-quiet try-bad" role="status">
          {received.failure.code === 'cancelled'
            ? 'Cancelled while the answer was coming.'
            : received.failure.message}
        </p>
      )}
      {received.paused && (
        <p class="try-quiet" role="status">
          Stopped after {sizeInWords(received.bytes)}.{' '}
          <button
            type="button"
            class="try-plain"
            onClick={() => void model.answer.continueReading()}
          >
            Go on
          </button>
        </p>
      )}
      {body && (received.bytes > 100_000 || body.kind === 'binary' || body.kind === 'image') ? (
        <SaveLink blob={body.blob} mediaType={mediaType} />
      ) : null}
    </>
  )
}

function useObjectUrl(blob: Blob, type?: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(type === undefined ? blob : blob.slice(0, blob.size, type))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, type])
  return url
}

function Picture({ blob }: { blob: Blob }) {
  const url = useObjectUrl(blob)
  return url ? <img class="try-picture" src={url} alt="Body of the answer" /> : null
}

function SaveLink({ blob, mediaType }: { blob: Blob; mediaType: string }) {
  // Whatever it says it is, it is bytes to this browser: opened, it must not run here.
  const url = useObjectUrl(blob, 'application/octet-stream')
  const extension = mediaType.split('/')[1]?.replace(/^x-|^.*\+/, '') || 'bin'
  return (
    <p class="try-quiet">
      <a href={url} download={`answer.${extension}`}>
        Save the body
      </a>
    </p>
  )
}
