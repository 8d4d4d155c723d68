import { useMemo } from 'preact/hooks'
import { printCurl } from '../../snippets/curl.ts'
import { textOf } from '../../snippets/token.ts'
import type { FailedView } from '../answer/answer-view.ts'
import { CopyButton } from '../answer/CopyButton.tsx'
import type { PanelModel } from '../panel-model.ts'
import { causeWords, failureWords, surenessInWords } from './failure-words.ts'

/** What went wrong in true words, how sure that is, and the curl that tells more. */
export function FailureView({ view, model }: { view: FailedView; model: PanelModel }) {
  const { failure, cause, isSought, request } = view
  const api = request ? new URL(request.url).origin : model.environment.value.api
  const words = cause ? causeWords(cause, api, location.origin) : failureWords(failure)
  const { title, text, sureness, needed } = words
  const curl = useMemo(() => {
    if (!request || failure.code === 'cancelled') return undefined
    try {
      return textOf(printCurl(request, model.operation.credentials[0]))
    } catch {
      // Not everything that a browser sends can stand in a command.
      return undefined
    }
  }, [request, failure, model])
  return (
    <>
      <div class="try-status" role="status">
        <strong class="try-bad">{title}</strong>{' '}
        <span class="try-sure">{isSought ? 'Finding out why …' : surenessInWords(sureness)}</span>
        <p>{text}</p>
      </div>
      {needed && (
        <div class="try-needed">
          <p>What the server would have to answer:</p>
          <pre class="try-text">{needed}</pre>
        </div>
      )}
      {curl && !isSought && (
        <div class="try-needed">
          <div class="try-needed-head">
            <p>A terminal has no such limits, and says more:</p>
            <CopyButton text={curl} what="the curl" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
          <pre class="try-text" tabIndex={0}>
            {curl}
          </pre>
        </div>
      )}
    </>
  )
}
