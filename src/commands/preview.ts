import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startStaticServer } from '../hosting/static-server.ts'
import { readSite } from '../site.ts'
import { type Command, CommandError, readArguments } from './command.ts'
import { listening, requireFreePorts } from './ports.ts'
import { aborted, stopSignal } from './stop-signal.ts'

export const preview: Command = {
  help: `npm run preview [-- options]

Serves what "npm run build" has built, with its headers and under its base path, until Ctrl-C.

  -h, --help      print this

Environment variables
  DOCS_PORT       port to listen on (4321)
  OUT_DIR         folder of the build (dist)
  DOCS_TARGET, SITE_URL
                  as they were for the build: they settle the base path`,

  async run(args) {
    readArguments(args, {})
    const signal = stopSignal()
    const { base, ports } = readSite()
    const directory = process.env.OUT_DIR ?? 'dist'
    await requireBuild(directory)
    await requireFreePorts(ports, ['docs'])
    const server = await listening(
      ports.docs,
      'docs',
      startStaticServer({ directory, base, port: ports.docs }),
    )
    console.log(`Serving ${directory} at ${server.origin}${base === '/' ? '' : base}/`)
    await aborted(signal)
    await server.close()
    return 0
  },
}

async function requireBuild(directory: string): Promise<void> {
  try {
    await stat(join(directory, 'index.html'))
  } catch (cause) {
    throw new CommandError(
      'no_build',
      `There is no site in "${directory}": run "npm run build" first, with the same OUT_DIR.`,
      { cause },
    )
  }
}
