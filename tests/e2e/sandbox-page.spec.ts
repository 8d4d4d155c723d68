import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { portVariables } from '../../src/commands/ports.ts'
import { type CommandProcess, startCommand } from '../../src/commands/sandbox-process.ts'
import { freePorts } from '../free-ports.ts'
import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'

/** One of its own: the others would not like their clock to be moved. */
let sandbox: CommandProcess
let folder: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-e2e-sandbox-'))
  const env = { ...portVariables(await freePorts()), SANDBOX_DIR: folder }
  sandbox = await startCommand('sandbox', [], { env })
})
test.afterAll(async () => {
  await sandbox?.stop()
  await rm(folder, { recursive: true, force: true })
})
test.use({ expectedProblems: [/^request to a foreign host: http:\/\/localhost:/] })

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page of the sandbox's controls in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.request.get(`${sandbox.ready.api}/v1/status`)
    await page.goto(`${sandbox.ready.issuer}/sandbox`)
    await expect(page.getByRole('region', { name: 'Last requests' })).toContainText('getStatus')
    expect(await axeFindings(page)).toEqual([])
  })
}

test.describe('without script, on a phone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })

  test('the buttons move the clock, and reset once it is sure', async ({ page }) => {
    await page.goto(`${sandbox.ready.issuer}/sandbox`)
    await page.getByRole('button', { name: '+1 day' }).click()
    await expect(page.getByRole('status')).toHaveText('The clock was moved.')
    await expect(page.getByRole('main')).toContainText('1 d')
    await page.getByRole('button', { name: 'Back to now' }).click()
    await expect(page.getByRole('status')).toHaveText('The clock shows real time again.')

    // The box must be ticked: the browser itself holds the form back.
    await page.getByRole('button', { name: 'Reset the data' }).click()
    await expect(page.getByRole('status')).toHaveText('The clock shows real time again.')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Reset the data' }).click()
    await expect(page.getByRole('status')).toHaveText('The data is that of a first start again.')
  })
})
