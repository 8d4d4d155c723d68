import { spawn } from 'node:child_process'

export interface ShellAnswer {
  exitCode: number | null
  stderr: string
  /** HTTP status of the last answer; 0 where there was none. */
  status: number
  /** Body that curl printed. */
  body: string
  headers: Headers
}

/**
 * Runs a printed command as it stands in a real `bash`, the key in its variable. `curl` is only
 * told to add status and headers after the body and to say why it failed.
 */
export function pasteIntoBash(command: string, apiKey: string): Promise<ShellAnswer> {
  const boundary = `=== ${crypto.randomUUID()} ===`
  const more = `-sS --max-time 30 -w '\\n${boundary}\\n%{http_code}\\n%{header_json}'`
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, STREAMLOOP_API_KEY: apiKey },
  })
  let stdout = ''
  let stderr = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  shell.stdin.end(`curl() { command curl ${more} "$@"; }\n${command}\n`)
  return new Promise((resolve, reject) => {
    shell.once('error', reject)
    shell.once('close', (exitCode) => {
      const [body = '', facts = ''] = stdout.split(`\n${boundary}\n`)
      const [status = '', ...json] = facts.split('\n')
      const headers = readHeaders(json.join('\n'))
      resolve({ exitCode, stderr, status: Number(status), body, headers })
    })
  })
}

/** curl writes each header with a list of its values. */
function readHeaders(json: string): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(
    JSON.parse(json || '{}') as Record<string, string[]>,
  )) {
    for (const value of values) headers.append(name, value)
  }
  return headers
}
