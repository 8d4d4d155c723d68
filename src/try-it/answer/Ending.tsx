import { useMemo } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'
import type { Received } from './answer-reader.ts'
import type { ShownAnswerView } from './answer-view.ts'
import { fileName } from './file-name.ts'
import { headerOf } from './headers.ts'
import { useObjectUrl } from './object-url.ts'
import type { StreamRow } from './stream-rows.ts'
import { sizeInWords } from './words.ts'

/** Bytes from which a body that is shown can be saved too. */
const worthSaving = 10_000

/** How reading ended, and what can be done with what there is. */
export function Ending({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { received, body, stream, next } = view
  const disposition = headerOf(view.head.headers, 'content-disposition')
  const isShown = body?.kind === 'json' || body?.kind === 'text'
  const canSave =
    body !== undefined &&
    body.blob.size > 0 &&
    (!isShown || received.bytes > worthSaving || disposition !== undefined)
  const file = fileName(disposition, view.mediaType)
  return (
    <>
      {received.failure && (
        <p class="try-quiet try-bad" role="status">
          {received.failure.code === 'cancelled'
            ? 'Cancelled while the answer was coming.'
            : cutWords(received, headerOf(view.head.headers, 'content-length'))}
        </p>
      )}
      {received.paused && (
        <p class="try-quiet" role="status">
          Stopped after {sizeInWords(received.bytes)}.{' '}
          <button
            type="button"
            class="try-plain"
            disabled={model.phase.value !== 'idle'}
            onClick={() => void model.answer.continueReading()}
          >
            Go on
          </button>
        </p>
      )}
      {(next || canSave || (stream && body)) && (
        <div class="try-foot">
          {next && (
            <button
              type="button"
              class="try-plain"
              disabled={model.phase.value !== 'idle'}
              onClick={() => void model.followPage(next)}
            >
              Next page
            </button>
          )}
          {canSave && <SaveLink blob={body.blob} file={file} />}
          {stream && body && stream.rows.length > 0 && <SaveRows rows={stream.rows} file={file} />}
        </div>
      )}
    </>
  )
}

/** How far the answer came. Both numbers are facts; compressed, they are not of the same thing. */
function cutWords({ bytes, failure }: Received, announced: string | undefined): string {
  const whole = /^\d{1,15}$/.test(announced ?? '') ? Number(announced) : 0
  const came = `${sizeInWords(bytes)} came`
  return `${failure?.message ?? ''} ${
    whole > bytes ? `${came} of the ${sizeInWords(whole)} that were announced.` : `${came}.`
  } Certain: the connection ended, or its data could not be read.`
}

function SaveRows({ rows, file }: { rows: readonly StreamRow[]; file: string }) {
  const blob = useMemo(() => new Blob(rows.map(({ text }) => `${text}\n`)), [rows])
  return <SaveLink blob={blob} file={file} />
}

function SaveLink({ blob, file }: { blob: Blob; file: string }) {
  // Whatever it says it is, it is bytes to this browser: opened, it must not run here.
  const url = useObjectUrl(blob, 'application/octet-stream')
  return (
    <a href={url} download={file}>
      Save as {file}
    </a>
  )
}
