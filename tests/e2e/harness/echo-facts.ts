import { spawn, spawnSync } from 'node:child_process'
import { parts } from '../../snippets/compare.ts'
import type { Received } from '../../snippets/echo-server.ts'

/** A request without what every client adds by itself. */
export interface Facts {
  method: string
  target: string
  /** `name: value`, the name in small letters, in the order of names. */
  headers: string[]
  /** Bytes as Latin-1; of a form in parts, its parts. */
  body: string | { headers: string[]; value: string }[]
}

const own =
  /^(accept: \*\/\*|(accept-(encoding|language)|cache-control|connection|content-length|host|keep-alive|origin|pragma|priority|referer|sec-[\w-]+|user-agent): .*)$/i

export function factsOf({ method, target, headers, body }: Received): Facts {
  const lines = headers
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .filter((line) => !own.test(line))
    .toSorted()
  const text = body.toString('latin1')
  const [type = ''] = lines.filter((line) => line.startsWith('content-type: multipart/'))
  const boundary = /boundary="?([^"]+)"?$/.exec(type)?.[1]
  if (boundary === undefined) return { method, target, headers: lines, body: text }
  return {
    method,
    target,
    // Every client makes its own boundary.
    headers: lines.map((line) => line.replace(/; boundary=.*/, '')),
    body: parts(text, boundary),
  }
}

/** Programs that run a printed sample, by the name of its tab. */
const programs: Readonly<Record<string, readonly [command: string, ...options: string[]]>> = {
  cURL: ['bash', '--noprofile', '--norc'],
  JavaScript: [process.execPath, '--input-type=module', '-'],
  Python: ['python3', '-'],
}

/** Whether the samples of a language can be run here. */
export function canRun(language: string): boolean {
  return language !== 'Python' || spawnSync('python3', ['-c', 'import requests']).status === 0
}

/**
 * Runs a sample as it stands.
 *
 * @returns What it complained about; empty where it went well.
 */
export function runSample(
  language: string,
  code: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [command, ...options] = programs[language] ?? ['false']
  const child = spawn(command, options, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...variables },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.stdin.end(language === 'cURL' ? `curl() { command curl -sS "$@"; }\n${code}\n` : code)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status === 0 ? '' : `${language} ${status}: ${errors}`))
  })
}
