/**
 * The tables, one interface each. Instants are milliseconds since the Unix epoch, flags are 0 or 1
 * (SQLite has no booleans), `null` means "not set".
 */

export type Flag = 0 | 1

/** Null stays null. */
export function flag(value: boolean | null | undefined): Flag | null {
  return value == null ? null : value ? 1 : 0
}

export interface Tables {
  customer: CustomerRow
  destination: DestinationRow
  upload: UploadRow
  stream: StreamRow
  broadcast: BroadcastRow
  playlist: PlaylistRow
  playlistItem: PlaylistItemRow
  snapshotItem: SnapshotItemRow
  invoice: InvoiceRow
  checkout: CheckoutRow
  depositAddress: DepositAddressRow
  idempotentAnswer: IdempotentAnswerRow
  meta: MetaRow
}

/** What the product keeps about an account; name and email stay with the authorization server. */
export interface CustomerRow {
  id: string
  createdAt: number
  role: 'admin' | 'user' | 'operator'
  locale: string | null
  /** Seconds; 0 never stops. */
  defaultStreamDuration: number | null
  credits: number
  eligibleForFreeCredits: Flag
  /** Everything up to this instant is accounted for. */
  settledAt: number
}

export interface DestinationRow {
  id: string
  customerId: string
  createdAt: number
  name: string
  kind: 'custom_rtmp' | 'youtube'
  status: 'active' | 'needs_reauth' | 'revoked' | 'disabled'
  rtmpUrl: string | null
  /** Encrypted stream key. */
  rtmpKeySealed: string | null
  /** Keyed fingerprint of URL and key: finds duplicates without opening any key. */
  fingerprint: string | null
}

export interface UploadRow {
  id: string
  customerId: string
  createdAt: number
  name: string
  mimeType: string
  type: 'audio' | 'video' | 'image'
  /** Bytes: as announced until they arrive, then as counted. */
  fileSize: number | null
  path: string | null
  removed: Flag
  /** File below the objects directory; set once bytes have arrived. */
  objectFile: string | null
  completedAt: number | null
  /** When the media facts are told; they were read when the bytes arrived. */
  factsAt: number | null
  /** Whole seconds. */
  duration: number | null
  fps: number | null
  width: number | null
  height: number | null
  /** Degrees. */
  orientation: number | null
  hasAudio: Flag | null
  hasVideo: Flag | null
  sourceUrl: string | null
  sourceQuality: string | null
  importStartedAt: number | null
}

export type StreamState =
  | 'draft'
  | 'invalid'
  | 'scheduled'
  | 'preparing'
  | 'activating'
  | 'active'
  | 'failing'
  | 'failed'
  | 'stopping'
  | 'stopped'

export interface StreamRow {
  id: string
  customerId: string
  createdAt: number
  updatedAt: number
  name: string | null
  quality: string | null
  framerate: string | null
  destinationId: string | null
  videoUploadId: string | null
  audioUploadId: string | null
  scheduleStartAt: number | null
  scheduleEndAt: number | null
  /** Seconds; 0 never stops. */
  streamDuration: number | null
  runBackupStream: Flag
  agentModeEnabled: Flag | null
  streamBackend: string | null
  streamStateId: string | null
  streamKeySealed: string | null
  youtubeSettingsId: string | null
  state: StreamState
  /** When the state changes by itself. */
  dueAt: number | null
  /** Whether it was ever on air. */
  hasRun: Flag
  /** While a run is under way: when its window closes. */
  runEndsAt: number | null
}

/** One time on air. */
export interface BroadcastRow {
  id: string
  customerId: string
  streamId: string
  quality: string
  framerate: string
  startedAt: number
  endedAt: number | null
  /** Credits charged so far. */
  credits: number
}

export interface PlaylistRow {
  id: string
  customerId: string
  streamId: string
  kind: 'video' | 'audio'
  mode: 'sequential' | 'shuffle'
  version: number
  /** 0 without a snapshot. */
  liveVersion: number
  copiedFrom: string | null
  /** A publish under way goes on air then, as `publishVersion`. */
  publishDueAt: number | null
  publishVersion: number | null
  createdAt: number
  updatedAt: number
}

export interface PlaylistItemRow {
  id: string
  playlistId: string
  uploadId: string
  position: number
}

/** An item as it was frozen: `live` is on air, `next` is being published. */
export interface SnapshotItemRow {
  playlistId: string
  stage: 'live' | 'next'
  position: number
  itemId: string
  uploadId: string
}

export interface InvoiceRow {
  id: string
  customerId: string
  createdAt: number
  number: string
  amountCents: number
  credits: number
  status: 'paid' | 'open' | 'refunded' | 'void'
  provider: 'stripe' | 'keepz' | '0xprocessing'
  pdfUrl: string | null
}

export interface CheckoutRow {
  id: string
  customerId: string
  createdAt: number
  amountCents: number
  credits: number
  paidAt: number | null
}

export interface DepositAddressRow {
  customerId: string
  currencyId: string
  address: string
  tag: string | null
}

/** The first answer to a request with an `Idempotency-Key`. */
export interface IdempotentAnswerRow {
  /** Account and credential: the caller the key belongs to. */
  caller: string
  method: string
  path: string
  key: string
  requestHash: string
  status: number
  /** JSON object. */
  headers: string
  body: string | null
  createdAt: number
}

export interface MetaRow {
  name: string
  value: string
}
