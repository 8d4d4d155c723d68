import type { APIRoute } from 'astro'
import { describeAccess } from '../../model/access.ts'
import { loadReference } from '../../model/load.ts'
import { readSite } from '../../site.ts'
import { withBase } from '../../site-path.ts'

/** What each call needs of a sign-in; fetched once a reader is signed in. */
export const GET: APIRoute = async () => {
  const { environments, tokenGuide } = readSite()
  const canSignIn = environments.some(({ issuer }) => issuer !== undefined)
  return Response.json({
    ...describeAccess(canSignIn ? await loadReference() : undefined, withBase),
    ...(tokenGuide !== undefined && { tokenGuide: withBase(tokenGuide) }),
  })
}
