import type { SchemaView } from '../../../model/operation.ts'
import { bare, choicesOf } from './field-kind.ts'

interface Props {
  id?: string | undefined
  /** Its name where there is no label beside it. */
  label?: string
  view: SchemaView
  /** Nothing where the value is not sent. */
  value: string | undefined
  onChange(value: string | undefined): void
  isMasked: boolean
  /** A member of a list or an object is there, or its row is not. */
  isMember?: boolean
  /** Further attributes of the input. */
  attributes?: Record<string, unknown>
}

/** One primitive value: a choice where the document knows its values, else what was typed. */
export function PlainInput(props: Props) {
  const { id, label, view, value, onChange, isMasked, isMember, attributes } = props
  const common = { id, 'aria-label': label, ...attributes }
  const choices = choicesOf(view)
  if (choices && (value === undefined || choices.includes(value))) {
    return (
      <select
        {...common}
        class="try-input"
        value={value === undefined ? -1 : choices.indexOf(value)}
        onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)])}
      >
        {!isMember && <option value={-1}>Not sent</option>}
        {choices.map((text, index) => (
          <option key={text} value={index}>
            {text === '' ? '(empty)' : text}
          </option>
        ))}
      </select>
    )
  }
  return (
    <input
      {...common}
      type="text"
      class={isMasked ? 'try-input try-masked' : 'try-input'}
      inputMode={/\b(integer|number)\b/.test(view.type) ? 'decimal' : undefined}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      placeholder={placeholderOf(view)}
      value={value ?? ''}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

function placeholderOf({ format, examples }: SchemaView): string | undefined {
  if (format === 'date-time') return '2026-01-31T12:00:00Z'
  if (format === 'date') return '2026-01-31'
  const [example] = examples
  return example === undefined ? undefined : bare(example)
}
