import { monotonicFactory } from 'ulid'
import { demoAccountId, streams } from '../../../src/sandbox/seed/ids.ts'
import type { Store } from '../../../src/sandbox/store/database.ts'

/** Brings the demo account to so many streams, by copies of one that is at rest. */
export async function addStreams(store: Store, count: number): Promise<void> {
  const nextUlid = monotonicFactory()
  await store.transaction(async (db) => {
    const rows = await db.selectFrom('stream').selectAll().execute()
    const model = rows.find(({ id }) => id === streams.untitled)
    if (!model) throw new Error('The demo data lacks the stream to copy.')
    for (let made = rows.length; made < count; made += 1) {
      const createdAt = Date.parse('2024-01-01') + made * 1000
      await db
        .insertInto('stream')
        .values({
          ...model,
          id: `stream_${nextUlid(createdAt)}`,
          customerId: demoAccountId,
          name: `Stream ${made}`,
          createdAt,
        })
        .execute()
    }
  })
}
