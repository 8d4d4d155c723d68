import {
  deleteDestination as deleteRow,
  findDestination,
  findDestinations,
  hasFingerprint,
  insertDestination,
  isDestinationUsed,
  listDestinations as listRows,
} from '../store/destinations.ts'
import type { PageRequest } from '../store/paging.ts'
import type { DestinationRow } from '../store/tables.ts'
import { DomainError, invalidInput, notFound } from './domain-error.ts'
import { answerPage, type ListAnswer } from './page.ts'
import { instant, type Work } from './work.ts'

export interface DestinationView {
  id: string
  createdAt: string
  name: string
  kind: DestinationRow['kind']
  status: DestinationRow['status']
  rtmpURL: string | null
  rtmpUrlMasked: string | null
}

export interface RtmpDestinationInput {
  name: string
  rtmpUrl: string
  rtmpKey: string
}

export async function listDestinations(
  work: Work,
  page: PageRequest,
  filter: { kind?: DestinationRow['kind']; status?: DestinationRow['status'] },
): Promise<ListAnswer<DestinationView>> {
  const found = await listRows(work.db, work.customerId, page, filter)
  return answerPage(found, found.rows.map(viewDestination))
}

/** @returns Those of the ids that are destinations of the account. */
export async function getDestinations(
  { db, customerId }: Work,
  ids: readonly string[],
): Promise<Map<string, DestinationView>> {
  const rows = await findDestinations(db, customerId, ids)
  return new Map([...rows].map(([id, row]) => [id, viewDestination(row)]))
}

/**
 * The key is encrypted before it is stored and never shown again. Nothing is ever sent to the
 * address.
 *
 * @throws {DomainError} `DESTINATION_DUPLICATE`, `INVALID_INPUT`
 */
export async function createRtmpDestination(
  { db, customerId, now, means }: Work,
  { name, rtmpUrl, rtmpKey }: RtmpDestinationInput,
): Promise<DestinationView> {
  const url = URL.canParse(rtmpUrl) ? new URL(rtmpUrl) : undefined
  if (!url || !/^rtmps?:$/.test(url.protocol) || !url.hostname) {
    throw invalidInput('rtmpUrl', 'must begin with rtmp:// or rtmps:// and name a host.')
  }
  // An address shown again must not hold a secret.
  if (url.username || url.password) {
    throw invalidInput('rtmpUrl', 'must not hold a user or password.')
  }
  if (rtmpKey.trim() === '') throw invalidInput('rtmpKey', 'must not be empty.')
  const fingerprint = means.secrets.fingerprint(`${customerId}\n${rtmpUrl}\n${rtmpKey}`)
  if (await hasFingerprint(db, customerId, fingerprint)) {
    throw new DomainError(
      'DESTINATION_DUPLICATE',
      'There is a destination with this address and key already.',
    )
  }
  const row: DestinationRow = {
    id: means.newId('dest', now),
    customerId,
    createdAt: now,
    name,
    kind: 'custom_rtmp',
    status: 'active',
    rtmpUrl,
    rtmpKeySealed: means.secrets.seal(rtmpKey),
    fingerprint,
  }
  await insertDestination(db, row)
  return viewDestination(row)
}

/** @throws {DomainError} `IN_USE` while a stream points at it. */
export async function deleteDestination({ db, customerId }: Work, id: string): Promise<void> {
  if (!(await findDestination(db, customerId, id))) throw notFound('destination', id)
  if (await isDestinationUsed(db, id)) {
    throw new DomainError('IN_USE', 'A stream still points at the destination.')
  }
  await deleteRow(db, id)
}

export function viewDestination(row: DestinationRow): DestinationView {
  return {
    id: row.id,
    createdAt: instant(row.createdAt),
    name: row.name,
    kind: row.kind,
    status: row.status,
    rtmpURL: row.rtmpUrl,
    rtmpUrlMasked: row.rtmpUrl === null ? null : `${row.rtmpUrl.replace(/\/+$/, '')}/••••••••`,
  }
}
