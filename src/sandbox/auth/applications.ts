import type { DatabaseSync } from 'node:sqlite'
import { plainText } from './pages/page.ts'
import { redirectHost } from './signed-query.ts'

/** A registered application as a page may show it: every word of it was chosen by a stranger. */
export interface Application {
  name: string
  /** Only https. */
  uri?: string
}

export interface Applications {
  /** Undefined: no application has this client id. */
  find(clientId: string): Application | undefined
}

export function createApplications(sqlite: DatabaseSync): Applications {
  const byId = sqlite.prepare('SELECT name, uri, redirectUris FROM oauthClient WHERE clientId = ?')
  return {
    find(clientId) {
      const row = byId.get(clientId)
      if (!row) return undefined
      const name = plainText(String(row.name ?? ''), 60)
      return {
        name: name === '' ? firstHost(String(row.redirectUris)) : name,
        ...(typeof row.uri === 'string' ? { uri: plainText(row.uri, 120) } : {}),
      }
    },
  }
}

/** An application without a name goes by where it is reached. */
function firstHost(redirectUris: string): string {
  const list: unknown = JSON.parse(redirectUris)
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  return typeof first === 'string' ? redirectHost(first) : 'an application without a name'
}
