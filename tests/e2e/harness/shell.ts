import { spawn } from 'node:child_process'

export interface ShellAnswer {
  exitCode: number | null
  /** Body that curl printed. */
  body: string
  /** HTTP status of the last answer; 0 where there was none. */
  status: number
  stderr: string
}

/**
 * Runs a printed command as it stands in a real `bash`, the key in its variable. `curl` is only
 * told to add the status after the body and to say why it failed.
 */
export function pasteIntoBash(command: string, apiKey: string): Promise<ShellAnswer> {
  const script = `curl() { command curl -sS --max-time 30 -w '\\n%{http_code}' "$@"; }\n${command}\n`
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
  shell.stdin.end(script)
  return new Promise((resolve, reject) => {
    shell.once('error', reject)
    shell.once('close', (exitCode) => {
      const lines = stdout.split('\n')
      const status = Number(lines.pop())
      resolve({ exitCode, body: lines.join('\n'), status, stderr })
    })
  })
}
