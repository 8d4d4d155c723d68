import { readSite } from '../site.ts'
import { readAppOrigins } from './app-origins.ts'
import { banner } from './banner.ts'
import { type Command, readArguments } from './command.ts'
import { requireFreePorts } from './ports.ts'
import { announceReady } from './sandbox-process.ts'
import { portsHelp } from './settings-help.ts'
import { aborted, stopSignal } from './stop-signal.ts'

export const sandbox: Command = {
  help: `npm run sandbox [-- options]

Starts the local authorization server, API and MCP server, without the docs, until Ctrl-C.

  --reset         begin with new data
  --app ORIGIN    lets pages of your own app read the sandbox's answers, such as
                  http://localhost:5173; may be given several times
  -h, --help      print this

${portsHelp}`,

  async run(args) {
    const { values } = readArguments(args, {
      reset: { type: 'boolean' },
      app: { type: 'string', multiple: true },
    })
    const apps = readAppOrigins(values.app)
    const signal = stopSignal()
    const site = readSite({ ...process.env, DOCS_TARGET: 'local' })
    await requireFreePorts(site.ports, ['auth', 'api', 'mcp'])
    // Loaded now, so that `--help` and a taken port are answered at once.
    const { startSandbox } = await import('../sandbox/sandbox.ts')
    const running = await startSandbox({
      directory: process.env.SANDBOX_DIR ?? '.sandbox',
      ports: site.ports,
      docsOrigins: [site.origin, ...apps],
      log: console.error,
      reset: values.reset ?? false,
    })
    const { issuer, api, mcp, demo } = running
    const parts = { issuer, api, mcp, demo: { email: demo.email, keyFile: demo.keyFile } }
    console.log(banner(parts))
    announceReady(parts)
    await aborted(signal)
    await running.close()
    console.log('Stopped.')
    return 0
  },
}
