import { useMemo, useState } from 'preact/hooks'
import { childrenOf, type JsonChild, type JsonNode, rootOf, textOf } from '../json-tree.ts'
import { TextView } from './TextView.tsx'

/** Levels that are open at first, unless what is inside is long. */
const openLevels = 3
const longNode = 20_000
/** Children shown at once. */
const batchSize = 100

/** JSON with its own digits and escapes, coloured, each object and array foldable. */
export function JsonView({ text }: { text: string }) {
  const root = useMemo(() => rootOf(text), [text])
  if (!root) {
    return (
      <>
        <p class="try-quiet try-bad">The answer says it is JSON, but it is not.</p>
        <TextView text={text} />
      </>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <div class="try-json" tabIndex={0}>
      <JsonPart text={text} child={{ node: root }} level={0} isLast />
    </div>
  )
}

interface PartProps {
  text: string
  child: JsonChild
  level: number
  isLast: boolean
}

function JsonPart({ text, child, level, isLast }: PartProps) {
  const { key, node } = child
  const comma = isLast ? '' : ','
  const name = key && (
    <>
      <span class="tok-property">{textOf(text, key)}</span>
      <span class="tok-punctuation">: </span>
    </>
  )
  if (node.kind === 'object' || node.kind === 'array') {
    return <JsonContainer {...{ text, node, level, comma }} name={name} />
  }
  return (
    <div class="try-line">
      {name}
      <span class={colours[node.kind]}>{textOf(text, node)}</span>
      <span class="tok-punctuation">{comma}</span>
    </div>
  )
}

const colours = { string: 'tok-string', number: 'tok-number', literal: 'tok-keyword' } as const

interface ContainerProps {
  text: string
  node: JsonNode
  level: number
  comma: string
  name: preact.ComponentChildren
}

function JsonContainer({ text, node, level, comma, name }: ContainerProps) {
  const [first, last] = node.kind === 'object' ? '{}' : '[]'
  const children = useMemo(() => childrenOf(text, node), [text, node])
  const [isOpen, setOpen] = useState(
    (level < openLevels && node.end - node.start < longNode) || level === 0,
  )
  const [limit, setLimit] = useState(batchSize)
  if (children.length === 0) {
    return (
      <div class="try-line">
        {name}
        <span class="tok-punctuation">
          {first}
          {last}
          {comma}
        </span>
      </div>
    )
  }
  const noun = node.kind === 'object' ? 'field' : 'item'
  return (
    <details
      class="try-node"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary class="try-line">
        {name}
        <span class="tok-punctuation">{first}</span>
        {!isOpen && (
          <>
            <span class="tok-comment">
              {' '}
              {children.length} {children.length === 1 ? noun : `${noun}s`}{' '}
            </span>
            <span class="tok-punctuation">
              {last}
              {comma}
            </span>
          </>
        )}
      </summary>
      {isOpen && (
        <>
          <div class="try-children">
            {children.slice(0, limit).map((child, index) => (
              <JsonPart
                key={child.node.start}
                text={text}
                child={child}
                level={level + 1}
                isLast={index === children.length - 1}
              />
            ))}
            {children.length > limit && (
              <button type="button" class="try-plain" onClick={() => setLimit(limit + batchSize)}>
                Show {Math.min(batchSize, children.length - limit)} of {children.length - limit}{' '}
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
