import { spawn } from 'node:child_process'
import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'
import { signIn } from './harness/sign-in.ts'

const list = '/reference/streams/list-streams/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })

test('who is signed in sees what can be called, looks into the token, and at the flow', async ({
  page,
  context,
  product,
}) => {
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  await page.goto(product.docs + list)
  const sidebar = page.getByRole('navigation', { name: 'Main' })
  await expect(sidebar.getByRole('link', { name: 'Create a stream' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((url) => /marks|access\.json|inspector|flow/i.test(url))).toEqual([])
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  // T40: whose password page comes next is said before it comes.
  await expect(panelOf(page)).toContainText(`You sign in at ${new URL(product.issuer).host}`)
  await signIn(page)

  // The side bar and the page, in words and not by colour alone.
  await expect(
    sidebar.getByRole('link', { name: 'List streams , your sign-in can call it' }),
  ).toBeVisible()
  await expect(sidebar.getByRole('link', { name: /Create a stream\s*, needs write/ })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main.getByText('Your sign-in can call it.')).toBeVisible()
  expect(asked.filter((url) => /TokenInspector|FlowView|inspect-token/.test(url))).toEqual([])

  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'Token' }).click()
  await expect(panel).toContainText('Signature valid.')
  await expect(panel).toContainText(`${product.issuer} signed it with its key`)
  await expect(panel).toContainText(/Time left\s*5\d min/)
  await expect(panel).toContainText(`${product.api} (this API)`)
  await expect(panel).toContainText(/streamloop:read: \w+/)
  await panel.getByText('Claims', { exact: true }).click()
  await expect(panel).toContainText(/exp\s*\d{10} ends: /)
  expect(await axeFindings(page, '.try-panel'), 'inspector').toEqual([])
  expect(await panel.innerHTML()).not.toContain('eyJ')
  const guide = panel.getByRole('link', { name: 'Get one in your terminal' })
  const target = await page.request.get(
    new URL((await guide.getAttribute('href')) ?? '', page.url()).href,
  )
  expect(target.status()).toBe(200)
  expect(await target.text()).toContain('id="3-sign-in-with-it"')

  await panel.getByRole('button', { name: 'Show the flow' }).click()
  await expect(panel).toContainText('Make four secrets')
  const titles = await panel.locator('.try-step strong').allInnerTexts()
  expect(titles).toEqual(
    expect.arrayContaining([
      'Register',
      'Make four secrets',
      'Send the person to sign in',
      'Come back with a code',
      'Exchange the code for a token',
      'Ask who signed in',
      'Refresh',
    ]),
  )
  await expect(panel).toContainText('--data-urlencode "code_verifier=$CODE_VERIFIER"')
  expect(await axeFindings(page, '.try-panel'), 'flow').toEqual([])

  // Signed out, the marks are gone.
  await panel.getByRole('button', { name: 'Sign out' }).click()
  await expect(main.getByText('Your sign-in can call it.')).toBeHidden()
  await expect(page.locator('[data-access]')).toHaveCount(0)
})

test.describe('a client of one’s own', () => {
  // It has an address of its own to come back to, where nobody listens.
  test.use({ expectedProblems: [/localhost:8912/] })

  test('the flow as it is shown signs in from a terminal', { tag: '@deep' }, async ({
    page,
    product,
  }) => {
    await page.goto(product.docs + list)
    await page.emulateMedia({ colorScheme: 'dark' })
    await signIn(page)
    const panel = panelOf(page)
    await panel.getByRole('button', { name: 'Token' }).click()
    await expect(panel).toContainText('Signature valid.')
    expect(await axeFindings(page), 'inspector and marks in the dark').toEqual([])
    // By keyboard: the next control opens the flow.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(panel).toContainText('Make four secrets')
    expect(await axeFindings(page), 'flow in the dark').toEqual([])
    const script = await panel
      .getByRole('button', { name: 'Copy all of it' })
      .getAttribute('data-copy')
    const own = 'http://localhost:8912/callback'
    const mine = (script ?? '').replaceAll(`${product.docs}/oauth/callback/`, own)
    const steps = mine.split(/^# \d+\. .*$/m).slice(1)
    expect(steps.length).toBeGreaterThan(8)
    const shell = startShell()
    const [resource = '', metadata = '', register = '', secrets = '', leave = '', ...rest] = steps
    const [answer = '', exchange = '', account = ''] = rest
    expect(await shell.run(resource)).toContain(product.issuer)
    expect(await shell.run(metadata)).toContain('"token_endpoint"')
    const client = JSON.parse(await shell.run(register)) as { client_id: string }
    const withClient = (text: string) =>
      text.replace(/'client_id=[^']*'/, `'client_id=${client.client_id}'`)
    await shell.run(secrets)
    const place = (await shell.run(withClient(leave))).trim()
    expect(place).toMatch(/^http/)
    const back = page.waitForRequest((request) => request.url().startsWith(own))
    await page.goto(place)
    const demo = page.getByRole('button', { name: 'Continue as the demo user' })
    const allow = page.getByRole('button', { name: 'Allow', exact: true })
    await expect(demo.or(allow)).toBeVisible()
    if (await demo.isVisible()) await demo.click()
    await allow.click()
    const code = new URL((await back).url()).searchParams.get('code') ?? ''
    expect(answer.trim()).toBe('read -r CODE')
    await shell.run(`CODE='${code}'`)
    const token = JSON.parse(await shell.run(withClient(exchange))) as { access_token: string }
    await shell.run(`ACCESS_TOKEN='${token.access_token}'`)
    expect(JSON.parse(await shell.run(account))).toMatchObject({ sub: expect.any(String) })
    shell.end()
  })
})

/** One bash for several commands, so that variables live on. */
function startShell(): { run(command: string): Promise<string>; end(): void } {
  const bash = spawn('bash', ['--noprofile', '--norc'], { stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  let waiting: (() => void) | undefined
  bash.stdout.on('data', (piece: Buffer) => {
    output += piece.toString()
    waiting?.()
  })
  return {
    async run(command) {
      const end = `=== ${crypto.randomUUID()}`
      output = ''
      bash.stdin.write(`${command}\necho "${end}"\n`)
      while (!output.includes(end)) {
        await new Promise<void>((resolve) => {
          waiting = resolve
        })
      }
      return output.slice(0, output.indexOf(end))
    },
    end: () => bash.stdin.end(),
  }
}
