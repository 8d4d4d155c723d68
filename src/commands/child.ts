import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

export interface Outcome {
  /** 128 plus the signal's number is not imitated: a child that a signal ended has `code` null. */
  code: number | null
  /** What it printed to both streams, in order; empty where it printed straight to ours. */
  output: string
}

/**
 * Runs a program to its end.
 *
 * @param options `show` hands its output to ours, coloured; otherwise it is collected.
 *   `signal` ends the child with `SIGTERM`.
 */
export function runChild(
  command: string,
  args: readonly string[],
  options: {
    show?: boolean
    env?: NodeJS.ProcessEnv
    cwd?: string
    signal?: AbortSignal
    /** Milliseconds, after which the child is ended. */
    timeout?: number
  } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const spawned: SpawnOptions = {
      env: { ...process.env, ...options.env },
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    }
    if (options.cwd) spawned.cwd = options.cwd
    if (options.timeout) spawned.timeout = options.timeout
    const child = spawn(command, args, spawned)
    let output = ''
    const collect = (chunk: string): void => {
      output += chunk
    }
    child.stdout?.setEncoding('utf8').on('data', collect)
    child.stderr?.setEncoding('utf8').on('data', collect)
    const end = (): void => endChild(child)
    if (options.signal?.aborted) end()
    options.signal?.addEventListener('abort', end, { once: true })
    child.once('error', reject)
    child.once('close', (code) => {
      options.signal?.removeEventListener('abort', end)
      resolve({ code, output })
    })
  })
}

/** Asks a child to end, and makes it end where it has not after five seconds. */
export function endChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  setTimeout(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }, 5_000).unref()
}
