import { useId } from 'preact/hooks'
import type { MediaTypeDescription, SchemaView } from '../../../../model/operation.ts'
import { type JsonNode, rootOf } from '../../../json-tree.ts'
import { isListView } from '../../parameter/field-kind.ts'
import { AddMembers, MemberName } from '../../parameter/Members.tsx'
import { openView } from '../../parameter/open-view.ts'
import { Row } from '../../parameter/Row.tsx'
import { useRowFocus } from '../../parameter/rows.ts'
import type { BodyForm } from '../body-form.ts'
import { FilePicker } from '../file/FilePicker.tsx'
import { memberText, piecesOf, withPieces, withValue } from './json-edit.ts'
import { PrimitiveInput } from './PrimitiveInput.tsx'
import { blankJson } from './typed-json.ts'

interface Props {
  body: BodyForm
  label: string
  say(text: string): void
}

/**
 * The body as a form made from its schema. It shows what the text says and changes the text in
 * place: both are the same body, and what is not touched keeps its digits.
 */
export function BodyFields({ body, label, say }: Props) {
  const text = body.text.value
  const root = text.trim() === '' ? undefined : rootOf(text)
  const view = body.media.value?.view ?? openView
  if (text.trim() !== '' && !root) {
    return <p class="try-hint">The text is no JSON that a form could show. Mend it as text.</p>
  }
  const media = body.kind.value === 'fields' ? body.media.value : undefined
  return (
    <fieldset class="try-plain-group try-body-fields" aria-label={label}>
      <JsonValue
        text={text}
        node={root}
        view={view}
        label="the body"
        edit={(next) => {
          body.text.value = next
        }}
        say={say}
        body={body}
        media={media}
        depth={0}
      />
    </fieldset>
  )
}

interface ValueProps {
  text: string
  /** Nothing where there is no value yet. */
  node: JsonNode | undefined
  view: SchemaView
  label: string
  id?: string | undefined
  edit(text: string): void
  say(text: string): void
  body: BodyForm
  /** Set where files may be among the members. */
  media?: MediaTypeDescription | undefined
  depth: number
}

function JsonValue(props: ValueProps) {
  const { text, node, view, edit, label, id, depth } = props
  const [group] = view.alternatives ?? []
  const isChoice = view.properties.length === 0 && group && group.options.length > 0
  if (isChoice && node?.kind !== 'array') return <Alternatives {...props} />
  if (node?.kind === 'object' || (!node && depth === 0 && !isListView(view))) {
    return <ObjectFields {...props} />
  }
  if (node?.kind === 'array' || (!node && isListView(view))) return <ListFields {...props} />
  return (
    <PrimitiveInput
      id={id}
      label={label}
      view={view}
      text={text}
      node={node}
      onChange={(json) => edit(node ? withValue(text, node, json) : json)}
    />
  )
}

function ObjectFields({ body, media, ...props }: ValueProps) {
  const { text, node, view, label, edit, say, depth } = props
  const id = useId()
  const focus = useRowFocus()
  const pieces = node ? piecesOf(text, node) : []
  const known = new Map(view.properties.map(({ name, schema }) => [name, schema]))
  const isFile = (name: string) => media?.files?.includes(name)
  const files = view.properties.filter(({ name }) => isFile(name))
  const secrets = new Set(depth === 0 ? body.secretProperties.value.map(({ name }) => name) : [])
  const absent = view.properties.filter(
    ({ name, schema }) =>
      !isFile(name) && !schema.readOnly && !pieces.some((piece) => piece.name === name),
  )
  const set = (raws: readonly string[]) =>
    edit(node ? withPieces(text, node, raws) : withPieces('{}', emptyObject, raws))
  const add = (name: string) => {
    const json = blankJson(known.get(name) ?? view.additionalProperties ?? openView)
    set([...pieces.map(({ raw }) => raw), memberText(name, json)])
    focus.focusRow(pieces.length)
  }
  return (
    <div class="try-list" ref={focus.box}>
      {pieces.map((piece, index) => {
        const name = piece.name ?? ''
        if (secrets.has(name)) return null
        const own = known.get(name)
        return (
          <Row
            key={index}
            name={name || `member ${index + 1} of ${label}`}
            index={index}
            list={pieces}
            onChange={(next) => set(next.map(({ raw }) => raw))}
            focus={focus}
            say={say}
          >
            <MemberName
              name={name}
              controlId={own && `${id}${index}`}
              label={`Name of member ${index + 1} of ${label}`}
              onChange={(next) => {
                const json = text.slice(piece.node.start, piece.node.end)
                set(pieces.map(({ raw }) => raw).with(index, memberText(next, json)))
              }}
            />
            <JsonValue
              {...props}
              body={body}
              media={undefined}
              node={piece.node}
              view={own ?? view.additionalProperties ?? openView}
              id={own && `${id}${index}`}
              label={name || `member ${index + 1} of ${label}`}
              depth={depth + 1}
            />
          </Row>
        )
      })}
      {files.map(({ name, required, schema }) => (
        <FilePicker
          key={name}
          body={body}
          name={name}
          label={name}
          isRequired={required}
          isMultiple={isListView(schema)}
        />
      ))}
      <AddMembers label={label} view={view} absent={absent} onAdd={add} />
    </div>
  )
}

