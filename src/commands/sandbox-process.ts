import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { endChild } from './child.ts'
import { CommandError } from './command.ts'

/** What a command tells the process that started it, over Node's own channel. */
export interface ReadyMessage {
  type: 'ready'
  docs?: string
  issuer: string
  api: string
  mcp: string
  demo: { email: string; keyFile: string }
}

/** Does nothing where the command was started from a terminal. */
export function announceReady(parts: Omit<ReadyMessage, 'type'>): void {
  process.send?.({ type: 'ready', ...parts })
}

export interface CommandProcess {
  ready: ReadyMessage
  /** Resolves when it has ended. */
  stop(): Promise<void>
}

/**
 * Runs a command of ours as a process of its own, which ends with this one.
 *
 * @throws {CommandError} `command_failed`: it ended before it was ready; the message is its output.
 */
export function startCommand(
  name: 'start' | 'sandbox',
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<CommandProcess> {
  const entry = fileURLToPath(new URL('./run.mjs', import.meta.url))
  const child = spawn(process.execPath, [entry, name, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-20_000)
    })
  }
  const end = (): void => endChild(child)
  options.signal?.addEventListener('abort', end, { once: true })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      options.signal?.removeEventListener('abort', end)
      reject(new CommandError('command_failed', output.trim() || `"${name}" ended at once.`))
    })
    child.on('message', (message: ReadyMessage) => {
      if (message.type === 'ready') resolve({ ready: message, stop: () => stopped(child) })
    })
  })
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    endChild(child)
  })
}
