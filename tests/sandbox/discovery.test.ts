/** The metadata documents and the sign-in, as other people's programs see them. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts } from '../free-ports.ts'
import { Browser, Client } from './auth/harness.ts'
import { type Served, serveSandbox } from './served.ts'

const loopback = { [oauth.allowInsecureRequests]: true }

let sandbox: Served
beforeAll(async () => {
  sandbox = await serveSandbox()
})
afterAll(() => sandbox.close())

test.each(['oidc', 'oauth2'] as const)(
  'oauth4webapi discovers the issuer by %s, with all that a browser app needs',
  async (algorithm) => {
    const issuer = new URL(sandbox.issuer)
    const response = await oauth.discoveryRequest(issuer, { algorithm, ...loopback })
    const server = await oauth.processDiscoveryResponse(issuer, response)
    expect(server).toMatchObject({
      issuer: sandbox.issuer,
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      response_types_supported: ['code'],
      token_endpoint_auth_methods_supported: expect.arrayContaining(['none']),
      authorization_response_iss_parameter_supported: true,
    })
    for (const [name, value] of Object.entries(server)) {
      if (!name.endsWith('_endpoint') && name !== 'jwks_uri') continue
      expect(new URL(String(value)).origin, name).toBe(sandbox.issuer)
      expect((await fetch(String(value))).status, name).toBeLessThan(500)
    }
  },
)

test('oauth4webapi finds the document of every resource from its identifier, and the issuer in it', async () => {
  for (const identifier of [sandbox.api, sandbox.mcp]) {
    const resource = new URL(identifier)
    const response = await oauth.resourceDiscoveryRequest(resource, loopback)
    const server = await oauth.processResourceDiscoveryResponse(resource, response)
    expect(server).toMatchObject({
      authorization_servers: [sandbox.issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: [
        'streamloop:read',
        'streamloop:write',
        'streamloop:destructive',
        'streamloop:billing',
      ],
    })
  }
})

test('the document that each challenge names is the one of the resource that was asked', async () => {
  for (const [address, identifier] of [
    [`${sandbox.api}/v1/streams`, sandbox.api],
    [`${sandbox.api}/graphql`, sandbox.api],
    [sandbox.mcp, sandbox.mcp],
  ] as const) {
    const challenged = await fetch(address, { method: 'POST', body: '{}' })
    expect(challenged.status).toBe(401)
    const [, metadata = ''] =
      /resource_metadata="([^"]+)"/.exec(challenged.headers.get('www-authenticate') ?? '') ?? []
    expect(await (await fetch(metadata)).json()).toMatchObject({ resource: identifier })
  }
})

test('the authorization suite of @modelcontextprotocol/conformance passes', async () => {
  const ports = await freePorts()
  const application = await Client.register(sandbox.issuer, {
    client_name: 'Conformance',
    redirect_uris: [`http://127.0.0.1:${ports.docs}/callback`],
  })
  const { code, output } = await runSuite(application, [
    ...['--url', sandbox.issuer],
    ...['--client-id', application.client.client_id],
    ...['--resource', sandbox.mcp],
    ...['--port', String(ports.docs)],
  ])
  const summary = output.slice(output.indexOf('=== SUMMARY ===')).trim()
  console.log(summary)
  expect(summary).toContain('authorization-server-metadata-endpoint: 1 passed, 0 failed')
  expect(summary).toContain('authorization-code-grant: 1 passed, 0 failed')
  expect(code).toBe(0)
})

/** Runs the suite, and does for the person at the browser what it asks for. */
function runSuite(
  application: Client,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const suite = fileURLToPath(
    new URL('../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url),
  )
  const child = spawn(process.execPath, [suite, 'authorization', ...args], {
    cwd: sandbox.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const authorize = `${application.server.authorization_endpoint}?`
  let output = ''
  let rest = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith(authorize)) agree(line.trim())
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })

  async function agree(address: string): Promise<void> {
    try {
      await fetch(await application.walk(new Browser(sandbox.issuer), address))
    } catch (error) {
      output += String(error)
      child.kill()
    }
  }
}
