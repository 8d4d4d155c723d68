import { takeOverStyles } from './library-styles.ts'

/** As much of the library as this page uses; its modules are served as they were published. */
interface Scalar {
  createApiReference(
    element: HTMLElement,
    configuration: Record<string, unknown>,
  ): { updateConfiguration(configuration: Record<string, unknown>): void }
}

/** Loads the library's first module from this site. */
export async function loadScalar(address: string): Promise<Scalar> {
  // Its schema checker would try `new Function` first, which the page's policy stops and reports.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
  takeOverStyles()
  return (await import(/* @vite-ignore */ address)) as Scalar
}

/**
 * The library with everything off that would talk to anyone but us: proxy, telemetry, agent, hosted
 * fonts, toolbar, its own client and its registry.
 */
export function scalarConfiguration(own: {
  document: unknown
  send: (input: Request | string | URL, init?: RequestInit) => Promise<Response>
  /** Calls can be made at all. */
  canSend: boolean
  scheme: 'dark' | 'light'
}): Record<string, unknown> {
  const nowhere = location.origin
  return {
    content: own.document,
    customFetch: own.send,
    hideTestRequestButton: !own.canSend,
    forceDarkModeState: own.scheme,
    hideDarkModeToggle: true,
    theme: 'none',
    layout: 'modern',
    withDefaultFonts: false,
    proxyUrl: '',
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    persistAuth: false,
    documentDownloadType: 'none',
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    externalUrls: {
      dashboardUrl: nowhere,
      registryUrl: nowhere,
      proxyUrl: nowhere,
      apiBaseUrl: nowhere,
    },
  }
}

/** The library brings a main landmark of its own, and a page has one: ours gives way. */
export function giveUpMain(inside: HTMLElement): void {
  const main = inside.closest('main')
  if (!main) return
  const plain = document.createElement('div')
  plain.className = main.className
  main.replaceWith(plain)
  plain.append(...main.childNodes)
}
