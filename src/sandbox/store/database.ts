import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, sql } from 'kysely'
import { SandboxError } from '../errors.ts'
import { migrate } from './migrations.ts'
import {
  type Connection,
  closeSqlite,
  findDamage,
  isUnavailable,
  limitPages,
  openSqlite,
  sqliteDialect,
  watchOthers,
} from './sqlite-dialect.ts'
import type { Tables } from './tables.ts'

/** A connection inside a transaction; repositories take one and never begin their own. */
export type Db = Kysely<Tables>

/** The database cannot write now; the same request may succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
  readonly code = 'store_unavailable'
}

/** All data of the sandbox, in one file. */
export class Store {
  readonly file: string
  readonly #sqlite: Connection
  readonly #db: Db
  readonly #others: () => number
  #begun = 0

  private constructor(file: string, sqlite: Connection) {
    this.file = file
    this.#sqlite = sqlite
    this.#db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite) })
    this.#others = watchOthers(sqlite)
  }

  /**
   * Opens the file, creating it where it is missing, and brings its tables up to date.
   *
   * @throws {SandboxError} The file is damaged or no database; it is left as it is.
   */
  static async open(file: string): Promise<Store> {
    const store = new Store(file, await openChecked(file))
    try {
      await store.transaction(migrate)
    } catch (error) {
      store.#sqlite.close()
      throw error
    }
    return store
  }

  /**
   * Does the work in one transaction that holds the write lock from its start, or not at all.
   * The work may await nothing but the database: see `sqliteDialect`.
   *
   * @throws {StoreUnavailableError} The disk is full, read-only or busy.
   */
  async transaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
    try {
      return await this.#db.transaction().execute(async (db) => {
        // While nobody reads: there is one connection, and it is taken.
        this.#begun += 1
        let turnIsOver = false
        const watch = setImmediate(() => {
          turnIsOver = true
        })
        try {
          return await work(db)
        } finally {
          clearImmediate(watch)
          if (turnIsOver) reportLongTransaction()
        }
      })
    } catch (error) {
      if (isUnavailable(error)) {
        throw new StoreUnavailableError('The database cannot write now.', { cause: error })
      }
      throw error
    }
  }

  /**
   * Reads in one transaction that takes no lock.
   *
   * @param work Is told the version of what it reads: while that stays the same, so does the data.
   */
  async read<T>(work: (db: Db, version: string) => Promise<T>): Promise<T> {
    const run = (db: Db) => work(db, `${this.#begun} ${this.#others()}`)
    return this.#db.transaction().setAccessMode('read only').execute(run)
  }

  /** A second connection to the same file, for the authorization server's own tables. */
  connect(): Connection {
    return openSqlite(this.file)
  }

  /** For tests of a full disk: the file may not grow beyond this many pages; 0 lifts the limit. */
  limitPages(pages: number): void {
    limitPages(this.#sqlite, pages)
  }

  close(): void {
    closeSqlite(this.#sqlite)
  }
}

/**
 * Does a part of a transaction that can be taken back alone.
 *
 * @param keep What to do with an error after the part is undone: give a value, or throw.
 */
export async function attempt<T>(
  db: Db,
  work: () => Promise<T>,
  keep: (error: unknown) => T,
): Promise<T> {
  await sql`SAVEPOINT attempt`.execute(db)
  try {
    const result = await work()
    await sql`RELEASE SAVEPOINT attempt`.execute(db)
    return result
  } catch (error) {
    // Where the database has given up the whole transaction, there is nothing to go back to.
    if (isUnavailable(error)) throw error
    await sql`ROLLBACK TO SAVEPOINT attempt`.execute(db)
    await sql`RELEASE SAVEPOINT attempt`.execute(db)
    return keep(error)
  }
}

async function openChecked(file: string): Promise<Connection> {
  const directory = dirname(file)
  const existed = existsSync(file)
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await chmod(directory, 0o700)
  } catch (cause) {
    throw new SandboxError('directory_unusable', `Cannot write in ${directory}.`, { cause })
  }
  let sqlite: Connection | undefined
  try {
    sqlite = openSqlite(file)
    await chmod(file, 0o600)
    const damage = existed ? await findDamage(file) : []
    if (damage.length > 0) throw new Error(damage.join('; '))
    return sqlite
  } catch (cause) {
    sqlite?.close()
    throw new SandboxError(
      'database_unreadable',
      `The sandbox database ${file} cannot be read (${firstLine(cause)}). It was left as it is; ` +
        'move it away, or start with --reset to begin anew.',
      { cause },
    )
  }
}

function firstLine(cause: unknown): string {
  const [line = 'unknown reason'] = (cause instanceof Error ? cause.message : String(cause)).split(
    '\n',
  )
  return line
}

function reportLongTransaction(): never {
  throw new Error('A transaction awaited something else than the database.')
}
