import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Ports, sandboxEnvironment } from '../site.ts'
import type { AuthorizationServer } from './auth/authorization-server.ts'
import { AuthorizationServerError } from './auth/errors.ts'
import { type Clock, MovableClock, systemClock } from './clock.ts'
import { Control, readAhead } from './control/control.ts'
import { addControlPage } from './control/page.ts'
import { RequestLog } from './control/request-log.ts'
import { createControlRoutes } from './control/routes.ts'
import { keptDescription, readDescription } from './description.ts'
import type { Means } from './domain/work.ts'
import { SandboxError } from './errors.ts'
import { faultyIssuer } from './faulty-issuer.ts'
import { type Listening, listen } from './listen.ts'
import { createMcp } from './mcp/app.ts'
import { ObjectStore } from './media/objects.ts'
import { standIns } from './media/stand-ins.ts'
import { createApi } from './rest/app.ts'
import { readContract } from './rest/contract.ts'
import { createFaults } from './rest/faults.ts'
import { ProblemCatalogue } from './rest/problem.ts'
import { RateLimit } from './rest/rate-limit.ts'
import { uploadAddress } from './rest/upload-route.ts'
import { createAddressSigner, createSecrets, markOf, readSecret } from './secrets.ts'
import { demoEmail, demoFile, readDemoEnvironment, writeDemoEnvironment } from './seed/demo-key.ts'
import { demoAccountId } from './seed/ids.ts'
import { seed } from './seed/seed.ts'
import { readMeta, writeMeta } from './store/customers.ts'
import { Store } from './store/database.ts'
import { findPerson } from './store/people.ts'
import { listObjectFiles } from './store/uploads.ts'
import { createUlids } from './ulids.ts'

export { type Clock, ManualClock, systemClock } from './clock.ts'
export { SandboxError } from './errors.ts'

export interface SandboxOptions {
  /** Everything the sandbox keeps lies here. */
  directory: string
  ports: Ports
  /** Exact origins whose scripts may call; the first one has the pages that problems lead to. */
  docsOrigins: string[]
  /** Begins with new data. */
  reset?: boolean
  /** Told what a reader should know; one line, no secrets. */
  log?: (line: string) => void
  /** The product's clock: states, credits, links. Tokens and keys live by the system's. */
  clock?: Clock
}

export interface RunningSandbox {
  issuer: string
  /** Origin of the API. */
  api: string
  /** Address of the MCP server. */
  mcp: string
  demo: {
    email: string
    /** Shell variables with the demo account's API key. */
    keyFile: string
  }
  /** Answers what is under way, for up to ten seconds, and closes the data. */
  close(): Promise<void>
}

