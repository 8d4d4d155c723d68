import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { FoundId } from '../history/found-ids.ts'
import type { PanelModel } from '../panel-model.ts'
import { plainDescription } from './description.ts'
import { type Field, isMultiple } from './form.ts'

/** One parameter: its name, what it is, an input that fits its schema, and what is wrong with it. */
export function ParameterField({ field, model }: { field: Field; model: PanelModel }) {
  const id = useId()
  const { parameter, kind } = field
  const built = model.built.value
  const error = 'error' in built && built.error.field === field.key ? built.error : undefined
  const told = model.request.toldAbout(field.key)
  const shown = (model.tried.value ? error?.message : undefined) ?? told[0]?.message
  const described = [`${id}d`, shown && `${id}e`].filter(Boolean).join(' ')
  const suggestions = model.history.suggest.value(parameter)
  const isGroup = isMultiple(kind)
  const Box = isGroup ? 'fieldset' : 'div'
  const Name = isGroup ? 'legend' : 'label'
  return (
    <Box class="try-field" aria-describedby={isGroup ? described : undefined}>
      <Name class="try-label" {...(!isGroup && { for: id })}>
        <span class="try-name">{parameter.name}</span>
        {parameter.required && <span class="try-required">required</span>}
        <span class="try-soft">{parameter.in}</span>
      </Name>
      {isIdempotencyKey(field) && (
        <button
          type="button"
          class="try-small"
          onClick={() => {
            field.text.value = crypto.randomUUID()
          }}
        >
          Make one
        </button>
      )}
      {kind === 'date-time' && (
        <button
          type="button"
          class="try-small"
          onClick={() => {
            field.text.value = new Date().toISOString()
          }}
        >
          Now
        </button>
      )}
      <FieldInput
        field={field}
        id={id}
        described={described}
        invalid={shown !== undefined}
        suggestions={suggestions}
      />
      <p class="try-hint" id={`${id}d`}>
        {hint(field)}
      </p>
      {shown && (
        <p class="try-error" id={`${id}e`}>
          {shown}
        </p>
      )}
    </Box>
  )
}

interface InputProps {
  field: Field
  id: string
  described: string
  invalid: boolean
  suggestions: readonly FoundId[]
}

function FieldInput({ field, id, described, invalid, suggestions }: InputProps) {
  const { kind, parameter } = field
  const common = {
    id,
    'aria-describedby': described,
    'aria-invalid': invalid || undefined,
    'aria-required': parameter.required || undefined,
  }
  const onInput = ({ currentTarget }: { currentTarget: { value: string } }) => {
    field.text.value = currentTarget.value
  }
  switch (kind) {
    case 'choice':
    case 'boolean':
      return (
        <select {...common} class="try-input" value={field.text.value} onChange={onInput}>
          <Options field={field} />
        </select>
      )
    case 'choices':
      return <Choices field={field} />
    case 'list':
      return <List field={field} />
    case 'pairs':
      return (
        <textarea
          {...common}
          class="try-input"
          rows={2}
          spellcheck={false}
          placeholder="name=value"
          value={field.text.value}
          onInput={onInput}
        />
      )
    default:
      return (
        <>
          <input
            {...common}
            type="text"
            list={suggestions.length > 0 ? `${id}s` : undefined}
            class={field.secret ? 'try-input try-masked' : 'try-input'}
            inputMode={kind === 'number' ? 'decimal' : undefined}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder={placeholder(field)}
            value={field.text.value}
            onInput={onInput}
          />
          {suggestions.length > 0 && (
            <datalist id={`${id}s`}>
              {suggestions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </datalist>
          )}
        </>
      )
  }
}

function Options({ field }: { field: Field }) {
  const { view, required } = field.parameter
  const values =
    field.kind === 'boolean'
      ? [
          { value: 'true', description: '' },
          { value: 'false', description: '' },
        ]
      : (view.enum ?? (view.const === undefined ? [] : [{ value: view.const, description: '' }]))
  const isKnown = values.some(({ value }) => bare(value) === field.text.value)
  return (
    <>
      {(!required || !isKnown) && <option value="">{required ? 'Choose' : 'Not sent'}</option>}
      {values.map(({ value }) => (
        <option key={value} value={bare(value)}>
          {bare(value)}
        </option>
      ))}
    </>
  )
}

function Choices({ field }: { field: Field }) {
  const values = field.parameter.view.items?.enum ?? []
  return (
    <div class="try-choices">
      {values.map(({ value }) => {
        const text = bare(value)
        return (
          <label key={value}>
            <input
              type="checkbox"
              checked={field.list.value.includes(text)}
              onChange={({ currentTarget }) => {
                const others = field.list.peek().filter((one) => one !== text)
                field.list.value = currentTarget.checked ? [...others, text] : others
              }}
            />
            {text}
          </label>
        )
      })}
    </div>
  )
}

function List({ field }: { field: Field }) {
  const added = useSignal(false)
  const { name } = field.parameter
  const set = (index: number, text: string) => {
    field.list.value = field.list.peek().with(index, text)
  }
  return (
    <div class="try-list">
      {field.list.value.map((text, index) => (
        <div class="try-row" key={index}>
          <input
            type="text"
            class={field.secret ? 'try-input try-masked' : 'try-input'}
            aria-label={`${name}, value ${index + 1}`}
            autocomplete="off"
            spellcheck={false}
            value={text}
            ref={(input) => {
              if (input && added.peek() && index === field.list.peek().length - 1) {
                added.value = false
                input.focus()
              }
            }}
            onInput={({ currentTarget }) => set(index, currentTarget.value)}
          />
          <button
            type="button"
            class="try-small"
            aria-label={`Remove value ${index + 1} of ${name}`}
            onClick={() => {
              field.list.value = field.list.peek().toSpliced(index, 1)
            }}
          >
            Remove
          </button>
        </div>
      ))}
      <button
        type="button"
        class="try-small"
        onClick={() => {
          added.value = true
          field.list.value = [...field.list.peek(), '']
        }}
      >
        Add a value
      </button>
    </div>
  )
}

function hint({ parameter, kind, secret }: Field): ComponentChildren {
  const { view, description } = parameter
  const facts = [kind === 'list' ? `${view.type}` : '', ...view.facts, defaultFact(parameter.view)]
  return [
    plainDescription(description),
    facts.filter(Boolean).join(', '),
    secret ? 'Masked, kept out of the samples and of what this browser stores.' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

function defaultFact(view: { default?: string }): string {
  return view.default === undefined ? '' : `default ${bare(view.default)}`
}

function placeholder({ kind, parameter }: Field): string | undefined {
  if (kind === 'date-time') return '2026-01-31T12:00:00Z'
  if (kind === 'date') return '2026-01-31'
  const example = parameter.view.examples[0]
  return example === undefined ? undefined : bare(example)
}

function isIdempotencyKey({ parameter }: Field): boolean {
  return parameter.in === 'header' && parameter.name.toLowerCase() === 'idempotency-key'
}

/** JSON text of a primitive as one types it: without the quotes of a string. */
function bare(json: string): string {
  if (!json.startsWith('"')) return json
  try {
    return String(JSON.parse(json))
  } catch {
    return json
  }
}
