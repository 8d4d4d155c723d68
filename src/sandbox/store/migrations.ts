import { type ColumnDataType, sql } from 'kysely'
import { SandboxError } from '../errors.ts'
import type { Db } from './database.ts'

/** Steps in order, never edited once released: the next change is the next step. */
const steps: readonly ((db: Db) => Promise<void>)[] = [createFirstTables, findWhatMovesFast]

/**
 * Brings the tables up to date, inside the transaction given: a kill on the way changes nothing.
 *
 * @throws {SandboxError} The file was written by a newer version.
 */
export async function migrate(db: Db): Promise<void> {
  await createTable(db, 'meta', { name: 'text', value: 'text' }, ['name'])
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'schema')
    .executeTakeFirst()
  const version = Number(row?.value ?? 0)
  if (version > steps.length) {
    throw new SandboxError(
      'database_newer',
      'The sandbox data was written by a newer version of this project. Update it, or start with --reset.',
    )
  }
  for (const step of steps.slice(version)) await step(db)
  await db
    .insertInto('meta')
    .values({ name: 'schema', value: String(steps.length) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(steps.length) }))
    .execute()
}

/** `integer?` may be null; `stream!` is the id of a row there, and goes with it; `upload?` may be null. */
type Columns = Readonly<Record<string, string>>

async function createTable(
  db: Db,
  table: string,
  columns: Columns,
  primaryKey: readonly string[],
): Promise<void> {
  let statement = db.schema.createTable(table).ifNotExists()
  for (const [name, type] of Object.entries(columns)) {
    const nullable = type.endsWith('?')
    const bare = type.replace(/[?!]$/, '')
    const plain = bare === 'text' || bare === 'integer' || bare === 'real'
    statement = statement.addColumn(name, (plain ? bare : 'text') as ColumnDataType, (column) => {
      let built = nullable ? column : column.notNull()
      if (!plain) built = built.references(`${bare}.id`)
      if (type.endsWith('!')) return built.onDelete('cascade')
      // A stream forgets a file that is deleted; what plays it is a playlist, which does not.
      return bare === 'upload' && nullable ? built.onDelete('set null') : built
    })
  }
  await statement.addPrimaryKeyConstraint(`${table}_key`, primaryKey as never[]).execute()
}

