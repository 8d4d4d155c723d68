import { CommandError } from './command.ts'

/**
 * Origins of a reader's own apps, whose pages may read the sandbox's answers as the docs do.
 *
 * @throws {CommandError} `usage`: something is no origin.
 */
export function readAppOrigins(values: readonly string[] = []): string[] {
  return values.map((value) => {
    const origin = URL.canParse(value) ? new URL(value).origin : 'null'
    if (origin !== 'null' && [origin, `${origin}/`].includes(value)) return origin
    throw new CommandError(
      'usage',
      `--app takes an origin such as http://localhost:5173, not "${value}".`,
      { exitCode: 2 },
    )
  })
}
