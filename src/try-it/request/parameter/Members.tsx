import type { SchemaView } from '../../../model/operation.ts'

interface NameProps {
  name: string
  /** Of the control beside it; undefined where the document does not name the member. */
  controlId: string | undefined
  /** What is asked for where the name is typed. */
  label: string
  onChange(name: string): void
}

/** The name of an object's member: a label where the document gives it, a field where not. */
export function MemberName({ name, controlId, label, onChange }: NameProps) {
  if (controlId !== undefined) {
    return (
      <label class="try-member-name" for={controlId}>
        {name}
      </label>
    )
  }
  return (
    <input
      type="text"
      class="try-input try-member-name"
      aria-label={label}
      placeholder="name"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      value={name}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface AddProps {
  /** Of the object. */
  label: string
  view: SchemaView
  /** Properties that are not there yet. */
  absent: readonly SchemaView['properties'][number][]
  /** @param name Empty for one that the document does not name. */
  onAdd(name: string): void
}

/** Buttons that add what an object has not. */
export function AddMembers({ label, view, absent, onAdd }: AddProps) {
  const isNamed = view.properties.length > 0
  return (
    <span class="try-adds">
      {absent.map(({ name, schema, required }) => (
        <button
          type="button"
          class="try-add"
          key={name}
          aria-label={required ? `Add ${name}, required, to ${label}` : `Add ${name} to ${label}`}
          title={schema.type}
          onClick={() => onAdd(name)}
        >
          {name}
          {required && <span class="try-required"> required</span>}
        </button>
      ))}
      <button
        type="button"
        class="try-add"
        data-part="add"
        aria-label={isNamed ? `Another name in ${label}` : `Add a member to ${label}`}
        onClick={() => onAdd('')}
      >
        {isNamed ? 'Another name' : 'Add a member'}
      </button>
    </span>
  )
}
