import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { portVariables } from '../../src/commands/ports.ts'
import { type CommandProcess, startCommand } from '../../src/commands/sandbox-process.ts'
import { freePorts } from '../free-ports.ts'
import { checkAnswer } from '../sandbox/contract.ts'
import { expect, test } from './harness/fixtures.ts'
import { type DescribedOperation, readOperations } from './harness/operations.ts'
import { pasteIntoBash, type ShellAnswer } from './harness/shell.ts'
import { readPrintedCurl } from './harness/snippets.ts'

/** Reads first, then what changes something, then what removes something. */
const order = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

// A sandbox of its own: what these lines change must not be what another test is looking at.
let folder: string
let sandbox: CommandProcess

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-curl-'))
  const env = { ...portVariables(await freePorts()), SANDBOX_DIR: join(folder, 'sandbox') }
  sandbox = await startCommand('sandbox', [], { env })
})

test.afterAll(async () => {
  await sandbox?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('the cURL line of every endpoint page, pasted into bash, gets the documented answer', async ({
  product,
}) => {
  test.setTimeout(240_000)
  const { api, demo } = sandbox.ready
  const key = /=(\S+)/.exec(await readFile(demo.keyFile, 'utf8'))?.[1] ?? ''
  const operations = (await readOperations(product.docs)).sort(
    (a, b) => order.indexOf(a.method) - order.indexOf(b.method),
  )
  for (const operation of operations) {
    await test.step(operation.id, async () => {
      const curl = await readPrintedCurl(product.docs + operation.href)
      expect(curl).toContain(product.api)
      const answer = await pasteIntoBash(curl.replaceAll(product.api, api), key)
      expect.soft(answer, operation.id).toMatchObject({ exitCode: 0, stderr: '' })
      expect.soft(successes(operation), `${operation.id}: ${answer.body}`).toContain(answer.status)
      await checkAnswer(operation.id, asResponse(answer))
    })
  }
})

function successes({ statuses }: DescribedOperation): number[] {
  return statuses.map(Number).filter((status) => status >= 200 && status < 300)
}

function asResponse({ status, headers, body }: ShellAnswer): Response {
  return new Response(status === 204 ? null : body, { status, headers })
}
