import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { ParameterValue } from '../../../request/index.ts'
import type { FoundId } from '../../history/found-ids.ts'
import type { PanelModel } from '../../panel-model.ts'
import { plainDescription } from '../description.ts'
import { Later } from '../Later.tsx'
import { type Field, isStructured, pieceOf } from './field.ts'
import { bare } from './field-kind.ts'
import { PlainInput } from './PlainInput.tsx'

/** One parameter: its name, what it is, an input that fits its schema, and what is wrong with it. */
export function ParameterField({ field, model }: { field: Field; model: PanelModel }) {
  const id = useId()
  const touched = useSignal(false)
  /** Said of what was kept out of the field, until something else is typed. */
  const keptOut = useSignal('')
  const { parameter, kind, value } = field
  const { request } = model
  const refusal =
    touched.value || request.tried.value || value.value !== undefined
      ? request.refusals.value.get(field.key)
      : undefined
  const told = request.toldAbout(field.key)[0]?.message
  const wrong = keptOut.value || refusal || request.warnings.value.get(field.key) || told
  const described = [`${id}d`, wrong && `${id}e`].filter(Boolean).join(' ')
  const isGroup = isStructured(kind)
  const Box = isGroup ? 'fieldset' : 'div'
  const Name = isGroup ? 'legend' : 'label'
  const onChange = (next: Field['value']['value']) => {
    touched.value = true
    keptOut.value = ''
    value.value = next
  }
  return (
    <Box
      class="try-field"
      aria-describedby={isGroup ? described : undefined}
      data-field={field.key}
      onPaste={(event: ClipboardEvent) => {
        if (parameter.in !== 'header') return
        const text = event.clipboardData?.getData('text/plain').trim() ?? ''
        if (!/[\r\n]/.test(text)) return
        event.preventDefault()
        keptOut.value = `${parameter.name} has a line break, which a header cannot hold.`
      }}
    >
      <Name class="try-label" {...(!isGroup && { for: id })}>
        <span class="try-name" id={`${id}n`}>
          {parameter.name}
        </span>
        {parameter.required && <span class="try-required">required</span>}
        <span class="try-soft">{parameter.in}</span>
      </Name>
      <Shortcuts field={field} label={`${id}n`} onChange={onChange} />
      {isGroup ? (
        <Structured field={field} model={model} onChange={onChange} />
      ) : (
        <SingleInput
          field={field}
          id={id}
          onChange={onChange}
          suggestions={model.history.suggest.value(parameter)}
          attributes={{
            'aria-describedby': described,
            'aria-invalid': wrong ? true : undefined,
            'aria-required': parameter.required || undefined,
          }}
        />
      )}
      <Piece field={field} />
      <p class="try-hint" id={`${id}d`}>
        {hint(field)}
      </p>
      {wrong && (
        <p class="try-error" id={`${id}e`}>
          {wrong}
        </p>
      )}
    </Box>
  )
}

interface StructuredProps {
  field: Field
  model: PanelModel
  onChange(value: ParameterValue | undefined): void
}

/** Several values; the editor of lists and objects is loaded when there is something to edit. */
function Structured({ field, model, onChange }: StructuredProps) {
  const { parameter, kind, value } = field
  const wanted = useSignal(false)
  const { view, name } = parameter
  if (kind === 'choices') {
    return (
      <Later
        load={async () => (await import('./Choices.tsx')).Choices}
        props={{ view, value: value.value, onChange }}
      />
    )
  }
  if (!wanted.value && value.value === undefined) {
    return (
      <button
        type="button"
        class="try-add"
        aria-label={`Add a ${kind === 'list' ? 'value' : 'member'} to ${name}`}
        onClick={() => {
          wanted.value = true
        }}
      >
        {kind === 'list' ? 'Add a value' : 'Add a member'}
      </button>
    )
  }
  return (
    <Later
      load={async () => (await import('./StructuredInput.tsx')).StructuredInput}
      props={{
        label: name,
        view,
        value: value.value,
        onChange,
        nests: parameter.style === 'deepObject',
        isMasked: field.secret,
        beginsNow: wanted.value,
        say: (text: string) => {
          model.request.said.value = text
        },
      }}
    />
  )
}

