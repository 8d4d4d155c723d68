import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What `demo.env` holds: shell variables that a terminal can read with `.` or `source`. */
export interface DemoEnvironment {
  apiKey?: string
  password: string
}

export const demoEmail = 'demo@streamloop.example'

export function demoFile(directory: string): string {
  return join(directory, 'demo.env')
}

/** @returns What an earlier start wrote, or a new password and no key. */
export async function readDemoEnvironment(directory: string): Promise<DemoEnvironment> {
  const text = await readFile(demoFile(directory), 'utf8').catch(() => '')
  const read = (name: string) => new RegExp(`^${name}=(\\S+)$`, 'm').exec(text)?.[1]
  return {
    apiKey: read('STREAMLOOP_API_KEY'),
    password: read('STREAMLOOP_DEMO_PASSWORD') ?? randomBytes(12).toString('base64url'),
  }
}

/** Replaces the file in one step, readable by its owner alone. */
export async function writeDemoEnvironment(
  directory: string,
  { apiKey, password }: Required<DemoEnvironment>,
): Promise<void> {
  const file = demoFile(directory)
  const unfinished = `${file}.part`
  await writeFile(
    unfinished,
    `STREAMLOOP_API_KEY=${apiKey}\nSTREAMLOOP_DEMO_EMAIL=${demoEmail}\nSTREAMLOOP_DEMO_PASSWORD=${password}\n`,
    { mode: 0o600 },
  )
  await rename(unfinished, file)
}
