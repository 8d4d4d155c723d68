import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runChild } from './child.ts'
import { CommandError } from './command.ts'

/**
 * Chromium without the windows and toolbars that nobody sees in a test: the same engine starts a
 * page in a third of the time.
 */
const shells = ['chromium-headless-shell']

/** Names that Linux distributions and Google give to it, on the PATH. */
const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chrome.exe',
]

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Milliseconds that a download may take. */
const patience = 240_000

/**
 * Finds a Chromium that starts: the one named by `CHROMIUM`, the system's headless shell,
 * Playwright's own, the system's browser; gets one where there is none, from Playwright or, as root
 * on Debian, from the distribution.
 *
 * @returns Path of the program.
 * @throws {CommandError} `no_chromium`, with what to install.
 */
export async function findChromium(signal?: AbortSignal): Promise<string> {
  const { chromium } = await import('@playwright/test')
  const named = process.env.CHROMIUM
  if (named) {
    const problem = await startProblem(named)
    if (problem === undefined) return named
    throw new CommandError(
      'no_chromium',
      `CHROMIUM names ${named}, which does not start: ${problem}`,
    )
  }
  const own = chromium.executablePath()
  const there = await firstThatStarts([...onPath(shells), own, ...onSystem()])
  if (there) return there

  console.log('No Chromium found: asking Playwright for one…')
  const options = { timeout: patience, ...(signal && { signal }) }
  const cli = join('node_modules', '@playwright', 'test', 'cli.js')
  await runChild(process.execPath, [cli, 'install', 'chromium'], options)
  const downloaded = await firstThatStarts([own])
  if (downloaded) return downloaded

  if (process.getuid?.() === 0 && (await exists('/etc/debian_version'))) {
    console.log("That did not give one that starts: asking Debian's packages…")
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runChild('apt-get', ['update'], { ...options, env })
    await runChild('apt-get', ['install', '-y', ...shells], { ...options, env })
    const packaged = await firstThatStarts(onPath(shells))
    if (packaged) return packaged
  }
  throw new CommandError(
    'no_chromium',
    'The browser tests need Chromium, and none could be found or downloaded. Install it with ' +
      '"npx playwright install --with-deps chromium" or your system\'s packages, or name one with ' +
      'CHROMIUM=/path/to/it.',
  )
}

const onSystem = (): string[] => [...onPath(programs), ...applications]

function onPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

async function firstThatStarts(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    if ((await exists(candidate)) && (await startProblem(candidate)) === undefined) return candidate
  }
  return undefined
}

/** A file that is there may still lack a library of the system: only starting it tells. */
async function startProblem(executablePath: string): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test')
  try {
    const browser = await chromium.launch({ executablePath, timeout: 60_000 })
    await browser.close()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false
  }
}
