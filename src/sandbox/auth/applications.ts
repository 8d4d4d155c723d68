import type { Credentials } from '../store/credentials.ts'
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
  find(clientId: string): Promise<Application | undefined>
}

export function createApplications(credentials: Credentials): Applications {
  return {
    async find(clientId) {
      const row = await credentials.findClient(clientId)
      if (!row) return undefined
      const name = plainText(row.name ?? '', 60)
      return {
        name: name === '' ? firstHost(row.redirectUris) : name,
        ...(row.uri === null ? {} : { uri: plainText(row.uri, 120) }),
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
