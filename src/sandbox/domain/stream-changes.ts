import type { StreamRow } from '../store/tables.ts'
import { DomainError, invalidInput } from './domain-error.ts'
import type { StreamSettings } from './stream-settings.ts'
import { isBusy } from './stream-states.ts'

/** What a change of a stream may hold. */
export interface StreamUpdate extends StreamSettings {
  addPlaylistIDs?: string[]
  removePlaylistIDs?: string[]
  addPreparedPlaylistIDs?: string[]
  removePreparedPlaylistIDs?: string[]
  clearAudioUploadObject?: boolean
  clearDestination?: boolean
  clearFramerate?: boolean
  clearName?: boolean
  clearPlaylists?: boolean
  clearPreparedPlaylists?: boolean
  clearQuality?: boolean
  clearScheduleEndAt?: boolean
  clearScheduleStartAt?: boolean
  clearStreamBackend?: boolean
  clearStreamDuration?: boolean
  clearStreamKey?: boolean
  clearStreamState?: boolean
  clearVideoUploadObject?: boolean
  clearYoutubeSettings?: boolean
}

/** The switches and the field each one empties. */
const switches: readonly (readonly [keyof StreamUpdate, keyof StreamUpdate])[] = [
  ['clearName', 'name'],
  ['clearQuality', 'quality'],
  ['clearFramerate', 'framerate'],
  ['clearDestination', 'destinationID'],
  ['clearVideoUploadObject', 'videoUploadObjectID'],
  ['clearAudioUploadObject', 'audioUploadObjectID'],
  ['clearScheduleStartAt', 'scheduleStartAt'],
  ['clearScheduleEndAt', 'scheduleEndAt'],
  ['clearStreamDuration', 'streamDuration'],
  ['clearStreamBackend', 'streamBackend'],
  ['clearStreamKey', 'streamKey'],
  ['clearStreamState', 'streamStateID'],
  ['clearYoutubeSettings', 'youtubeSettingsID'],
]

/** @throws {DomainError} `INVALID_INPUT` for a field together with the switch that empties it. */
export function checkSwitches(input: StreamUpdate): void {
  for (const [name, field] of switches) {
    if (input[name] !== true || input[field] == null) continue
    throw invalidInput(name, `cannot come together with ${field}.`)
  }
}

const fixedWhileLive = ['quality', 'framerate', 'clearQuality', 'clearFramerate'] as const
const partOfBroadcast = [
  'destinationID',
  'videoUploadObjectID',
  'audioUploadObjectID',
  'streamBackend',
  'streamKey',
  'runBackupStream',
  'clearDestination',
  'clearVideoUploadObject',
  'clearAudioUploadObject',
  'clearStreamBackend',
  'clearStreamKey',
  'addPlaylistIDs',
  'removePlaylistIDs',
  'clearPlaylists',
] as const

/** @throws {DomainError} `IMMUTABLE_WHILE_LIVE`, `STREAM_LIVE` */
export function checkChangeable({ state }: StreamRow, input: StreamUpdate): void {
  if (!isBusy(state)) return
  const asks = (name: keyof StreamUpdate) => {
    const value = input[name]
    return Array.isArray(value) ? value.length > 0 : value != null && value !== false
  }
  const fixed = fixedWhileLive.find(asks)
  if (fixed) {
    throw new DomainError(
      'IMMUTABLE_WHILE_LIVE',
      `${fixed} cannot change while the stream is ${state}.`,
    )
  }
  const part = partOfBroadcast.find(asks)
  if (part) {
    throw new DomainError(
      'STREAM_LIVE',
      `${part} cannot change while the stream is ${state}. Stop it first.`,
    )
  }
}
