import { defaultFramerate, defaultQuality } from '../domain/rates.ts'
import type { Means } from '../domain/work.ts'
import { noFacts } from '../media/facts.ts'
import type { BroadcastRow, PlaylistRow, StreamRow, UploadRow } from '../store/tables.ts'
import { destinations, items, playlists, streams, uploads } from './ids.ts'

const hour = 3_600_000
const day = 24 * hour

type UploadSeed = Omit<
  UploadRow,
  | 'customerId'
  | 'createdAt'
  | 'completedAt'
  | 'factsAt'
  | 'path'
  | 'removed'
  | 'sourceUrl'
  | 'sourceQuality'
  | 'importStartedAt'
> & { isComplete: boolean }

/** The files behind them are the sandbox's small ones; sizes and lengths are those of a real loop. */
export function demoUploads({ standIns }: Means): UploadSeed[] {
  const video = {
    mimeType: 'video/mp4',
    type: 'video' as const,
    objectFile: standIns.video.objectFile,
    fps: 30,
    width: 1920,
    height: 1080,
    orientation: 0,
    hasAudio: 1 as const,
    hasVideo: 1 as const,
    isComplete: true,
  }
  const none = { ...noFacts, hasAudio: null, hasVideo: null }
  return [
    {
      ...video,
      id: uploads.lofiLoop,
      name: 'lofi-loop.mp4',
      fileSize: 73_400_320,
      duration: 180,
    },
    {
      ...none,
      id: uploads.lofiMix,
      name: 'lofi-mix.mp3',
      mimeType: 'audio/mpeg',
      type: 'audio',
      objectFile: standIns.audio.objectFile,
      fileSize: 57_600_000,
      duration: 3600,
      hasAudio: 1,
      hasVideo: 0,
      isComplete: true,
    },
    {
      ...video,
      id: uploads.rainWindow,
      name: 'rain-window.mp4',
      fileSize: 104_857_600,
      duration: 240,
    },
    {
      ...none,
      id: uploads.cover,
      name: 'cover.png',
      mimeType: 'image/png',
      type: 'image',
      objectFile: 'stand-in:cover.png',
      fileSize: 482_113,
      width: 1280,
      height: 720,
      hasAudio: 0,
      hasVideo: 0,
      isComplete: true,
    },
    {
      ...none,
      id: uploads.newVisual,
      name: 'new-visual.mp4',
      mimeType: 'video/mp4',
      type: 'video',
      objectFile: null,
      fileSize: 52_428_800,
      isComplete: false,
    },
    {
      ...video,
      id: uploads.cityLights,
      name: 'city-lights.mp4',
      fileSize: 31_457_280,
      duration: 96,
      isComplete: false,
    },
  ]
}

type StreamSeed = Omit<StreamRow, 'customerId' | 'createdAt' | 'updatedAt'>

export function demoStreams(now: number): StreamSeed[] {
  const plain: Omit<StreamSeed, 'id' | 'name'> = {
    quality: defaultQuality,
    framerate: defaultFramerate,
    destinationId: destinations.twitchMain,
    videoUploadId: null,
    audioUploadId: null,
    scheduleStartAt: null,
    scheduleEndAt: null,
    streamDuration: 0,
    runBackupStream: 0,
    agentModeEnabled: null,
    streamBackend: null,
    streamStateId: null,
    streamKeySealed: null,
    youtubeSettingsId: null,
    state: 'draft',
    dueAt: null,
    hasRun: 0,
    runEndsAt: null,
  }
  const opensAt = Math.ceil((now + 7 * day) / hour) * hour
  return [
    {
      ...plain,
      id: streams.lofiRadio,
      name: 'Lofi radio',
      destinationId: destinations.lofiChannel,
      state: 'active',
      hasRun: 1,
    },
    { ...plain, id: streams.eveningRain, name: 'Evening rain' },
    { ...plain, id: streams.studyBeats, name: 'Study beats', state: 'stopped', hasRun: 1 },
    {
      ...plain,
      id: streams.nightDrive,
      name: 'Night drive',
      state: 'scheduled',
      scheduleStartAt: opensAt,
      scheduleEndAt: opensAt + 8 * hour,
      dueAt: opensAt,
    },
    {
      ...plain,
      id: streams.launchCountdown,
      name: 'Launch countdown',
      framerate: 'f_60',
      state: 'active',
      hasRun: 1,
    },
    {
      ...plain,
      id: streams.oldIntroLoop,
      name: 'Old intro loop',
      quality: 'q_720p',
      destinationId: null,
      state: 'stopped',
      hasRun: 1,
    },
    {
      ...plain,
      id: streams.jazzCafe,
      name: 'Jazz café',
      destinationId: destinations.secondChannel,
      state: 'failed',
      hasRun: 1,
    },
    { ...plain, id: streams.untitled, name: 'Untitled', destinationId: null },
  ]
}

