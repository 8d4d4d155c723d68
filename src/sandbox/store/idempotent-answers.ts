import type { Db } from './database.ts'
import type { IdempotentAnswerRow } from './tables.ts'

export type AnswerKey = Pick<IdempotentAnswerRow, 'caller' | 'method' | 'path' | 'key'>

export async function findAnswer(
  db: Db,
  { caller, method, path, key }: AnswerKey,
): Promise<IdempotentAnswerRow | undefined> {
  return db
    .selectFrom('idempotentAnswer')
    .selectAll()
    .where('caller', '=', caller)
    .where('method', '=', method)
    .where('path', '=', path)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function insertAnswer(db: Db, row: IdempotentAnswerRow): Promise<void> {
  await db.insertInto('idempotentAnswer').values(row).execute()
}

export async function deleteAnswersBefore(db: Db, instant: number): Promise<void> {
  await db.deleteFrom('idempotentAnswer').where('createdAt', '<=', instant).execute()
}
