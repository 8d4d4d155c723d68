import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { StandIn } from '../domain/work.ts'
import { readMediaFacts } from './facts.ts'

/** Files of the project itself are named so among the objects; they are never removed. */
export const standInPrefix = 'stand-in:'

/** The files that take the place of downloads: two seconds of a test picture, four of a tone. */
export async function readStandIns(): Promise<{ video: StandIn; audio: StandIn }> {
  const [video, audio] = await Promise.all([
    readStandIn('loop.mp4', 'video/mp4'),
    readStandIn('tone.mp3', 'audio/mpeg'),
  ])
  return { video, audio }
}

async function readStandIn(name: string, mimeType: string): Promise<StandIn> {
  const file = standInFile(name)
  return {
    objectFile: standInPrefix + name,
    mimeType,
    fileSize: (await stat(file)).size,
    facts: await readMediaFacts(file),
  }
}

export function standInFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
