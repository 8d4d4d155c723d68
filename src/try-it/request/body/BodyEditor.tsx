import { useSignalEffect } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../../panel-model.ts'
import { plainDescription } from '../description.ts'
import { Later } from '../Later.tsx'
import type { BodyForm } from './body-form.ts'
import type { SecretProperty } from './secrets.ts'
import { TextBody } from './text/TextBody.tsx'

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
  const kind = body.kind.value
  const isForm = kind !== 'text' && body.face.value === 'form'
  const hasFile = kind === 'file' || body.files.value[''] !== undefined
  const hasFaces = (kind === 'json' || kind === 'fields') && !hasFile && !body.isLeftOut.value
  return (
    <div class="try-field" data-field="body">
      <div class="try-body-head">
        <label class="try-label" for={id}>
          <span class="try-name">Body</span>
          {body.isRequired && <span class="try-required">required</span>}
          {content.length < 2 && <span class="try-soft">{media?.mediaType}</span>}
        </label>
        {!body.isRequired && (
          <label class="try-small try-optional">
            <input
              type="checkbox"
              checked={!body.isLeftOut.value}
              onChange={({ currentTarget }) => {
                body.isLeftOut.value = !currentTarget.checked
              }}
            />{' '}
            Send a body
          </label>
        )}
        {hasFaces && <Faces body={body} />}
        {content.length > 1 && (
          <select
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
      </div>
      {!body.isLeftOut.value &&
        (hasFile ? (
          <Later
            key="file"
            load={async () => (await import('./file/FilePicker.tsx')).FilePicker}
            props={{ body, name: '', label: 'File', isRequired: false, isMultiple: false }}
          />
        ) : isForm ? (
          <Later
            key="form"
            load={async () => (await import('./fields/BodyFields.tsx')).BodyFields}
            props={{
              body,
              label: 'Body',
              say: (text: string) => {
                model.request.said.value = text
              },
            }}
          />
        ) : (
          <TextBody
            key={body.mediaType.value}
            body={body}
            model={model}
            id={id}
            describedBy={`${id}e`}
            isInvalid={problems.length > 0}
          />
        ))}
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

/** The body as text or as a form: two faces of the same. */
function Faces({ body }: { body: BodyForm }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons, not a group of fields
    <span class="try-faces" role="group" aria-label="JSON or form">
      {(['text', 'form'] as const).map((face) => (
        <button
          type="button"
          key={face}
          aria-pressed={body.face.value === face}
          onClick={() => {
            body.face.value = face
          }}
        >
          {face === 'text' ? 'JSON' : 'Form'}
        </button>
      ))}
    </span>
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
    const kind = body.kind.value
    const schema = body.media.value?.schema
    const read = body.read(true)
    latest.current += 1
    const mine = latest.current
    // What the document gives is not in doubt until somebody changes it.
    if (mine === 1) return
    const timer = setTimeout(async () => {
      const { problemsOf } = await import('./check-body.ts')
      if (latest.current === mine) body.problems.value = problemsOf(read, kind, schema)
    }, pause)
    return () => clearTimeout(timer)
  })
}
