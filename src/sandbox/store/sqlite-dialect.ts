/**
 * Everything that is SQLite's own: how the file is opened, how a transaction begins, which of its
 * errors mean "try again". Another database replaces this file and the dialect in `database.ts`.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import { queryAside } from './query-aside.ts'

/** An open file. */
export type Connection = DatabaseSync

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

/**
 * Reads the whole file, which takes longer the larger it is, in a thread of its own.
 *
 * @returns What is damaged, one line each; empty for a sound file.
 */
export async function findDamage(file: string): Promise<string[]> {
  const lines = await queryAside({ file, sql: 'PRAGMA quick_check', patience })
  return lines.filter((line) => line !== 'ok')
}

/**
 * @returns A function whose number is another one after another connection, of this process or of
 * any, has changed the data.
 */
export function watchOthers(sqlite: DatabaseSync): () => number {
  const version = sqlite.prepare('PRAGMA data_version')
  return () => Number(version.get()?.data_version)
}

/** Lets the file grow to so many pages and no further; 0 lifts the limit. */
export function limitPages(sqlite: DatabaseSync, pages: number): void {
  sqlite.exec(`PRAGMA max_page_count = ${pages === 0 ? 4294967294 : pages}`)
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
      const wait = driver.acquireConnection.bind(driver)
      const own = new PreparedConnection(sqlite)
      driver.acquireConnection = async (options) => {
        await wait(options)
        return own
      }
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

/** Statements that are kept prepared. The sandbox has some hundred of them. */
const mostPrepared = 500

/** Prepares each statement once: that takes longer than most of them run. */
class PreparedConnection implements DatabaseConnection {
  readonly #sqlite: DatabaseSync
  readonly #prepared = new Map<string, { statement: StatementSync; answersRows: boolean }>()

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, answersRows } = this.#prepare(sql)
    const values = parameters as (string | number | bigint | null)[]
    if (answersRows) return { rows: statement.all(...values) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for it, and nothing here streams.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows of the sandbox are few: read them at once.')
  }

  #prepare(sql: string) {
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.#sqlite.prepare(sql)
    const prepared = { statement, answersRows: statement.columns().length > 0 }
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear()
    this.#prepared.set(sql, prepared)
    return prepared
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
