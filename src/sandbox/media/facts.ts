import { type FileHandle, open } from 'node:fs/promises'

/** What is known of a media file; null where it is not, or does not apply. */
export interface MediaFacts {
  /** Whole seconds. */
  duration: number | null
  fps: number | null
  width: number | null
  height: number | null
  /** Degrees by which a player must turn the picture. */
  orientation: number | null
  hasAudio: boolean | null
  hasVideo: boolean | null
}

export const noFacts: MediaFacts = {
  duration: null,
  fps: null,
  width: null,
  height: null,
  orientation: null,
  hasAudio: null,
  hasVideo: null,
}

/**
 * Reads a file's media facts from its bytes. A file that is no media has none; that is not an error.
 */
export async function readMediaFacts(file: string): Promise<MediaFacts> {
  // Loaded with the first file: it is a megabyte of WebAssembly.
  const { default: mediaInfoFactory } = await import('mediainfo.js')
  const mediaInfo = await mediaInfoFactory({ format: 'object' })
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    const { size } = await handle.stat()
    const { media } = await mediaInfo.analyzeData(size, (length, offset) =>
      readChunk(handle as FileHandle, length, offset),
    )
    return factsFrom(media?.track ?? [])
  } catch {
    return noFacts
  } finally {
    await handle?.close()
    mediaInfo.close()
  }
}

async function readChunk(handle: FileHandle, length: number, offset: number): Promise<Uint8Array> {
  const chunk = new Uint8Array(length)
  const { bytesRead } = await handle.read(chunk, 0, length, offset)
  return chunk.subarray(0, bytesRead)
}

type Track = Readonly<Record<string, unknown>>

function factsFrom(tracks: readonly object[]): MediaFacts {
  const find = (type: string) =>
    tracks.find((track) => '@type' in track && track['@type'] === type) as Track | undefined
  const video = find('Video')
  const audio = find('Audio')
  const image = find('Image')
  if (!video && !audio && !image) return noFacts
  const picture = video ?? image
  const seconds = read(find('General')?.Duration) ?? read((video ?? audio)?.Duration)
  return {
    duration: image || seconds === null ? null : Math.max(1, Math.round(seconds)),
    fps: read(video?.FrameRate),
    width: whole(picture?.Width),
    height: whole(picture?.Height),
    orientation: picture ? (whole(picture.Rotation) ?? 0) : null,
    hasAudio: audio !== undefined,
    hasVideo: video !== undefined,
  }
}

function read(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function whole(value: unknown): number | null {
  const number = read(value)
  return number === null ? null : Math.round(number)
}
