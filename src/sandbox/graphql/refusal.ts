import type { Problem } from '../rest/problem.ts'

/** An entry of `errors`: the codes, and what goes with them, are those of the REST API. */
export interface RefusalEntry {
  message: string
  extensions: { code: string; [member: string]: unknown }
}

export function writeRefusal({ message, code, members }: Problem): RefusalEntry {
  return { message, extensions: { code, ...members } }
}
