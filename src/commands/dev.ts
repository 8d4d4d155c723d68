import { readSite } from '../site.ts'
import { banner } from './banner.ts'
import { type Command, CommandError, readArguments } from './command.ts'
import { devPlugin, isDescription } from './dev-plugin.ts'
import { discoveryDocuments } from './discovery-documents.ts'
import { requireFreePorts } from './ports.ts'
import { type CommandProcess, startCommand } from './sandbox-process.ts'
import { portsHelp } from './settings-help.ts'
import { aborted, stopSignal } from './stop-signal.ts'

export const dev: Command = {
  help: `npm run dev [-- options]

Serves the docs with live reload of guides, components and the OpenAPI document, beside a sandbox
that starts again when the document or the sandbox itself changes. Until Ctrl-C.

  --reset         begin with new sandbox data
  -h, --help      print this

${portsHelp}`,

  async run(args) {
    const { values } = readArguments(args, { reset: { type: 'boolean' } })
    const signal = stopSignal()
    // Read by the site's configuration, which Astro loads in this process.
    process.env.DOCS_TARGET = 'local'
    process.env.ASTRO_TELEMETRY_DISABLED = '1'
    const site = readSite()
    await requireFreePorts(site.ports, ['docs', 'auth', 'api', 'mcp'])
    const sandbox = new RestartingSandbox(signal)
    try {
      const { ready } = await sandbox.start(values.reset ? ['--reset'] : [])
      const documents = await discoveryDocuments({ ...ready, name: '' })
      const astro = await import('astro')
      const ours = process.listeners('SIGTERM')
      const server = await astro.dev({
        logLevel: 'warn',
        server: { port: site.ports.docs, host: 'localhost' },
        vite: { plugins: [devPlugin(site, documents)] },
      })
      // Vite would end the process at once, and with it the sandbox in the middle of something.
      for (const listener of process.listeners('SIGTERM')) {
        if (!ours.includes(listener)) process.off('SIGTERM', listener)
      }
      server.watcher.on('all', (_event, file) => {
        if (isDescription(file) || isSandbox(file)) sandbox.restartSoon()
      })
      console.log(banner({ ...ready, docs: site.url }))
      await aborted(signal)
      await server.stop()
    } finally {
      await sandbox.stop()
    }
    console.log('Stopped.')
    return 0
  },
}

/** A file that the sandbox is made of. */
function isSandbox(file: string): boolean {
  return /[\\/]src[\\/](sandbox|document)[\\/]/.test(file)
}

class RestartingSandbox {
  readonly #signal: AbortSignal
  #running: CommandProcess | undefined
  #timer: NodeJS.Timeout | undefined
  /** Restarts happen one after the other. */
  #work: Promise<void> = Promise.resolve()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  async start(args: readonly string[]): Promise<CommandProcess> {
    this.#running = await startCommand('sandbox', args, { signal: this.#signal })
    return this.#running
  }

  /** An editor saves several files within an instant: one restart for all of them. */
  restartSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#work = this.#work.then(() => this.#restart())
    }, 300)
  }

  async #restart(): Promise<void> {
    if (this.#signal.aborted) return
    await this.#running?.stop()
    this.#running = undefined
    try {
      await this.start([])
      console.log('Sandbox: started again.')
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      // The writer mends the document and saves: the next change starts it again.
      if (!this.#signal.aborted) console.error(`Sandbox: ${error.message}`)
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#work
    await this.#running?.stop()
  }
}
