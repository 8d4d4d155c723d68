import type { Handlers } from '../handler.ts'
import { accountHandlers } from './account.ts'
import { billingHandlers } from './billing.ts'
import { destinationHandlers } from './destinations.ts'
import { playlistHandlers } from './playlists.ts'
import { streamHandlers } from './streams.ts'
import { uploadHandlers } from './uploads.ts'

/** Every operation that acts for an account. */
export const handlers: Handlers = {
  ...accountHandlers,
  ...streamHandlers,
  ...uploadHandlers,
  ...playlistHandlers,
  ...destinationHandlers,
  ...billingHandlers,
}
