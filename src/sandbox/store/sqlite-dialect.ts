/**
 * Everything that is SQLite's own: how the file is opened, how a transaction begins, which of its
 * errors mean "try again". Another database replaces this file and the dialect in `database.ts`.
 */
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'

/** How long a writer waits for another one, in milliseconds. */
const patience = 5000

/**
 * Opens the file and makes its promises: readers never wait, an acknowledged write survives a
 * power cut, references hold.
 */
export function openSqlite(file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file)
  sqlite.exec(`
    PRAGMA busy_timeout = ${patience};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
  `)
  return sqlite
}

/** @returns What is damaged, one line each; empty for a sound file. */
export function findDamage(sqlite: DatabaseSync): string[] {
  return sqlite
    .prepare('PRAGMA quick_check')
    .all()
    .map((row) => String(Object.values(row)[0]))
    .filter((line) => line !== 'ok')
}

/** Brings the write-ahead log into the main file and closes it. */
export function closeSqlite(sqlite: DatabaseSync): void {
  try {
    sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // Another connection is still reading: the log stays beside the file, which is just as safe.
  }
  sqlite.close()
}

/**
 * The database cannot write now, but may again later: full, read-only, busy, or a failing disk.
 *
 * @see https://sqlite.org/rescode.html
 */
export function isUnavailable(error: unknown): boolean {
  const full = 13
  const readOnly = 8
  const ioError = 10
  const cannotOpen = 14
  const code = primaryCode(error)
  return (
    code === full || code === readOnly || code === ioError || code === cannotOpen || isBusy(error)
  )
}

function isBusy(error: unknown): boolean {
  const code = primaryCode(error)
  return code === 5 || code === 6
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}

/**
 * Better Auth's node:sqlite dialect with transactions that take the write lock at once.
 *
 * The authorization server has a connection of its own to the same file and may hold the lock over
 * several turns of the event loop, so waiting for it must not block the loop: it is asked for again
 * every few milliseconds. Ours, in turn, begins in a turn of its own and awaits nothing but the
 * database, so it is over before anything else of this process runs. `database.ts` checks that.
 */
export function sqliteDialect(sqlite: DatabaseSync): Dialect {
  const dialect = new NodeSqliteDialect({ database: sqlite })
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => {
      const driver: Driver = dialect.createDriver()
      driver.beginTransaction = async (connection, { accessMode }) => {
        if (accessMode !== 'read only') return beginImmediate(connection)
        await connection.executeQuery(CompiledQuery.raw('BEGIN'))
      }
      driver.rollbackTransaction = async (connection) => {
        // A full disk makes SQLite roll back by itself.
        if (sqlite.isTransaction) await connection.executeQuery(CompiledQuery.raw('ROLLBACK'))
      }
      return driver
    },
  }
}

async function beginImmediate(connection: DatabaseConnection): Promise<void> {
  const deadline = performance.now() + patience
  await connection.executeQuery(CompiledQuery.raw('PRAGMA busy_timeout = 0'))
  try {
    await nextTurn()
    for (;;) {
      try {
        await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'))
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        await sleep(4)
      }
    }
  } finally {
    await connection.executeQuery(CompiledQuery.raw(`PRAGMA busy_timeout = ${patience}`))
  }
}
