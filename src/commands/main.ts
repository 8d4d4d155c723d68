import { SettingError } from '../site.ts'
import { type Command, CommandError, HelpRequest } from './command.ts'

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  dev: async () => (await import('./dev.ts')).dev,
  build: async () => (await import('./build.ts')).build,
  preview: async () => (await import('./preview.ts')).preview,
  sandbox: async () => (await import('./sandbox.ts')).sandbox,
  check: async () => (await import('./check.ts')).check,
  'docs-mcp': async () => (await import('./docs-mcp.ts')).docsMcp,
  test: async () => (await import('./test.ts')).test,
}

/**
 * Runs one command and sets the process's exit code: 0 done, 1 failed, 2 called wrongly,
 * 130 asked to stop before it was done.
 *
 * @param argv Name of the command and what follows it.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const [name = '', ...args] = argv
  const load = commands[name]
  if (!load) {
    console.error(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`)
    process.exitCode = 2
    return
  }
  const command = await load()
  try {
    process.exitCode = await command.run(args)
  } catch (error) {
    if (error instanceof HelpRequest) {
      console.log(command.help)
      process.exitCode = 0
    } else if (error instanceof DOMException && error.name === 'AbortError') {
      console.error('Stopped before it was done.')
      process.exitCode = 130
    } else {
      console.error(messageOf(error))
      process.exitCode = error instanceof CommandError ? error.exitCode : 1
    }
  }
  // Whatever a library may have left open must not keep a stopped command alive.
  setTimeout(() => process.exit(), 2_000).unref()
}

/** Our own errors say everything in their message; of anything else the stack is wanted. */
function messageOf(error: unknown): string {
  if (error instanceof CommandError || error instanceof SettingError) return error.message
  if (!(error instanceof Error)) return String(error)
  // Compared by name, so that `--help` does not have to load those rooms.
  const ours = ['SandboxError', 'DocumentError', 'NoBuildError']
  return ours.includes(error.name) ? error.message : (error.stack ?? error.message)
}
