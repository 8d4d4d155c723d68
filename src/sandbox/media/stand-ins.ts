import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { StandIn } from '../domain/work.ts'

/** Files of the project itself are named so among the objects; they are never removed. */
export const standInPrefix = 'stand-in:'

/**
 * The files that take the place of downloads: two seconds of a test picture, four of a tone. Their
 * facts are written down, as reading them at every start would take a good part of it.
 */
export const standIns: { video: StandIn; audio: StandIn } = {
  video: {
    ...standIn('loop.mp4', 'video/mp4'),
    facts: {
      duration: 2,
      fps: 30,
      width: 320,
      height: 180,
      orientation: 0,
      hasAudio: true,
      hasVideo: true,
    },
  },
  audio: {
    ...standIn('tone.mp3', 'audio/mpeg'),
    facts: {
      duration: 4,
      fps: null,
      width: null,
      height: null,
      orientation: null,
      hasAudio: true,
      hasVideo: false,
    },
  },
}

function standIn(name: string, mimeType: string) {
  const fileSize = statSync(standInFile(name)).size
  return { objectFile: standInPrefix + name, mimeType, fileSize }
}

export function standInFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
