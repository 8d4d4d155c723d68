import { describe, expect, test } from 'vitest'
import { callableOrigins, pagePolicy, workerPolicy } from '../../src/hosting/policy.ts'

const production = {
  name: 'Production',
  api: 'https://api.example.com',
  issuer: 'https://auth.example.com',
  mcp: 'https://mcp.example.com/mcp',
}
const sandbox = { name: 'Sandbox', api: 'http://localhost:4323', issuer: 'http://localhost:4322' }
const secure = { environments: [production], secure: true }
const nothing = { scripts: [], styles: [], search: false, styleAttributes: false }

function directive(policy: string, name: string): string | undefined {
  return policy
    .split('; ')
    .map((text) => text.split(' '))
    .find(([first]) => first === name)
    ?.slice(1)
    .join(' ')
}

describe('T18: the policy of a page', () => {
  test('allows what the page runs of its own by hash, and nothing unsafe', () => {
    const policy = pagePolicy(secure, { ...nothing, scripts: ["'sha256-abc='"] }, 'header')
    expect(directive(policy, 'script-src')).toBe("'self' 'sha256-abc='")
    expect(directive(policy, 'style-src')).toBe("'self'")
    expect(directive(policy, 'default-src')).toBe("'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('lets WebAssembly in only where the search is', () => {
    const policy = pagePolicy(secure, { ...nothing, search: true }, 'header')
    expect(directive(policy, 'script-src')).toBe("'self' 'wasm-unsafe-eval'")
  })

  test('lets style attributes in only where the explorer is, and its style elements nowhere', () => {
    const policy = pagePolicy(secure, { ...nothing, styleAttributes: true }, 'header')
    expect(directive(policy, 'style-src-attr')).toBe("'unsafe-inline'")
    expect(directive(policy, 'style-src')).toBe("'self'")
    expect(directive(pagePolicy(secure, nothing, 'header'), 'style-src-attr')).toBeUndefined()
  })

  test('lets page code call the API and the issuer of each environment, and no other host', () => {
    const policy = pagePolicy(
      { environments: [production, sandbox], secure: true },
      nothing,
      'meta',
    )
    expect(directive(policy, 'connect-src')).toBe(
      "'self' https://api.example.com https://auth.example.com http://localhost:4323 http://localhost:4322",
    )
  })

  test('T19: forbids framing in the header, and leaves that out of a meta', () => {
    expect(directive(pagePolicy(secure, nothing, 'header'), 'frame-ancestors')).toBe("'none'")
    expect(directive(pagePolicy(secure, nothing, 'meta'), 'frame-ancestors')).toBeUndefined()
  })

  test('upgrades plain http, except where an environment is reached by it', () => {
    expect(pagePolicy(secure, nothing, 'header')).toContain('upgrade-insecure-requests')
    const withSandbox = { environments: [production, sandbox], secure: true }
    expect(pagePolicy(withSandbox, nothing, 'header')).not.toContain('upgrade-insecure-requests')
  })
})

test('a worker may load its own code and call the environments, nothing more', () => {
  expect(workerPolicy(secure)).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self' https://api.example.com https://auth.example.com; upgrade-insecure-requests",
  )
})

test('names an origin once, without its path', () => {
  const same = { name: 'One', api: 'https://example.com', issuer: 'https://example.com/tenant' }
  expect(callableOrigins([same])).toEqual(['https://example.com'])
})
