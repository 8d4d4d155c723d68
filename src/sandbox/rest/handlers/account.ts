import { getMe } from '../../domain/account.ts'
import type { Handlers } from '../handler.ts'

export const accountHandlers: Handlers = {
  async getMe({ work }) {
    return { body: await getMe(work) }
  },
}
