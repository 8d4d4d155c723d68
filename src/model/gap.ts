import type { DocumentProblem } from '../document/index.ts'
import type { Gap } from './operation.ts'

/** What is missing, for a page to tell. */
export function gapsOf(problems: readonly DocumentProblem[]): Gap[] {
  return problems.map(({ message, file, line, column, pointer }) => ({
    message,
    place: `${file}:${line}:${column}${pointer === '' ? '' : ` at ${pointer}`}`,
  }))
}
