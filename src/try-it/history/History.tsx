import { useSignal } from '@preact/signals'
import { SendFailure } from '../../oauth/vault/send-failure.ts'
import { sizeInWords, statusLine, timeInWords } from '../answer/words.ts'
import { causeWords, failureWords } from '../failure/failure-words.ts'
import type { PanelModel } from '../panel-model.ts'
import { bodyText } from './bodies.ts'
import { Comparison } from './Comparison.tsx'
import { openPast } from './open-past.ts'
import type { KeptPastCall, PastFailure } from './past-call.ts'

/** The calls of this tab: open one again, make it again, compare two, take all away as HAR. */
export function History({ model }: { model: PanelModel }) {
  const calls = model.history.calls.value
  const chosen = useSignal<readonly string[]>([])
  const pair = calls.filter(({ id }) => chosen.value.includes(id))
  const [newer, older] = pair
  return (
    <>
      <ul class="try-calls">
        {calls.map((call) => (
          <li key={call.id}>
            <label class="try-call">
              <input
                type="checkbox"
                aria-label={`Compare ${nameOf(call)}`}
                checked={chosen.value.includes(call.id)}
                onChange={({ currentTarget }) => {
                  const others = chosen.peek().filter((id) => id !== call.id)
                  chosen.value = currentTarget.checked ? [...others, call.id].slice(-2) : others
                }}
              />
              <Facts call={call} />
            </label>
            <span class="try-call-ways">
              <button
                type="button"
                class="try-link"
                aria-label={`Open ${nameOf(call)}`}
                disabled={model.phase.value !== 'idle'}
                onClick={() => void openPast(model, call, false)}
              >
                Open
              </button>
              <button
                type="button"
                class="try-link"
                aria-label={`Repeat ${nameOf(call)}`}
                disabled={model.phase.value !== 'idle'}
                onClick={() => void openPast(model, call, true)}
              >
                Repeat
              </button>
            </span>
          </li>
        ))}
      </ul>
      {older && newer ? (
        <Comparison older={older} newer={newer} />
      ) : (
        calls.length > 1 && <p class="try-soft">Tick two calls to compare their answers.</p>
      )}
      <p class="try-call-ways">
        <button type="button" class="try-plain" onClick={() => void exportHar(calls)}>
          Save as HAR
        </button>
        <span class="try-soft">Kept in memory until you sign out; no credential is in it.</span>
      </p>
    </>
  )
}

function Facts({ call }: { call: KeptPastCall }) {
  const { outcome } = call
  const isGood = outcome.kind === 'answer' && outcome.head.status < 400
  return (
    <span class="try-call-facts">
      <b class={isGood ? 'try-good' : 'try-wrong'}>
        {outcome.kind === 'answer'
          ? statusLine(outcome.head.status, outcome.head.statusText)
          : failureTitle(outcome)}
      </b>
      <span>
        <span class={`method ${call.method.toLowerCase()}`}>{call.method}</span> {pathOf(call)}
      </span>
      <span class="try-soft">
        {new Date(call.at).toLocaleTimeString()}
        {outcome.kind === 'answer' &&
          ` · ${timeInWords(outcome.elapsed)} · ${sizeInWords(outcome.bytes)}`}
      </span>
    </span>
  )
}

function failureTitle({ code, message, cause }: PastFailure): string {
  return (cause ? causeWords(cause, '', '') : failureWords(new SendFailure(code, message))).title
}

function pathOf({ request, summary }: KeptPastCall): string {
  if (!request || !URL.canParse(request.url)) return summary
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

function nameOf(call: KeptPastCall): string {
  return `${call.method} ${pathOf(call)} of ${new Date(call.at).toLocaleTimeString()}`
}

async function exportHar(calls: readonly KeptPastCall[]): Promise<void> {
  const { toHar } = await import('./har.ts')
  const texts = new Map<string, string>()
  for (const call of calls) {
    const text = await bodyText(call)
    if (text !== undefined) texts.set(call.id, text)
  }
  const har = JSON.stringify(toHar([...calls].reverse(), texts), null, 2)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([har], { type: 'application/octet-stream' }))
  link.download = 'calls.har'
  link.click()
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
