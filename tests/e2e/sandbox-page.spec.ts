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

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing at sign-in, on consent and in the settings in ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme })
    const { issuer, mcp } = sandbox.ready
    const isClean = async () => expect(await axeFindings(page), page.url()).toEqual([])
    await page.goto(await authorizeUrl(issuer, mcp))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Sign in/)
    await isClean()
    await page.getByRole('button', { name: /demo user/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Authorize Looper')
    await expect(page.getByRole('group')).toContainText('At the Streamloop MCP server it asks to')
    await expect(page.getByRole('group')).toContainText(mcp)
    await isClean()
    await page.goto(`${issuer}/settings`)
    await page.getByLabel('Name').fill(`Made in ${scheme}`)
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByLabel('Your new API key')).toHaveValue(/^sl_/)
    await isClean()
    for (const name of ['Connected apps', 'Sessions']) {
      await page.getByRole('navigation').getByRole('link', { name }).click()
      await expect(page.getByRole('heading', { level: 2 })).toHaveText(name)
      await isClean()
    }
    await page.getByRole('link', { name: 'Sandbox controls' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sandbox controls')
    await page.getByRole('link', { name: 'settings' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  })
}

/** Of an application that registers for it. */
async function authorizeUrl(issuer: string, resource: string): Promise<string> {
  const redirect = 'http://localhost:4321/oauth/callback/'
  const response = await fetch(`${issuer}/api/auth/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Looper',
      redirect_uris: [redirect],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    }),
  })
  const { client_id: client } = (await response.json()) as { client_id: string }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect,
    scope: 'openid profile streamloop:read streamloop:destructive',
    state: 'state',
    resource,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  return `${issuer}/api/auth/oauth2/authorize?${query}`
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
