import { sql } from 'kysely'
import type { Person } from '../domain/work.ts'
import type { Db } from './database.ts'

/**
 * Reads who an account is from the authorization server's own table, in the same file. It is never
 * written here.
 */
export async function findPerson(db: Db, accountId: string): Promise<Person | undefined> {
  const { rows } = await sql<{
    email: string | null
    name: string | null
    image: string | null
    createdAt: string | number
  }>`SELECT "email", "name", "image", "createdAt" FROM "user" WHERE "id" = ${accountId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const createdAt = new Date(row.createdAt).getTime()
  return {
    email: row.email,
    name: row.name,
    imageUrl: row.image,
    createdAt: Number.isNaN(createdAt) ? 0 : createdAt,
  }
}
