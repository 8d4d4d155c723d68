import { type ParseArgsConfig, parseArgs } from 'node:util'

/** One `npm run …` command: a file of its own in this folder. */
export interface Command {
  /** Printed by `--help`, without a trailing line break. */
  help: string
  /**
   * @param args What follows the command's name.
   * @returns The exit code.
   * @throws {CommandError} Something the reader can act on: its message is all they see.
   */
  run(args: readonly string[]): Promise<number>
}

/** What a reader did, or has to do, said in one message; no stack is shown for it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly code: string
  readonly exitCode: number

  constructor(code: string, message: string, options: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options)
    this.code = code
    this.exitCode = options.exitCode ?? 1
  }
}

/** `--help` was asked for: the help is all there is to do. */
export class HelpRequest extends Error {
  override readonly name = 'HelpRequest'
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads a command's arguments; every command has `--help`.
 *
 * @throws {HelpRequest} `--help` or `-h` is among them.
 * @throws {CommandError} `usage`, exit code 2: an option nobody knows, or words where none belong.
 */
export function readArguments<T extends Options>(
  args: readonly string[],
  options: T,
  allowPositionals = false,
) {
  const config = {
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    allowPositionals,
    strict: true,
  } as const
  let parsed: ReturnType<typeof parseArgs<typeof config>>
  try {
    parsed = parseArgs(config)
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause)
    throw new CommandError('usage', `${problem.replace(/\.$/, '')}. See --help.`, {
      cause,
      exitCode: 2,
    })
  }
  if ((parsed.values as { help?: boolean }).help) throw new HelpRequest()
  return parsed
}
