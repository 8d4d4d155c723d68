import type { UploadRow } from '../store/tables.ts'

export type ImportStatus =
  | 'PENDING'
  | 'RESOLVING'
  | 'DOWNLOADING'
  | 'UPLOADING'
  | 'COMPLETED'
  | 'FAILED'

/** When each step begins, in milliseconds after the request. */
const steps: readonly (readonly [ImportStatus, number])[] = [
  ['PENDING', 0],
  ['RESOLVING', 1000],
  ['DOWNLOADING', 2000],
  ['UPLOADING', 4000],
  ['COMPLETED', 5000],
]

/** When a link that leads nowhere is given up, in milliseconds after the request. */
const failsAfter = 2000

/** How long an import takes, in milliseconds. */
export const importLasts = 5000

/** How far an import has come, or nothing for a file that was sent. */
export function importStatus(
  row: Pick<UploadRow, 'importStartedAt' | 'completedAt'>,
  now: number,
): ImportStatus | undefined {
  if (row.importStartedAt === null) return undefined
  const elapsed = now - row.importStartedAt
  if (row.completedAt === null && elapsed >= failsAfter) return 'FAILED'
  return steps.findLast(([, begins]) => begins <= elapsed)?.[0] ?? 'PENDING'
}
