import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a plugin is told about where it is. */
export interface GuideContext {
  fileURL: URL | undefined
}

/** A piece of a guide, parsed with `position: true`. */
export interface Placed {
  position?: { start: { line: number } } | null | undefined
}

/** The guide's file; undefined for Markdown that is no guide, such as a description. */
export function guideFile({ fileURL }: GuideContext): string | undefined {
  const file = fileURL && fileURLToPath(fileURL)
  return file && /[\\/]content[\\/]docs[\\/]guides[\\/]/.test(file) ? file : undefined
}

/**
 * `src/content/docs/guides/errors.mdx:12: `, to begin a message with.
 *
 * @param further Lines below the beginning of the piece.
 */
export function guidePlace(file: string, { position }: Placed, further = 0): string {
  return `${relative('.', file)}:${(position?.start.line ?? 1) + further}: `
}
