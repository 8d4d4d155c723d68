/** The other thread of `query-aside.ts`. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { Question } from './query-aside.ts'

const { file, sql, patience } = workerData as Question
const sqlite = new DatabaseSync(file, { timeout: patience })
try {
  const rows = sqlite.prepare(sql).all()
  parentPort?.postMessage(rows.map((row) => String(Object.values(row)[0])))
} finally {
  sqlite.close()
}