interface InputProps {
  field: Field
  id: string
  onChange(value: string | undefined): void
  suggestions: readonly FoundId[]
  attributes: Record<string, unknown>
}

function SingleInput({ field, id, onChange, suggestions, attributes }: InputProps) {
  const { parameter, value, secret } = field
  const text = typeof value.value === 'string' ? value.value : undefined
  // A field that is emptied is not sent; to send an empty text is a choice of its own.
  const onText = (next: string | undefined) => onChange(next === '' ? undefined : next)
  if (parameter.mediaType !== undefined) {
    return (
      <textarea
        {...attributes}
        id={id}
        class="try-input try-content"
        rows={2}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder={parameter.mediaType}
        value={text ?? ''}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
    )
  }
  return (
    <>
      <PlainInput
        id={id}
        view={parameter.view}
        value={text}
        onChange={field.kind === 'choice' ? onChange : onText}
        isMasked={secret}
        attributes={suggestions.length > 0 ? { ...attributes, list: `${id}s` } : attributes}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}s`}>
          {suggestions.map((found) => (
            <option key={found.value} value={found.value}>
              {found.label}
            </option>
          ))}
        </datalist>
      )}
    </>
  )
}

interface ShortcutProps {
  field: Field
  /** Id of the field's name. */
  label: string
  onChange(value: string | undefined): void
}

/** Values that take one click. */
function Shortcuts({ field, label, onChange }: ShortcutProps) {
  const { parameter, kind, value } = field
  const mayBeEmpty = parameter.in !== 'path' && kind === 'text'
  return (
    <>
      {isIdempotencyKey(field) && (
        <button type="button" class="try-small" onClick={() => onChange(crypto.randomUUID())}>
          {value.value === undefined ? 'Make one' : 'Make another'}
        </button>
      )}
      {kind === 'date-time' && (
        <button type="button" class="try-small" onClick={() => onChange(new Date().toISOString())}>
          Now
        </button>
      )}
      {mayBeEmpty && value.value === undefined && !isIdempotencyKey(field) && (
        <button
          type="button"
          class="try-small try-seldom"
          aria-describedby={label}
          onClick={() => onChange('')}
        >
          Set empty
        </button>
      )}
      {mayBeEmpty && value.value === '' && (
        <button
          type="button"
          class="try-small"
          aria-describedby={label}
          onClick={() => onChange(undefined)}
        >
          Empty. Leave out
        </button>
      )}
    </>
  )
}

/** What the value becomes on the wire, where that says more than the value. */
function Piece({ field }: { field: Field }) {
  const piece = pieceOf(field)
  if (piece === undefined || field.secret || piece === field.value.value) return null
  return (
    <p class="try-piece">
      <span class="try-unseen">Sent as </span>
      {piece === '' ? 'nothing: an empty list is not sent' : piece}
    </p>
  )
}

function hint(field: Field): ComponentChildren {
  const { parameter, kind, secret } = field
  const { view, description } = parameter
  const facts = [
    kind === 'list' ? view.type : '',
    ...view.facts,
    view.default === undefined ? '' : `default ${bare(view.default)}`,
  ]
  return [
    plainDescription(description),
    facts.filter(Boolean).join(', '),
    isIdempotencyKey(field) && field.value.value !== undefined
      ? 'Kept for a retry: sent again, it makes the call once.'
      : '',
    secret ? 'Masked, kept out of the samples and of what this browser stores.' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

function isIdempotencyKey({ parameter }: Field): boolean {
  return parameter.in === 'header' && parameter.name.toLowerCase() === 'idempotency-key'
}
