import { decodeTime } from 'ulid'
import { invoiceNumber } from '../domain/billing.ts'
import { creditsFor, creditsPerCent, rateOf } from '../domain/rates.ts'
import type { Means } from '../domain/work.ts'
import { insertInvoice } from '../store/billing.ts'
import { insertCustomer, readMeta, writeMeta } from '../store/customers.ts'
import type { Db } from '../store/database.ts'
import { insertDestination } from '../store/destinations.ts'
import { insertPlaylist, replaceItems, replaceSnapshot } from '../store/playlists.ts'
import { insertBroadcast, insertStream } from '../store/streams.ts'
import type { DestinationRow } from '../store/tables.ts'
import { insertUpload } from '../store/uploads.ts'
import { demoAccountId, destinations, invoices, playlists, streams } from './ids.ts'
import { demoBroadcasts, demoPlaylists, demoStreams, demoUploads } from './rows.ts'

/** US cents of the demo account's top-ups. */
const topUps = [2_500, 10_000, 25_000] as const

/**
 * Fills a new sandbox with the demo account's data, once: inside the transaction given, so that a
 * stop on the way leaves nothing half done.
 *
 * @param now The first start; what runs has run for a while then.
 */
export async function seed(db: Db, now: number, means: Means): Promise<void> {
  if (await readMeta(db, 'seeded')) return
  const broadcasts = demoBroadcasts(now)
  const bought = topUps.reduce((sum, cents) => sum + cents * creditsPerCent, 0)
  const charges = broadcasts.map(({ startedAt, endedAt, quality, framerate }) =>
    creditsFor((endedAt ?? now) - startedAt, rateOf(quality, framerate)),
  )
  await insertCustomer(db, {
    id: demoAccountId,
    createdAt: madeAt(demoAccountId, now),
    role: 'user',
    locale: 'en-US',
    defaultStreamDuration: 0,
    credits: bought - charges.reduce((sum, credits) => sum + credits, 0),
    eligibleForFreeCredits: 0,
    settledAt: now,
  })
  await seedDestinations(db, now, means)
  for (const upload of demoUploads(means)) {
    const createdAt = madeAt(upload.id, now)
    const readyAt = upload.isComplete ? createdAt : null
    const { isComplete: _, ...row } = upload
    await insertUpload(db, {
      ...row,
      customerId: demoAccountId,
      createdAt,
      completedAt: readyAt,
      factsAt: readyAt,
      path: null,
      removed: 0,
      sourceUrl: null,
      sourceQuality: null,
      importStartedAt: null,
    })
  }
  for (const stream of demoStreams(now)) {
    await insertStream(db, {
      ...stream,
      customerId: demoAccountId,
      createdAt: madeAt(stream.id, now),
      updatedAt: Math.max(madeAt(stream.id, now), now - 24 * 3_600_000),
    })
  }
  await seedPlaylists(db, now)
  for (const [index, broadcast] of broadcasts.entries()) {
    await insertBroadcast(db, {
      ...broadcast,
      id: means.newId('session', broadcast.startedAt),
      customerId: demoAccountId,
      credits: charges[index] ?? 0,
    })
  }
  for (const [index, id] of invoices.entries()) {
    const createdAt = madeAt(id, now)
    const amountCents = topUps[index] ?? 0
    await insertInvoice(db, {
      id,
      customerId: demoAccountId,
      createdAt,
      number: invoiceNumber(createdAt, index + 1),
      amountCents,
      credits: amountCents * creditsPerCent,
      status: 'paid',
      provider: 'stripe',
      pdfUrl: null,
    })
  }
  await writeMeta(db, 'seeded', new Date(now).toISOString())
}

async function seedDestinations(db: Db, now: number, { secrets }: Means): Promise<void> {
  const youtube = { kind: 'youtube', rtmpUrl: null, rtmpKeySealed: null } as const
  const rtmp = (rtmpUrl: string) => ({
    kind: 'custom_rtmp' as const,
    rtmpUrl,
    rtmpKeySealed: secrets.seal('sandbox-stream-key'),
  })
  const rows: (Pick<DestinationRow, 'id' | 'name' | 'status'> &
    Pick<DestinationRow, 'kind' | 'rtmpUrl' | 'rtmpKeySealed'>)[] = [
    { id: destinations.lofiChannel, name: 'Lofi channel', status: 'active', ...youtube },
    {
      id: destinations.twitchMain,
      name: 'Twitch main',
      status: 'active',
      ...rtmp('rtmp://live.twitch.tv/app'),
    },
    {
      id: destinations.oldKick,
      name: 'Old Kick',
      status: 'active',
      ...rtmp('rtmps://ingest.kick.example/app'),
    },
    {
      id: destinations.secondChannel,
      name: 'Second channel',
      status: 'needs_reauth',
      ...youtube,
    },
  ]
  for (const row of rows) {
    const createdAt = madeAt(row.id, now)
    await insertDestination(db, { ...row, customerId: demoAccountId, createdAt, fingerprint: null })
  }
}

async function seedPlaylists(db: Db, now: number): Promise<void> {
  const drafts = demoPlaylists()
  for (const [name, ids] of Object.entries(playlists)) {
    for (const [index, id] of ids.entries()) {
      const draft = drafts.get(id)
      const createdAt = madeAt(id, now)
      await insertPlaylist(db, {
        id,
        customerId: demoAccountId,
        streamId: streams[name as keyof typeof streams],
        kind: index === 0 ? 'video' : 'audio',
        mode: draft?.mode ?? 'sequential',
        version: draft?.version ?? 0,
        liveVersion: draft?.liveVersion ?? 0,
        copiedFrom: null,
        publishDueAt: null,
        publishVersion: null,
        createdAt,
        updatedAt: Math.max(createdAt, now - 24 * 3_600_000),
      })
      await replaceItems(db, id, draft?.items ?? [])
      const live = draft?.items.slice(0, draft.liveItems) ?? []
      await replaceSnapshot(
        db,
        id,
        'live',
        live.map((item) => ({ itemId: item.id, uploadId: item.uploadId })),
      )
    }
  }
}

/** The instant an id was made, as it tells itself; never in the future. */
function madeAt(id: string, now: number): number {
  return Math.min(now, decodeTime(id.slice(id.lastIndexOf('_') + 1)))
}
