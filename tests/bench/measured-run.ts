import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What one run of a program cost, its children included. */
export interface Cost {
  seconds: number
  /** Processor time of all its processes, in seconds. */
  cpuSeconds: number
  /** Most memory that all its processes held at one moment, in MiB; shared pages count once. */
  peakMiB: number
  /** Its exit code: 0, unless it may fail; nothing where a signal ended it. */
  code: number | null
  /** What it printed, and when: milliseconds from the start. */
  lines: readonly { at: number; text: string }[]
}

/** Milliseconds between two looks at the memory. */
const interval = 200

/**
 * Runs a program and watches its memory, in `/proc` (Linux alone).
 *
 * @throws {Error} It failed and may not; the message ends with what it printed.
 */
export async function measuredRun(
  command: readonly [string, ...string[]],
  options: {
    cwd?: string
    env?: NodeJS.ProcessEnv
    /** What it cost is told where it fails too. */
    mayFail?: boolean
    /** Is given each look at the memory. */
    onSample?: (at: number, processes: readonly ProcessMemory[]) => void
  } = {},
): Promise<Cost> {
  const [program, ...args] = command
  const started = performance.now()
  const now = (): number => performance.now() - started
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: { at: number; text: string }[] = []
  const note = (chunk: string): void => {
    for (const text of chunk.split('\n')) if (text.trim() !== '') lines.push({ at: now(), text })
  }
  child.stdout.setEncoding('utf8').on('data', note)
  child.stderr.setEncoding('utf8').on('data', note)

  let peak = 0
  const ticks = new Map<number, number>()
  const timer = setInterval(() => {
    const processes = processTree(child.pid ?? 0)
    for (const { pid, cpuTicks } of processes) ticks.set(pid, cpuTicks)
    peak = Math.max(
      peak,
      processes.reduce((sum, { kiB }) => sum + kiB, 0),
    )
    options.onSample?.(now(), processes)
  }, interval)
  let code: number | null
  try {
    code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    if (code !== 0 && !options.mayFail) {
      const said = lines.slice(-30).map(({ text }) => text)
      throw new Error([`${command.join(' ')} ended with ${code}`, ...said].join('\n'))
    }
  } finally {
    clearInterval(timer)
  }
  const cpuTicks = [...ticks.values()].reduce((sum, each) => sum + each, 0)
  return {
    seconds: now() / 1000,
    // A tick of Linux is a hundredth of a second on every machine of ours.
    cpuSeconds: cpuTicks / 100,
    peakMiB: peak / 1024,
    code,
    lines,
  }
}

export interface ProcessMemory {
  pid: number
  name: string
  kiB: number
  cpuTicks: number
}

/** A process and everything below it. */
function processTree(root: number): ProcessMemory[] {
  const children = new Map<number, number[]>()
  const known = new Map<number, { name: string; cpuTicks: number }>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const stat = readProc(pid, 'stat')
    const match = /^\d+ \((.*)\) \S (\d+) (.*)$/s.exec(stat)
    if (!match) continue
    const [, name = '', parent, rest = ''] = match
    const fields = rest.split(' ')
    known.set(pid, { name, cpuTicks: Number(fields[9]) + Number(fields[10]) })
    const siblings = children.get(Number(parent))
    if (siblings) siblings.push(pid)
    else children.set(Number(parent), [pid])
  }
  const found: ProcessMemory[] = []
  const waiting = [root]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    waiting.push(...(children.get(pid) ?? []))
    const process = known.get(pid)
    // Proportional: what processes share is parted between them, so that the sum is true.
    const kiB = Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0)
    if (process) found.push({ pid, ...process, kiB })
  }
  return found
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // The process has ended in the meantime.
    return ''
  }
}
