/** What the global setup has started, for the workers: they get it as an environment variable. */
export interface Running {
  chromium: string
  /** Address of the docs, without a trailing slash. */
  docs: string
  issuer: string
  api: string
  /** Origin of an app of the reader's own, which may read the sandbox's answers. Nothing is there. */
  app: string
  demo: { email: string; keyFile: string }
  /** Folder of the built site. */
  directory: string
  /** Proxy that every request to a foreign host ends at, and its list of them. */
  foreign: string
}

const variable = 'E2E_RUNNING'

export function publish(running: Running): void {
  process.env[variable] = JSON.stringify(running)
}

export function running(): Running {
  const text = process.env[variable]
  if (!text) throw new Error('The global setup has not run.')
  return JSON.parse(text) as Running
}
