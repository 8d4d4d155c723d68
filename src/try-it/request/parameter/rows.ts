import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

type Part = 'input' | 'up' | 'down'

export interface RowFocus {
  /** Takes the element around the rows. */
  box: RefObject<HTMLDivElement | null>
  /** Sends the focus to a row once the change is drawn; to the last one where there are fewer. */
  focusRow(row: number, part?: Part): void
}

/**
 * Where the focus goes when rows come, go and move: the keyboard stays where the reader works.
 * Rows bear `data-row`, their buttons `data-part`.
 */
export function useRowFocus(): RowFocus {
  const box = useRef<HTMLDivElement>(null)
  const wanted = useRef<{ row: number; part: Part } | undefined>(undefined)
  useLayoutEffect(() => {
    if (!wanted.current || !box.current) return
    const { row, part } = wanted.current
    wanted.current = undefined
    const rows = [...box.current.children].filter((child) => child.hasAttribute('data-row'))
    const target = rows[Math.min(row, rows.length - 1)]
    const control =
      target?.querySelector<HTMLElement>(`[data-part=${part}]:not(:disabled)`) ??
      target?.querySelector<HTMLElement>('input, select, textarea')
    const fallback = box.current.querySelector<HTMLElement>('[data-part=add]')
    ;(control ?? fallback)?.focus()
  })
  return {
    box,
    focusRow(row, part = 'input') {
      wanted.current = { row, part }
    },
  }
}

/** The list with an item at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1))
}