interface PlaylistSeed {
  version: number
  liveVersion: number
  mode?: PlaylistRow['mode']
  items: { id: string; uploadId: string }[]
  /** How many of the items are on air. */
  liveItems: number
}

/** Drafts by the playlist's id; a playlist that is missing here is empty. */
export function demoPlaylists(): Map<string, PlaylistSeed> {
  const { lofiLoop, lofiMix, rainWindow } = uploads
  const once = (id: string, uploadId: string): PlaylistSeed => ({
    version: 1,
    liveVersion: 0,
    items: [{ id, uploadId }],
    liveItems: 0,
  })
  const onAir = { liveVersion: 1, liveItems: 1 }
  return new Map([
    [
      playlists.lofiRadio[0],
      {
        version: 4,
        liveVersion: 3,
        items: [
          { id: items.lofiFirst, uploadId: lofiLoop },
          { id: items.lofiSecond, uploadId: rainWindow },
          { id: items.lofiThird, uploadId: lofiLoop },
        ],
        liveItems: 2,
      },
    ],
    [playlists.lofiRadio[1], { ...once(items.lofiAudio, lofiMix), ...onAir }],
    [playlists.eveningRain[0], once(items.rainVideo, rainWindow)],
    [playlists.eveningRain[1], { ...once(items.rainAudio, lofiMix), mode: 'shuffle' }],
    [playlists.studyBeats[0], { ...once(items.study, lofiLoop), version: 2 }],
    [playlists.nightDrive[0], once(items.night, rainWindow)],
    [playlists.launchCountdown[0], { ...once(items.launch, lofiLoop), ...onAir }],
    [playlists.oldIntroLoop[0], once(items.intro, lofiLoop)],
    [playlists.jazzCafe[0], once(items.jazz, lofiLoop)],
  ])
}

type BroadcastSeed = Omit<BroadcastRow, 'id' | 'customerId' | 'credits'>

/** Times on air before the first start: two that go on, and enough past ones to look at. */
export function demoBroadcasts(now: number): BroadcastSeed[] {
  const past = (
    streamId: string,
    daysAgo: number,
    hours: number,
    quality: string = defaultQuality,
    framerate: string = defaultFramerate,
  ): BroadcastSeed => {
    const startedAt = now - daysAgo * day
    return { streamId, quality, framerate, startedAt, endedAt: startedAt + hours * hour }
  }
  const { studyBeats, oldIntroLoop, jazzCafe, lofiRadio, launchCountdown } = streams
  return [
    past(oldIntroLoop, 80, 6, 'q_720p'),
    past(oldIntroLoop, 74, 9.5, 'q_720p'),
    past(studyBeats, 68, 12),
    past(studyBeats, 61, 12),
    past(studyBeats, 47, 10.25),
    past(jazzCafe, 40, 0.75),
    past(studyBeats, 33, 8),
    past(studyBeats, 19, 11.5),
    past(studyBeats, 5, 6),
    past(studyBeats, 2, 3.5),
    {
      streamId: lofiRadio,
      quality: defaultQuality,
      framerate: defaultFramerate,
      startedAt: now - 20 * day,
      endedAt: null,
    },
    {
      streamId: launchCountdown,
      quality: defaultQuality,
      framerate: 'f_60',
      startedAt: now - 5 * hour,
      endedAt: null,
    },
  ]
}