/**
 * Starts the authorization server, the API and the MCP server on their data, filling a new
 * directory with the demo account first.
 *
 * @throws {SandboxError}
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const directory = resolve(options.directory)
  const { ports, log = () => {} } = options
  const { api: origin, issuer = origin, mcp = origin } = sandboxEnvironment(ports)

  if (options.reset) await removeData(directory)
  const file = join(directory, 'sandbox.sqlite')
  const dataExists = existsSync(file)
  // Half of the code is behind the authorization server: it is loaded while the data is looked through.
  const [store, { createAuthorizationServer }] = await Promise.all([
    Store.open(file),
    import('./auth/authorization-server.ts'),
  ])
  const closing: (() => unknown)[] = [() => store.close()]
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const document = await readDescription(directory)
    const contract = readContract(document)
    const clock = new MovableClock(options.clock ?? systemClock, await readAhead(store))
    const secret = await readSecret(directory, dataExists)
    const isMarked = await hasSecret(store, secret)
    const objects = await ObjectStore.open(join(directory, 'objects'))
    const signer = createAddressSigner(secret)
    const means = gatherMeans(origin, secret, (id, expiresAt) =>
      uploadAddress(origin, signer, id, expiresAt),
    )
    const onFailure = (error: unknown) => log(describeFailure(error))

    const connection = store.connect()
    closing.push(() => connection.close())
    const demo = await readDemoEnvironment(directory)
    const server = await createAuthorizationServer({
      sqlite: connection,
      secret,
      issuer,
      resources: [
        { identifier: origin, name: 'Streamloop API' },
        { identifier: mcp, name: 'Streamloop MCP server' },
      ],
      docsOrigins: options.docsOrigins,
      scopes: contract.scopes,
      demo: {
        accountId: demoAccountId,
        email: demoEmail,
        password: demo.password,
        name: 'Demo user',
      },
      onFailure,
    })
    await store.transaction(async (db) => {
      await seed(db, clock.now(), means)
      if (!isMarked) await writeMeta(db, secretMark, markOf(secret))
    })
    await ensureDemoKey(directory, server, demo)
    await objects.sweep(await store.read(listObjectFiles))

    const shared = {
      contract,
      store,
      clock,
      means,
      objects,
      credentials: server,
      issuer,
      docsOrigins: options.docsOrigins,
      limit: new RateLimit(readRateLimit(), clock),
      onFailure,
    }
    const stopping = new AbortController()
    const app = createApi({ ...shared, signer, origin, stopping: stopping.signal })
    const control = new Control(shared)
    const requests = new RequestLog(contract.operations)
    const resource = {
      identifier: origin,
      metadata: `${origin}/.well-known/oauth-protected-resource`,
    }
    app.route('/sandbox', createControlRoutes({ control, requests, credentials: server, resource }))
    addControlPage(server.app, control, requests)
    const mcpApp = createMcp({ ...shared, document, address: mcp, stopping: stopping.signal })
    const issuerApp = faultyIssuer(server.app, {
      issuer,
      docsOrigins: options.docsOrigins,
      faults: createFaults({
        catalogue: new ProblemCatalogue(contract.problems, options.docsOrigins[0] ?? issuer),
        resource,
        stopping: stopping.signal,
      }),
    })
    const listening: Listening[] = []
    closing.push(() => Promise.all(listening.map((one) => one.close())))
    closing.push(() => stopping.abort())
    listening.push(await listen(requests.watch('auth', issuerApp), ports.auth, 'AUTH_PORT'))
    listening.push(await listen(requests.watch('api', app), ports.api, 'API_PORT'))
    listening.push(await listen(requests.watch('mcp', mcpApp), ports.mcp, 'MCP_PORT'))
    const account = { email: demoEmail, keyFile: demoFile(directory) }
    return { issuer, api: origin, mcp, demo: account, close }
  } catch (error) {
    await close()
    throw asSandboxError(error)
  }
}

const secretMark = 'secretMark'

/**
 * Compares the secret with the data before anything of that is touched.
 *
 * @returns Whether the data knows its secret: not before the first start is over.
 * @throws {SandboxError} `secret_changed`: what another secret encrypted cannot be read.
 */
async function hasSecret(store: Store, secret: string): Promise<boolean> {
  const mark = await store.read((db) => readMeta(db, secretMark))
  if (mark !== undefined && mark !== markOf(secret)) {
    throw new SandboxError(
      'secret_changed',
      'The sandbox secret is not the one its data was made with. Put the old secret file back, or start with --reset.',
    )
  }
  return mark !== undefined
}

function gatherMeans(origin: string, secret: string, upload: Means['addresses']['upload']): Means {
  const nextUlid = createUlids()
  return {
    newId: (prefix, now) => `${prefix}_${nextUlid(now)}`,
    secrets: createSecrets(secret),
    addresses: {
      upload,
      checkout: (id) => `${origin}/checkout/${id}`,
      coin: (symbol) => `${origin}/coins/${symbol.toLowerCase()}.svg`,
    },
    people: { find: findPerson },
    standIns,
  }
}

/** Makes a key where none is written down, or the one written down no longer works. */
async function ensureDemoKey(
  directory: string,
  server: AuthorizationServer,
  { apiKey, password }: { apiKey?: string; password: string },
): Promise<void> {
  const works = apiKey !== undefined && (await isOurs(server, apiKey))
  if (works) return
  const { key } = await server.createApiKey({ accountId: demoAccountId, name: 'Demo key' })
  await writeDemoEnvironment(directory, { apiKey: key, password })
}

async function isOurs(server: AuthorizationServer, key: string): Promise<boolean> {
  try {
    return (await server.verifyApiKey(key)).accountId === demoAccountId
  } catch {
    return false
  }
}

/** Removes what a sandbox makes, and nothing else that may lie in its directory. */
async function removeData(directory: string): Promise<void> {
  const names = ['sandbox.sqlite', 'sandbox.sqlite-wal', 'sandbox.sqlite-shm', 'objects']
  for (const name of [...names, keptDescription, 'secret', 'demo.env']) {
    await rm(join(directory, name), { recursive: true, force: true })
  }
}

/** `SANDBOX_RATE_LIMIT` in requests a minute and caller; 600 like the service's. */
function readRateLimit(): number {
  const limit = Number(process.env.SANDBOX_RATE_LIMIT)
  return Number.isInteger(limit) && limit > 0 ? limit : 600
}

function asSandboxError(error: unknown): unknown {
  if (!(error instanceof AuthorizationServerError)) return error
  const code = error.code === 'secret_changed' ? 'secret_changed' : 'database_unreadable'
  return new SandboxError(code, error.message, { cause: error })
}

function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
}
