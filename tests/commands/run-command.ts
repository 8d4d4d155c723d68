import { type ChildProcess, spawn } from 'node:child_process'

/** A command as a reader runs it: in a process group of its own, so that leftovers can be seen. */
export class RunningCommand {
  readonly #child: ChildProcess
  readonly #ended: Promise<number | null>
  stdout = ''
  stderr = ''

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve))
  }

  /** Exit code; null where a signal ended it. */
  ended(): Promise<number | null> {
    return this.#ended
  }

  /** @throws {Error} It ended before it printed this; the message is what it printed instead. */
  async printed(text: string): Promise<void> {
    let over = false
    this.#ended.then(() => {
      over = true
    })
    while (!this.stdout.includes(text)) {
      if (over) throw new Error(`"${text}" was not printed, but:\n${this.stdout}\n${this.stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Sends a signal to the started program alone, as a supervisor does. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Sends a signal to every process of the group, as a terminal does on Ctrl-C. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.pid) process.kill(-this.#child.pid, signal)
  }

  /** Whether any process that it started is still there. */
  leftSomething(): boolean {
    try {
      process.kill(-(this.#child.pid ?? 0), 0)
      return true
    } catch {
      return false
    }
  }

  /** For the end of a test that has failed. */
  kill(): void {
    if (this.leftSomething()) this.signalGroup('SIGKILL')
  }
}

export const node = process.execPath
export const entry = 'src/commands/run.mjs'
