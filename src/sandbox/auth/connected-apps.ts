import type { Credentials } from '../store/credentials.ts'
import type { Applications } from './applications.ts'
import type { Library } from './library.ts'

/** An application that an account has let in. */
export interface ConnectedApp {
  clientId: string
  /** Chosen by the application itself, or the host it is reached at. */
  name: string
  scopes: readonly string[]
  firstAuthorizedAt: Date
}

export interface ConnectedApps {
  /** Newest first. */
  list(accountId: string): Promise<ConnectedApp[]>
  /**
   * Takes back everything that the account granted to an application: what it was allowed, its
   * refresh tokens, and codes on their way. Access tokens need the grant to be there, so they are
   * refused from the next call on.
   *
   * @returns False: nothing was granted to it.
   */
  revoke(accountId: string, clientId: string): Promise<boolean>
}

export function createConnectedApps(
  credentials: Credentials,
  library: Library,
  applications: Applications,
): ConnectedApps {
  return {
    async list(accountId) {
      const granted = await credentials.listGrants(accountId)
      return Promise.all(
        granted.map(async ({ clientId, scopes, createdAt }) => ({
          clientId,
          name: (await applications.find(clientId))?.name ?? 'A removed application',
          scopes: readList(scopes),
          firstAuthorizedAt: new Date(createdAt),
        })),
      )
    },

    async revoke(accountId, clientId) {
      // Through the library: see `ApiKeys.revoke`.
      const { adapter } = await library.$context
      const granted = [
        { field: 'userId', value: accountId },
        { field: 'clientId', value: clientId },
      ]
      return adapter.transaction(async (trx) => {
        const codes = await trx.findMany<{ id: string; value: string }>({
          model: 'verification',
          where: [{ field: 'value', operator: 'contains', value: clientId }],
        })
        for (const { id, value } of codes) {
          if (!isCodeOf(value, accountId, clientId)) continue
          await trx.delete({ model: 'verification', where: [{ field: 'id', value: id }] })
        }
        await trx.deleteMany({ model: 'oauthAccessToken', where: granted })
        await trx.deleteMany({ model: 'oauthRefreshToken', where: granted })
        return (await trx.deleteMany({ model: 'oauthConsent', where: granted })) > 0
      })
    },
  }
}

function isCodeOf(text: string, accountId: string, clientId: string): boolean {
  try {
    const value: { userId?: unknown; query?: { client_id?: unknown } } = JSON.parse(text)
    return value.userId === accountId && value.query?.client_id === clientId
  } catch {
    return false
  }
}

function readList(text: string): string[] {
  const list: unknown = JSON.parse(text)
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
}
