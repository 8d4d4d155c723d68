import { connectPort, type VaultClient } from './client.ts'
import workerUrl from './vault-worker.ts?sharedworker&url'

/** Milliseconds a worker may take to answer at all. */
const workerPatience = 5000

let connection: Promise<VaultClient> | undefined

/**
 * The vault of this site: a shared worker that outlives the page where the browser has such
 * workers, the page's own closure elsewhere.
 */
export function connectVault(): Promise<VaultClient> {
  connection ??= connectWorker().then((client) => client ?? connectClosure())
  // Without a network its code cannot be loaded; that may be over the next time.
  connection.catch(() => {
    connection = undefined
  })
  return connection
}

async function connectWorker(): Promise<VaultClient | undefined> {
  if (typeof SharedWorker === 'undefined') return undefined
  let outlivesPage = false
  const options = {
    type: 'module',
    name: 'vault',
    // Read only by browsers that know the option.
    get extendedLifetime() {
      outlivesPage = true
      return true
    },
  } as const
  try {
    const worker = new SharedWorker(workerUrl, options)
    if (!outlivesPage) return undefined
    const { ready, client } = connectPort(worker.port, true)
    const failed = new Promise<false>((resolve) => {
      worker.onerror = () => resolve(false)
      setTimeout(() => resolve(false), workerPatience)
    })
    return (await Promise.race([ready.then(() => true), failed])) ? client : undefined
  } catch {
    return undefined
  }
}

async function connectClosure(): Promise<VaultClient> {
  const [{ browserVault }, { servePort }] = await Promise.all([
    import('./browser-vault.ts'),
    import('./serve-port.ts'),
  ])
  const { port1, port2 } = new MessageChannel()
  const { ready, client } = connectPort(port2, false)
  servePort(browserVault(), port1)
  await ready
  return client
}
