import { useEffect } from 'preact/hooks'
import { isList, type ParameterValue } from '../../../request/index.ts'
import { openView } from './open-view.ts'
import { Row } from './Row.tsx'
import { useRowFocus } from './rows.ts'
import { blankOf, MemberInput, type ValueEditorProps } from './StructuredInput.tsx'

/** A list: its values below each other, to be added to, removed and reordered. */
export function ListEditor(props: ValueEditorProps) {
  const { label, view, value, onChange, nests, beginsNow, say } = props
  const focus = useRowFocus()
  const items = value !== undefined && isList(value) ? value : []
  const itemView = view.items ?? openView
  const set = (next: readonly ParameterValue[]) => onChange(next.length > 0 ? next : undefined)
  const add = () => {
    set([...items, blankOf(itemView, nests)])
    focus.focusRow(items.length)
  }
  useEffect(() => {
    if (beginsNow && items.length === 0) add()
  }, [])
  return (
    <div class="try-list" ref={focus.box}>
      {items.map((item, index) => (
        <Row
          key={index}
          name={`value ${index + 1} of ${label}`}
          index={index}
          list={items}
          onChange={set}
          focus={focus}
          say={say}
        >
          <MemberInput
            {...props}
            beginsNow={false}
            label={`${label}, value ${index + 1}`}
            view={itemView}
            value={item}
            onChange={(next) => set(items.with(index, next ?? ''))}
          />
        </Row>
      ))}
      <button
        type="button"
        class="try-add"
        data-part="add"
        aria-label={`Add a value to ${label}`}
        onClick={add}
      >
        Add a value
      </button>
    </div>
  )
}
