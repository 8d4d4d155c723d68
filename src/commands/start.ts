import { startStaticServer } from '../hosting/static-server.ts'
import type { RunningSandbox } from '../sandbox/sandbox.ts'
import { readSite } from '../site.ts'
import { readAppOrigins } from './app-origins.ts'
import { banner } from './banner.ts'
import { buildSite } from './build-site.ts'
import { type Command, readArguments } from './command.ts'
import { discoveryDocuments } from './discovery-documents.ts'
import { listening, requireFreePorts } from './ports.ts'
import { announceReady } from './sandbox-process.ts'
import { portsHelp } from './settings-help.ts'
import { aborted, stopSignal } from './stop-signal.ts'

export const start: Command = {
  help: `npm start [-- options]

Builds the docs, starts the local sandbox and serves both until Ctrl-C. The build is skipped when
nothing has changed since the last one.

  --reset         begin with new sandbox data
  --app ORIGIN    lets pages of your own app read the sandbox's answers, such as
                  http://localhost:5173; may be given several times
  -h, --help      print this

${portsHelp}
  OUT_DIR         folder of the build (.site)`,

  async run(args) {
    const { values } = readArguments(args, {
      reset: { type: 'boolean' },
      app: { type: 'string', multiple: true },
    })
    const apps = readAppOrigins(values.app)
    const signal = stopSignal()
    const env = { DOCS_TARGET: 'local' }
    const site = readSite({ ...process.env, ...env })
    await requireFreePorts(site.ports, ['docs', 'auth', 'api', 'mcp'])

    const directory = process.env.OUT_DIR ?? '.site'
    console.log('Building the docs…')
    const seconds = await buildSite({ directory, env, signal, reuse: true })
    console.log(
      seconds === undefined
        ? 'Docs: built before, nothing has changed.'
        : `Docs: built in ${seconds.toFixed(1)} s.`,
    )

    // Loaded now, so that `--help` and a taken port are answered at once.
    const { startSandbox } = await import('../sandbox/sandbox.ts')
    const sandbox = await startSandbox({
      directory: process.env.SANDBOX_DIR ?? '.sandbox',
      ports: site.ports,
      docsOrigins: [site.origin, ...apps],
      log: console.error,
      reset: values.reset ?? false,
    })
    try {
      console.log('Sandbox: ready.')
      const { docs: port } = site.ports
      const documents = await discoveryDocuments({ ...site.environments[0], ...sandbox, name: '' })
      const server = await listening(
        port,
        'docs',
        startStaticServer({ directory, base: site.base, port, documents }),
      )
      try {
        console.log('Docs: ready.')
        const parts = { docs: site.url, ...pick(sandbox) }
        console.log(banner(parts))
        announceReady(parts)
        await aborted(signal)
      } finally {
        await server.close()
      }
    } finally {
      await sandbox.close()
    }
    console.log('Stopped.')
    return 0
  },
}

function pick({ issuer, api, mcp, demo }: RunningSandbox) {
  return { issuer, api, mcp, demo: { email: demo.email, keyFile: demo.keyFile } }
}
