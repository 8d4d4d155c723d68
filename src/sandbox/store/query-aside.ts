import { Worker } from 'node:worker_threads'

export interface Question {
  /** The database. */
  file: string
  sql: string
  /** How long to wait for a writer, in milliseconds. */
  patience: number
}

/**
 * Asks a database in a thread of its own, so that this one can go on meanwhile.
 *
 * @returns The first column of every row.
 */
export function queryAside(question: Question): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./query-thread.ts', import.meta.url), {
      workerData: question,
    })
    thread.once('message', resolve)
    thread.once('error', reject)
  })
}
