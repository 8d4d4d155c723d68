import { useEffect, useId } from 'preact/hooks'
import type { SchemaView } from '../../../model/operation.ts'
import { isList, type ParameterValue } from '../../../request/index.ts'
import { AddMembers, MemberName } from './Members.tsx'
import { openView } from './open-view.ts'
import { Row } from './Row.tsx'
import { useRowFocus } from './rows.ts'
import { blankOf, MemberInput, type ValueEditorProps } from './StructuredInput.tsx'

type Entry = readonly [name: string, value: ParameterValue]

/** An object: its members below each other, those that the document names and others. */
export function ObjectEditor(props: ValueEditorProps) {
  const { label, view, value, onChange, nests, beginsNow, say } = props
  const focus = useRowFocus()
  const id = useId()
  const entries = entriesOf(value)
  const set = (next: readonly Entry[]) => onChange(next.length > 0 ? { entries: next } : undefined)
  const known = new Map(view.properties.map(({ name, schema }) => [name, schema]))
  const absent = view.properties.filter(({ name }) => !entries.some(([one]) => one === name))
  const add = (name: string) => {
    set([...entries, [name, blankOf(known.get(name) ?? viewOfOther(view), nests)]])
    focus.focusRow(entries.length)
  }
  useEffect(() => {
    if (beginsNow && entries.length === 0 && view.properties.length === 0) add('')
    else if (beginsNow) focus.box.current?.querySelector('button')?.focus()
  }, [])
  return (
    <div class="try-list" ref={focus.box}>
      {entries.map(([name, member], index) => {
        const own = known.get(name)
        const called = name === '' ? `member ${index + 1} of ${label}` : `${name} of ${label}`
        return (
          <Row
            key={index}
            name={called}
            index={index}
            list={entries}
            onChange={set}
            focus={focus}
            say={say}
          >
            <MemberName
              name={name}
              controlId={own && `${id}${index}`}
              label={`Name of member ${index + 1} of ${label}`}
              onChange={(next) => set(entries.with(index, [next, member]))}
            />
            <MemberInput
              {...props}
              beginsNow={false}
              id={own && `${id}${index}`}
              label={called}
              view={own ?? viewOfOther(view)}
              value={member}
              onChange={(next) => set(entries.with(index, [name, next ?? '']))}
            />
          </Row>
        )
      })}
      <AddMembers label={label} view={view} absent={absent} onAdd={add} />
    </div>
  )
}

function entriesOf(value: ParameterValue | undefined): readonly Entry[] {
  return value === undefined || typeof value === 'string' || isList(value) ? [] : value.entries
}

/** The schema of members that the document does not name. */
function viewOfOther({ additionalProperties }: SchemaView): SchemaView {
  return additionalProperties ?? openView
}
