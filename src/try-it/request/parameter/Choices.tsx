import type { SchemaView } from '../../../model/operation.ts'
import { isList, type ParameterValue } from '../../../request/index.ts'
import { bare } from './field-kind.ts'

interface Props {
  view: SchemaView
  value: ParameterValue | undefined
  onChange(value: ParameterValue | undefined): void
}

/** A list whose values are known: each is there or not, in the order they were picked. */
export function Choices({ view, value, onChange }: Props) {
  const chosen = value !== undefined && isList(value) ? value : []
  return (
    <div class="try-choices">
      {view.items?.enum?.map(({ value: json }) => {
        const text = bare(json)
        return (
          <label key={json}>
            <input
              type="checkbox"
              checked={chosen.includes(text)}
              onChange={({ currentTarget }) => {
                const others = chosen.filter((one) => one !== text)
                const next = currentTarget.checked ? [...others, text] : others
                onChange(next.length > 0 ? next : undefined)
              }}
            />
            {text}
          </label>
        )
      })}
    </div>
  )
}
