import { useComputed } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Answer } from './Answer.tsx'
import { BodyEditor } from './BodyEditor.tsx'
import { guardAgainstKeys } from './key-guard.ts'
import { ParameterField } from './ParameterField.tsx'
import type { PanelModel } from './panel-model.ts'
import { SessionBar } from './SessionBar.tsx'

/** The whole panel: who is signed in, the request as a sentence, the form, the answer. */
export function Panel({ model, onClose }: { model: PanelModel; onClose(): void }) {
  const { operation, form } = model
  const phase = model.phase.value

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void model.send()
    } else if (event.key === 'Escape' && phase === 'asking') {
      event.stopPropagation()
      model.dismiss()
    }
  }

  return (
    <section class="try-panel" aria-label="Try it" tabIndex={-1} onKeyDown={onKeyDown}>
      <div class="try-surface">
        <SessionBar model={model} onClose={onClose} />
        <form
          noValidate
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault()
            void model.send()
          }}
          {...guardAgainstKeys(model)}
        >
          <RequestSentence model={model} />
          {model.keyRefused.value && <KeyRefusal model={model} />}
          {form.fields.map((field) => (
            <ParameterField key={field.key} field={field} model={model} />
          ))}
          {form.unsendable.map(({ name, in: place }) => (
            <p class="try-note" key={`${place}:${name}`}>
              Browsers do not let a page send the {place} <code>{name}</code>. Use the curl for it.
            </p>
          ))}
          {operation.requestBody && <BodyEditor model={model} />}
          {phase === 'asking' ? <Confirmation model={model} /> : <Actions model={model} />}
        </form>
      </div>
      <Answer model={model} />
    </section>
  )
}

function RequestSentence({ model }: { model: PanelModel }) {
  const { operation } = model
  const address = useComputed(() => {
    const built = model.built.value
    if ('request' in built) return built.request.url.replace(/^https?:\/\//, '')
    return `${new URL(model.environment.value.api).host}${operation.path}`
  })
  return (
    <p class="try-sentence">
      <span class={`method ${operation.method.toLowerCase()}`}>{operation.method}</span>{' '}
      <span>{address}</span>
    </p>
  )
}

function Actions({ model }: { model: PanelModel }) {
  const isSending = model.phase.value === 'sending'
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const error = model.tried.value && 'error' in model.built.value && model.built.value.error
  return (
    <div class="try-actions">
      <button
        type="submit"
        class="try-send"
        disabled={isSending || model.phase.value === 'leaving'}
      >
        Send
      </button>
      {isSending ? (
        <button type="button" class="try-plain" onClick={() => model.cancel()}>
          Cancel
        </button>
      ) : (
        <span class="try-keys" aria-hidden="true">
          <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> <kbd>↵</kbd>
        </span>
      )}
      {isSending && <span class="try-soft">{(model.waiting.value / 1000).toFixed(1)} s</span>}
      {model.session.value && (
        <button
          type="button"
          class="try-out"
          disabled={model.phase.value !== 'idle'}
          onClick={() => void model.signOut()}
        >
          Sign out
        </button>
      )}
      <span class="try-error" role="alert">
        {error ? error.message : ''}
      </span>
    </div>
  )
}

function Confirmation({ model }: { model: PanelModel }) {
  const id = useId()
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  const { summary } = model.operation
  const what = summary ? summary.charAt(0).toLowerCase() + summary.slice(1) : 'do it'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question, not a group of fields
    <div class="try-confirm" role="group" aria-labelledby={id}>
      <p id={id} role="alert">
        {model.confirmation} Go ahead?
      </p>
      <div class="try-actions">
        <button
          type="button"
          class="try-send try-danger"
          ref={yes}
          onClick={() => void model.send(true)}
        >
          Yes, {what}
        </button>
        <button type="button" class="try-plain" onClick={() => model.dismiss()}>
          No, go back
        </button>
      </div>
    </div>
  )
}

function KeyRefusal({ model }: { model: PanelModel }) {
  return (
    <div class="try-refusal" role="alert">
      <p>
        <strong>That looks like an API key.</strong> It was not kept and not sent. A key gives full
        access until it is revoked, so it does not belong into a web page. Use it from a terminal:
      </p>
      <pre class="try-code">
        <code>{model.curlHint}</code>
      </pre>
      <button type="button" class="try-plain" onClick={() => model.forgetRefusal()}>
        Understood
      </button>
    </div>
  )
}