const emptyObject: JsonNode = { kind: 'object', start: 0, end: 2 }
const emptyList: JsonNode = { kind: 'array', start: 0, end: 2 }

function ListFields(props: ValueProps) {
  const { text, node, view, label, edit, say, depth } = props
  const focus = useRowFocus()
  const pieces = node ? piecesOf(text, node) : []
  const itemView = view.items ?? openView
  const set = (raws: readonly string[]) =>
    edit(node ? withPieces(text, node, raws) : withPieces('[]', emptyList, raws))
  return (
    <div class="try-list" ref={focus.box}>
      {pieces.map((piece, index) => (
        <Row
          key={index}
          name={`value ${index + 1} of ${label}`}
          index={index}
          list={pieces}
          onChange={(next) => set(next.map(({ raw }) => raw))}
          focus={focus}
          say={say}
        >
          <JsonValue
            {...props}
            id={undefined}
            media={undefined}
            node={piece.node}
            view={itemView}
            label={`${label}, value ${index + 1}`}
            depth={depth + 1}
          />
        </Row>
      ))}
      <button
        type="button"
        class="try-add"
        data-part="add"
        aria-label={`Add a value to ${label}`}
        onClick={() => {
          set([...pieces.map(({ raw }) => raw), blankJson(itemView)])
          focus.focusRow(pieces.length)
        }}
      >
        Add a value
      </button>
    </div>
  )
}

/** One of several shapes: which one, and then its own form. */
function Alternatives(props: ValueProps) {
  const { text, node, view, label, edit } = props
  const { alternatives: _, ...plain } = view
  const options = view.alternatives?.[0]?.options ?? []
  const fitting = options.findIndex(({ schema }) => fits(text, node, schema))
  const chosen = options[Math.max(fitting, 0)]?.schema ?? plain
  return (
    <div class="try-list">
      <select
        class="try-input"
        aria-label={`Kind of ${label}`}
        value={fitting}
        onChange={({ currentTarget }) => {
          const option = options[Number(currentTarget.value)]
          if (!option) return
          const json = blankJson(option.schema)
          edit(node ? withValue(text, node, json) : json)
        }}
      >
        {fitting < 0 && <option value={-1}>Something else</option>}
        {options.map((option, index) => (
          <option key={option.label} value={index}>
            {option.label}
          </option>
        ))}
      </select>
      {node && <JsonValue {...props} view={fitting < 0 ? openView : chosen} />}
    </div>
  )
}

/** True where a value looks like one of this kind: what is required is there. */
function fits(text: string, node: JsonNode | undefined, view: SchemaView): boolean {
  if (!node) return false
  if (node.kind === 'object') {
    const names = new Set(piecesOf(text, node).map(({ name }) => name))
    const needed = view.properties.filter(({ required }) => required)
    return (
      /^object\b/.test(view.type) &&
      (needed.length > 0 || names.size === 0 || view.properties.length === 0
        ? needed.every(({ name }) => names.has(name))
        : view.properties.some(({ name }) => names.has(name)))
    )
  }
  if (node.kind === 'array') return isListView(view)
  if (node.kind === 'number') return /\b(integer|number)\b/.test(view.type)
  if (node.kind === 'string') return /\bstring\b/.test(view.type)
  return /\b(boolean|null)\b/.test(view.type) || view.nullable
}
