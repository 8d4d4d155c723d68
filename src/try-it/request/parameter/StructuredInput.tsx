import type { SchemaView } from '../../../model/operation.ts'
import type { ParameterValue } from '../../../request/index.ts'
import { Choices } from './Choices.tsx'
import { choicesOf, isListView, isObjectView } from './field-kind.ts'
import { ListEditor } from './ListEditor.tsx'
import { ObjectEditor } from './ObjectEditor.tsx'
import { PlainInput } from './PlainInput.tsx'

export interface ValueEditorProps {
  /** What it is called where there is no label beside it. */
  label: string
  view: SchemaView
  value: ParameterValue | undefined
  onChange(value: ParameterValue | undefined): void
  /** Members may be lists and objects themselves. */
  nests: boolean
  isMasked: boolean
  /** It was opened to add something: the first row is there at once. */
  beginsNow?: boolean
  /** Tells those who cannot see it what a button has done. */
  say(text: string): void
}

/** A list or an object, each of its values in an input of its own. */
export function StructuredInput(props: ValueEditorProps) {
  const { view, value, onChange } = props
  if (view.items?.enum?.length) return <Choices view={view} value={value} onChange={onChange} />
  return isListView(view) ? <ListEditor {...props} /> : <ObjectEditor {...props} />
}

/** One value inside a list or an object. */
export function MemberInput({ id, ...props }: ValueEditorProps & { id?: string }) {
  const { label, view, value, onChange, nests, isMasked } = props
  if (nests && (isListView(view) || isObjectView(view))) {
    // Emptied, it stays an empty list or object: an empty text would be another value.
    return (
      <StructuredInput {...props} onChange={(next) => onChange(next ?? blankOf(view, nests))} />
    )
  }
  const text = value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <PlainInput
      id={id}
      label={label}
      view={view}
      value={text}
      isMasked={isMasked}
      isMember
      onChange={onChange}
    />
  )
}

/** What a new value begins with. */
export function blankOf(view: SchemaView, nests: boolean): ParameterValue {
  if (nests && isListView(view)) return []
  if (nests && isObjectView(view)) return { entries: [] }
  return choicesOf(view)?.[0] ?? ''
}
