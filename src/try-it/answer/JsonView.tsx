import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import {
  childrenOf,
  countChildren,
  type JsonChild,
  type JsonNode,
  knownRootOf,
  textOf,
} from '../json-tree.ts'
import type { Difference } from './check/differences.ts'
import { escapeStep } from './check/json-pointer.ts'
import { PlaceLink } from './PlaceLink.tsx'
import { countInWords } from './words.ts'

/** Levels that are open at first, unless what is inside is long. */
const openLevels = 3
const longNode = 20_000
/** Characters below which a part with differences in it is open at first. */
const longMarkedNode = 200_000
/** Children shown at once. */
const batchSize = 100
/** Characters of a single value that are shown at first. */
const longValue = 5_000

type Marks = ReadonlyMap<string, readonly Difference[]>

/**
 * JSON with its own digits and escapes, coloured, each object and array foldable, and what is not
 * as documented marked at its place.
 *
 * @param text Known to be JSON.
 */
export function JsonView({
  text,
  differences,
}: {
  text: string
  differences: readonly Difference[]
}) {
  const root = useMemo(() => knownRootOf(text), [text])
  const marks = useMemo(() => Map.groupBy(differences, ({ pointer }) => pointer), [differences])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <div class="try-json" tabIndex={0}>
      <JsonPart text={text} child={{ node: root }} pointer="" level={0} isLast marks={marks} />
    </div>
  )
}

interface PartProps {
  text: string
  child: JsonChild
  pointer: string
  level: number
  isLast: boolean
  marks: Marks
}

function JsonPart({ text, child, pointer, level, isLast, marks }: PartProps) {
  const { key, node } = child
  const comma = isLast ? '' : ','
  const name = key && (
    <>
      <span class="tok-property">{textOf(text, key)}</span>
      <span class="tok-punctuation">: </span>
    </>
  )
  if (node.kind === 'object' || node.kind === 'array') {
    return <JsonContainer {...{ text, node, pointer, level, comma, marks }} name={name} />
  }
  return (
    <div class="try-line">
      {name}
      <JsonValue text={textOf(text, node)} kind={node.kind} />
      <span class="tok-punctuation">{comma}</span>
      <Mark marks={marks} pointer={pointer} />
    </div>
  )
}

const colours = { string: 'tok-string', number: 'tok-number', literal: 'tok-keyword' } as const

function JsonValue({ text, kind }: { text: string; kind: keyof typeof colours }) {
  const [shown, setShown] = useState(longValue)
  const rest = text.length - shown
  return (
    <>
      <span class={colours[kind]}>{rest > 0 ? text.slice(0, shown) : text}</span>
      {rest > 0 && (
        <button type="button" class="try-plain" onClick={() => setShown(shown + longValue * 4)}>
          {rest.toLocaleString('en')} more characters
        </button>
      )}
    </>
  )
}

interface ContainerProps {
  text: string
  node: JsonNode
  pointer: string
  level: number
  comma: string
  marks: Marks
  name: ComponentChildren
}

function JsonContainer({ text, node, pointer, level, comma, marks, name }: ContainerProps) {
  const [first, last] = node.kind === 'object' ? '{}' : '[]'
  const count = useMemo(() => countChildren(text, node), [text, node])
  const differences = marksFrom(marks, pointer)
  const length = node.end - node.start
  const [chosen, setChosen] = useState<boolean>()
  const isOpen =
    chosen ??
    (level === 0 ||
      (level < openLevels && length < longNode) ||
      (differences > 0 && length < longMarkedNode && level < 12))
  const [limit, setLimit] = useState(batchSize)
  // One more than shown tells whether there are more.
  const children = useMemo(
    () => (isOpen ? childrenOf(text, node, limit) : []),
    [text, node, limit, isOpen],
  )
  const noun = node.kind === 'object' ? 'field' : 'item'
  if (count === 0) {
    return (
      <div class="try-line">
        {name}
        <span class="tok-punctuation">
          {first}
          {last}
          {comma}
        </span>
        <Mark marks={marks} pointer={pointer} />
      </div>
    )
  }
  return (
    <details
      class="try-node"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== isOpen) setChosen(currentTarget.open)
      }}
    >
      <summary class="try-line">
        {name}
        <span class="tok-punctuation">{first}</span>
        {!isOpen && (
          <>
            <span class="tok-comment"> {countInWords(count, noun)} </span>
            <span class="tok-punctuation">
              {last}
              {comma}
            </span>
            {differences > 0 && (
              <span class="try-mark">{countInWords(differences, 'difference')} inside</span>
            )}
          </>
        )}
      </summary>
      {isOpen && (
        <>
          <div class="try-children">
            {/* Not beside the bracket: what opens and closes can hold no links. */}
            <Mark marks={marks} pointer={pointer} />
            {children.map((child, index) => (
              <JsonPart
                key={child.node.start}
                text={text}
                child={child}
                pointer={`${pointer}/${stepOf(text, child, index)}`}
                level={level + 1}
                isLast={index === count - 1}
                marks={marks}
              />
            ))}
            {count > limit && (
              <button type="button" class="try-plain" onClick={() => setLimit(limit + batchSize)}>
                Show {Math.min(batchSize, count - limit)} of {(count - limit).toLocaleString('en')}{' '}
                more
              </button>
            )}
          </div>
          <div class="try-line tok-punctuation">
            {last}
            {comma}
          </div>
        </>
      )}
    </details>
  )
}

function stepOf(text: string, { key }: JsonChild, index: number): string {
  return key ? escapeStep(JSON.parse(textOf(text, key))) : String(index)
}

/** How many differences a value has, itself and in it. */
function marksFrom(marks: Marks, pointer: string): number {
  let count = marks.get(pointer)?.length ?? 0
  for (const [at, found] of marks) if (at.startsWith(`${pointer}/`)) count += found.length
  return count
}

function Mark({ marks, pointer }: { marks: Marks; pointer: string }) {
  return marks.get(pointer)?.map(({ text, anchor }) => (
    <span class="try-mark" key={text}>
      {anchor ? <PlaceLink anchor={anchor}>{text}</PlaceLink> : text}
    </span>
  ))
}
