import { useSignal, useSignalEffect } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'
import type { BodyProblem } from './check-body.ts'
import { plainDescription } from './description.ts'
import type { SecretProperty } from './secrets.ts'

/** Milliseconds without a key before the body is checked. */
const pause = 250

/** The body as text, with the document's examples at hand and checked against its schema. */
export function BodyEditor({ model }: { model: PanelModel }) {
  const { form, operation, request } = model
  const id = useId()
  const problems = useBodyProblems(model)
  const media = form.media.value
  const content = operation.requestBody?.content ?? []
  const built = model.built.value
  const refused =
    model.tried.value && 'error' in built && built.error.field === 'body' ? built.error : undefined
  const wrong = refused
    ? [{ place: '', message: refused.message }]
    : [...problems, ...request.toldAbout('body')]
  return (
    <div class="try-field">
      <label class="try-label" for={id}>
        <span class="try-name">Body</span>
        {operation.requestBody?.required && <span class="try-required">required</span>}
        {content.length < 2 && <span class="try-soft">{media?.mediaType}</span>}
      </label>
      {content.length > 1 && (
        <select
          class="try-small"
          aria-label="Media type of the body"
          value={form.mediaType.value}
          onChange={({ currentTarget }) => form.useMediaType(currentTarget.value)}
        >
          {content.map(({ mediaType }) => (
            <option key={mediaType}>{mediaType}</option>
          ))}
        </select>
      )}
      {media && media.examples.length > 1 && (
        <select
          class="try-small"
          aria-label="Example to fill in"
          onChange={({ currentTarget }) => form.useBodyExample(currentTarget.value)}
        >
          {media.examples.map(({ name, summary }) => (
            <option key={name} value={name}>
              {summary || name}
            </option>
          ))}
        </select>
      )}
      <textarea
        id={id}
        class="try-input try-body"
        rows={6}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-describedby={`${id}e`}
        aria-invalid={wrong.length > 0 || undefined}
        value={form.body.value}
        onInput={({ currentTarget }) => {
          form.body.value = currentTarget.value
        }}
        onBlur={() => form.liftSecrets()}
      />
      <div class="try-error" id={`${id}e`} role="status">
        {wrong.map(({ place, message }) => (
          <p key={place + message}>
            {place && <code>{place}</code>} {message}
          </p>
        ))}
      </div>
      {form.secretProperties.value
        .filter(({ name, isInternal }) => !isInternal || form.bodySecrets.value.has(name))
        .map((property) => (
          <SecretField key={property.name} property={property} model={model} />
        ))}
    </div>
  )
}

function SecretField({ property, model }: { property: SecretProperty; model: PanelModel }) {
  const id = useId()
  const { bodySecrets } = model.form
  return (
    <div class="try-secret">
      <label class="try-label" for={id}>
        <span class="try-name">{property.name}</span>
        <span class="try-soft">masked</span>
      </label>
      <input
        id={id}
        type="text"
        class="try-input try-masked"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby={`${id}d`}
        value={bodySecrets.value.get(property.name) ?? ''}
        onInput={({ currentTarget }) => {
          bodySecrets.value = new Map([...bodySecrets.peek(), [property.name, currentTarget.value]])
        }}
      />
      <p class="try-hint" id={`${id}d`}>
        {plainDescription(property.description)} Put into the body when it is sent; kept out of the
        samples and of what this browser stores.
      </p>
    </div>
  )
}

/** Checks the body a moment after the last key, with a checker that is loaded for it. */
function useBodyProblems({ form }: PanelModel): readonly BodyProblem[] {
  const problems = useSignal<readonly BodyProblem[]>([])
  const latest = useRef(0)
  useSignalEffect(() => {
    const { body } = form.values.value
    const schema = form.media.value?.schema
    const isJson = /^application\/(.+\+)?json\b/.test(form.mediaType.value)
    latest.current += 1
    const mine = latest.current
    if (!isJson || body === undefined || body === '') {
      problems.value = []
      return
    }
    const timer = setTimeout(async () => {
      const { checkBody } = await import('./check-body.ts')
      if (latest.current === mine) problems.value = checkBody(body, schema)
    }, pause)
    return () => clearTimeout(timer)
  })
  return problems.value
}