async function createFirstTables(db: Db): Promise<void> {
  await createTable(
    db,
    'customer',
    {
      id: 'text',
      createdAt: 'integer',
      role: 'text',
      locale: 'text?',
      defaultStreamDuration: 'integer?',
      credits: 'integer',
      eligibleForFreeCredits: 'integer',
      settledAt: 'integer',
    },
    ['id'],
  )
  await createTable(
    db,
    'destination',
    {
      id: 'text',
      customerId: 'customer!',
      createdAt: 'integer',
      name: 'text',
      kind: 'text',
      status: 'text',
      rtmpUrl: 'text?',
      rtmpKeySealed: 'text?',
      fingerprint: 'text?',
    },
    ['id'],
  )
  await createTable(
    db,
    'upload',
    {
      id: 'text',
      customerId: 'customer!',
      createdAt: 'integer',
      name: 'text',
      mimeType: 'text',
      type: 'text',
      fileSize: 'integer?',
      path: 'text?',
      removed: 'integer',
      objectFile: 'text?',
      completedAt: 'integer?',
      factsAt: 'integer?',
      duration: 'integer?',
      fps: 'real?',
      width: 'integer?',
      height: 'integer?',
      orientation: 'integer?',
      hasAudio: 'integer?',
      hasVideo: 'integer?',
      sourceUrl: 'text?',
      sourceQuality: 'text?',
      importStartedAt: 'integer?',
    },
    ['id'],
  )
  await createTable(
    db,
    'stream',
    {
      id: 'text',
      customerId: 'customer!',
      createdAt: 'integer',
      updatedAt: 'integer',
      name: 'text?',
      quality: 'text?',
      framerate: 'text?',
      destinationId: 'destination?',
      videoUploadId: 'upload?',
      audioUploadId: 'upload?',
      scheduleStartAt: 'integer?',
      scheduleEndAt: 'integer?',
      streamDuration: 'integer?',
      runBackupStream: 'integer',
      agentModeEnabled: 'integer?',
      streamBackend: 'text?',
      streamStateId: 'text?',
      streamKeySealed: 'text?',
      youtubeSettingsId: 'text?',
      state: 'text',
      dueAt: 'integer?',
      hasRun: 'integer',
      runEndsAt: 'integer?',
    },
    ['id'],
  )
  await createTable(
    db,
    'broadcast',
    {
      id: 'text',
      customerId: 'customer!',
      // What was used stays on the bill after its stream is deleted.
      streamId: 'text',
      quality: 'text',
      framerate: 'text',
      startedAt: 'integer',
      endedAt: 'integer?',
      credits: 'integer',
    },
    ['id'],
  )
  await createTable(
    db,
    'playlist',
    {
      id: 'text',
      customerId: 'customer!',
      streamId: 'stream!',
      kind: 'text',
      mode: 'text',
      version: 'integer',
      liveVersion: 'integer',
      copiedFrom: 'text?',
      publishDueAt: 'integer?',
      publishVersion: 'integer?',
      createdAt: 'integer',
      updatedAt: 'integer',
    },
    ['id'],
  )
  await createTable(
    db,
    'playlistItem',
    { id: 'text', playlistId: 'playlist!', uploadId: 'upload', position: 'integer' },
    ['id'],
  )
  await createTable(
    db,
    'snapshotItem',
    {
      playlistId: 'playlist!',
      stage: 'text',
      position: 'integer',
      itemId: 'text',
      uploadId: 'upload',
    },
    ['playlistId', 'stage', 'position'],
  )
  await createTable(
    db,
    'invoice',
    {
      id: 'text',
      customerId: 'customer!',
      createdAt: 'integer',
      number: 'text',
      amountCents: 'integer',
      credits: 'integer',
      status: 'text',
      provider: 'text',
      pdfUrl: 'text?',
    },
    ['id'],
  )
  await createTable(
    db,
    'checkout',
    {
      id: 'text',
      customerId: 'customer!',
      createdAt: 'integer',
      amountCents: 'integer',
      credits: 'integer',
      paidAt: 'integer?',
    },
    ['id'],
  )
  await createTable(
    db,
    'depositAddress',
    { customerId: 'customer!', currencyId: 'text', address: 'text', tag: 'text?' },
    ['customerId', 'currencyId'],
  )
  await createTable(
    db,
    'idempotentAnswer',
    {
      caller: 'text',
      method: 'text',
      path: 'text',
      key: 'text',
      requestHash: 'text',
      status: 'integer',
      headers: 'text',
      body: 'text?',
      createdAt: 'integer',
    },
    ['caller', 'method', 'path', 'key'],
  )
  for (const table of ['destination', 'upload', 'stream', 'playlist', 'invoice'] as const) {
    await db.schema
      .createIndex(`${table}_by_age`)
      .on(table)
      .columns(['customerId', 'createdAt', 'id'])
      .execute()
  }
  await db.schema.createIndex('stream_due').on('stream').columns(['customerId', 'dueAt']).execute()
  await db.schema
    .createIndex('broadcast_by_start')
    .on('broadcast')
    .columns(['customerId', 'startedAt'])
    .execute()
  await db.schema
    .createIndex('playlist_item_order')
    .on('playlistItem')
    .columns(['playlistId', 'position'])
    .execute()
  await db.schema.createIndex('playlist_of_stream').on('playlist').column('streamId').execute()
  await db.schema.createIndex('item_of_upload').on('playlistItem').column('uploadId').execute()
  await db.schema.createIndex('snapshot_of_upload').on('snapshotItem').column('uploadId').execute()
  await sql`CREATE UNIQUE INDEX one_broadcast_at_a_time ON broadcast ("streamId") WHERE "endedAt" IS NULL`.execute(
    db,
  )
}

/** What comes due is looked for with every request, among however many streams and playlists. */
async function findWhatMovesFast(db: Db): Promise<void> {
  await db.schema
    .createIndex('stream_by_state')
    .on('stream')
    .columns(['customerId', 'state'])
    .execute()
  await db.schema
    .createIndex('playlist_due')
    .on('playlist')
    .columns(['customerId', 'publishDueAt'])
    .execute()
}
