import type { ComponentChildren } from 'preact'
import type { RowFocus } from './rows.ts'
import { moved } from './rows.ts'

interface Props<T> {
  /** What the row is called, as in "Remove …". */
  name: string
  index: number
  list: readonly T[]
  onChange(list: readonly T[]): void
  focus: RowFocus
  /** Tells those who cannot see it what a button has done. */
  say(text: string): void
  children: ComponentChildren
}

/** One row of a list or an object: what it holds, and the buttons that move it and take it away. */
export function Row<T>({ name, index, list, onChange, focus, say, children }: Props<T>) {
  const move = (step: -1 | 1, part: 'input' | 'up' | 'down') => {
    const to = index + step
    if (to < 0 || to >= list.length) return
    onChange(moved(list, index, to))
    focus.focusRow(to, part)
    say(`${name} is now number ${to + 1} of ${list.length}.`)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend of its own
    <div
      class="try-row"
      role="group"
      aria-label={`${name}, ${index + 1} of ${list.length}`}
      data-row
      onKeyDown={(event) => {
        const step = stepOf(event)
        if (!step) return
        event.preventDefault()
        event.stopPropagation()
        move(step, 'input')
      }}
    >
      {children}
      <span class="try-row-buttons">
        {list.length > 1 && (
          <>
            <button
              type="button"
              class="try-icon"
              data-part="up"
              aria-label={`Move ${name} up`}
              title="Move up (Alt ↑)"
              disabled={index === 0}
              onClick={() => move(-1, 'up')}
            >
              <span aria-hidden="true">↑</span>
            </button>
            <button
              type="button"
              class="try-icon"
              data-part="down"
              aria-label={`Move ${name} down`}
              title="Move down (Alt ↓)"
              disabled={index === list.length - 1}
              onClick={() => move(1, 'down')}
            >
              <span aria-hidden="true">↓</span>
            </button>
          </>
        )}
        <button
          type="button"
          class="try-icon"
          aria-label={`Remove ${name}`}
          title="Remove"
          onClick={() => {
            onChange(list.toSpliced(index, 1))
            focus.focusRow(index)
            say(`${name} removed.`)
          }}
        >
          <span aria-hidden="true">×</span>
        </button>
      </span>
    </div>
  )
}

/** Steps that a key asks for: Alt and an arrow move a row. */
function stepOf(event: KeyboardEvent): -1 | 1 | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey) return undefined
  if (event.key === 'ArrowUp') return -1
  if (event.key === 'ArrowDown') return 1
  return undefined
}
