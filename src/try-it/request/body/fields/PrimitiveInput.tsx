import type { SchemaView } from '../../../../model/operation.ts'
import type { JsonNode } from '../../../json-tree.ts'
import { bare } from '../../parameter/field-kind.ts'
import { shownText, typedJson } from './typed-json.ts'

interface Props {
  id?: string | undefined
  label: string
  view: SchemaView
  text: string
  node: JsonNode | undefined
  onChange(json: string): void
}

/** A string, number, boolean or null of a body. */
export function PrimitiveInput({ id, label, view, text, node, onChange }: Props) {
  const raw = node && text.slice(node.start, node.end)
  const choices = knownValues(view)
  if (choices && (raw === undefined || choices.includes(raw))) {
    return (
      <select
        id={id}
        class="try-input"
        aria-label={label}
        value={raw === undefined ? -1 : choices.indexOf(raw)}
        onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)] ?? 'null')}
      >
        {raw === undefined && <option value={-1}>Choose</option>}
        {choices.map((json, index) => (
          <option key={json} value={index}>
            {json === '""' ? '(empty)' : bare(json)}
          </option>
        ))}
      </select>
    )
  }
  const isNull = raw === 'null'
  const shown = isNull ? '' : shownText(text, node)
  const shared = {
    id,
    class: 'try-input',
    'aria-label': label,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    placeholder: isNull ? 'null' : undefined,
    value: shown,
  } as const
  return (
    <>
      {shown.includes('\n') ? (
        <textarea
          {...shared}
          rows={3}
          onInput={({ currentTarget }) => onChange(typedJson(currentTarget.value, view, node))}
        />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={/\b(integer|number)\b/.test(view.type) ? 'decimal' : undefined}
          onInput={({ currentTarget }) => onChange(typedJson(currentTarget.value, view, node))}
        />
      )}
      {view.nullable && !isNull && (
        <button
          type="button"
          class="try-icon try-null"
          aria-label={`Set ${label} to null`}
          onClick={() => onChange('null')}
        >
          null
        </button>
      )}
    </>
  )
}

/** JSON texts of the values that the document knows. */
function knownValues({ type, enum: known, const: only, nullable }: SchemaView) {
  const values =
    known?.map(({ value }) => value) ??
    (only === undefined ? (/^boolean( or null)?$/.test(type) ? ['true', 'false'] : []) : [only])
  if (values.length === 0) return undefined
  return nullable && !values.includes('null') ? [...values, 'null'] : values
}
