import { useSignalEffect } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../../panel-model.ts'
import { plainDescription } from '../description.ts'
import type { BodyForm } from './body-form.ts'
import type { SecretProperty } from './secrets.ts'

/** Milliseconds without a key before the body is checked. */
const pause = 250

/** The body as text, with the document's examples at hand and checked against its schema. */
export function BodyEditor({ body, model }: { body: BodyForm; model: PanelModel }) {
  const id = useId()
  useBodyCheck(body)
  const { request } = model
  const media = body.media.value
  const { content } = body.description
  const wrong = request.refusals.value.get('body') ?? request.warnings.value.get('body')
  const problems = wrong
    ? [{ place: '', message: wrong }]
    : [...body.problems.value, ...request.toldAbout('body')]
  return (
    <div class="try-field">
      <label class="try-label" for={id}>
        <span class="try-name">Body</span>
        {body.isRequired && <span class="try-required">required</span>}
        {content.length < 2 && <span class="try-soft">{media?.mediaType}</span>}
      </label>
      {content.length > 1 && (
        <select
          class="try-small"
          aria-label="Media type of the body"
          value={body.mediaType.value}
          onChange={({ currentTarget }) => body.useMediaType(currentTarget.value)}
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
          onChange={({ currentTarget }) => body.useExample(currentTarget.value)}
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
        aria-invalid={problems.length > 0 || undefined}
        value={body.text.value}
        onInput={({ currentTarget }) => {
          body.text.value = currentTarget.value
        }}
        onBlur={() => body.liftSecrets()}
      />
      <div class="try-error" id={`${id}e`} role="status">
        {problems.map(({ place, message }) => (
          <p key={place + message}>
            {place && <code>{place}</code>} {message}
          </p>
        ))}
      </div>
      {body.secretProperties.value
        .filter(({ name, isInternal }) => !isInternal || body.secrets.value.has(name))
        .map((property) => (
          <SecretField key={property.name} property={property} body={body} />
        ))}
    </div>
  )
}

function SecretField({ property, body }: { property: SecretProperty; body: BodyForm }) {
  const id = useId()
  const { secrets } = body
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
        value={secrets.value.get(property.name) ?? ''}
        onInput={({ currentTarget }) => {
          secrets.value = new Map([...secrets.peek(), [property.name, currentTarget.value]])
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
function useBodyCheck(body: BodyForm): void {
  const latest = useRef(0)
  useSignalEffect(() => {
    const { body: text } = body.read(true)
    const schema = body.media.value?.schema
    latest.current += 1
    const mine = latest.current
    if (body.kind.value !== 'json' || !text) {
      body.problems.value = []
      return
    }
    const timer = setTimeout(async () => {
      const { checkBody } = await import('./check-body.ts')
      if (latest.current === mine) body.problems.value = checkBody(text, schema)
    }, pause)
    return () => clearTimeout(timer)
  })
}
