import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { icon, renderPage, styleSheet } from '../auth/pages/page.ts'
import type { Clock } from '../clock.ts'
import { payCheckout } from '../domain/billing.ts'
import { coinSymbols } from '../domain/crypto.ts'
import type { Means } from '../domain/work.ts'
import { findCheckout } from '../store/billing.ts'
import type { Store } from '../store/database.ts'
import type { CheckoutRow } from '../store/tables.ts'

export const checkoutRoute = '/checkout/:id'
export const coinRoute = '/coins/:symbol'

/**
 * What links of the API lead to: a page that takes the place of a card checkout, and pictures of
 * coins.
 */
export function createPages(parts: {
  store: Store
  clock: Clock
  means: Means
  origin: string
}): Hono {
  const { store, clock, means, origin } = parts
  const app = new Hono()

  app.get(checkoutRoute, async (c) => {
    const checkout = await store.read((db) => findCheckout(db, c.req.param('id')))
    return checkout ? checkoutPage(c, checkout) : unknownPage(c)
  })

  app.post(checkoutRoute, async (c) => {
    const from = c.req.header('origin')
    if (from !== undefined && from !== origin) return unknownPage(c)
    const checkout = await store.transaction((db) =>
      payCheckout({ db, now: clock.now(), means, discarded: [] }, c.req.param('id')),
    )
    return checkout ? checkoutPage(c, checkout) : unknownPage(c)
  })

  app.get(coinRoute, (c) => {
    const symbol = c.req
      .param('symbol')
      .replace(/\.svg$/, '')
      .toUpperCase()
    return coinSymbols.has(symbol)
      ? c.body(coinPicture(symbol), 200, {
          'Content-Type': 'image/svg+xml',
          'Cache-Control': 'public, max-age=86400',
        })
      : c.notFound()
  })

  app.get(styleSheet.path, (c) =>
    c.body(styleSheet.css, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )
  app.get('/favicon.svg', (c) => c.body(icon, 200, { 'Content-Type': 'image/svg+xml' }))
  return app
}

function checkoutPage(c: Context, { amountCents, credits, paidAt }: CheckoutRow) {
  const amount = `$${(amountCents / 100).toFixed(2)}`
  const bought = credits.toLocaleString('en-US')
  return renderPage(
    c,
    paidAt === null
      ? {
          heading: 'Buy credits',
          body: html`<p>${bought} credits for ${amount}.</p>
            <p>
              This page takes the place of a card checkout. No card is asked for and nobody pays;
              the credits are the sandbox's own.
            </p>
            <form method="post"><button type="submit">Pretend to pay ${amount}</button></form>`,
        }
      : {
          heading: 'Credits bought',
          body: html`<p role="status">${bought} credits are on the account. Nobody paid.</p>`,
        },
  )
}

function unknownPage(c: Context) {
  return renderPage(c, {
    heading: 'No such checkout',
    status: 404,
    body: html`<p>Ask the API for another link: Create a card top-up link.</p>`,
  })
}

function coinPicture(symbol: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">' +
    `<title>${symbol}</title><circle cx="32" cy="32" r="30" fill="#5b5bd6"/>` +
    '<text x="32" y="38" font-family="sans-serif" font-size="16" text-anchor="middle" ' +
    `fill="#fff">${symbol}</text></svg>`
  )
}
