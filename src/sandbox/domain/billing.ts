import {
  countInvoices,
  findCheckout,
  insertCheckout,
  insertInvoice,
  listInvoices as listRows,
  markCheckoutPaid,
} from '../store/billing.ts'
import { findCustomer, updateCustomer } from '../store/customers.ts'
import type { PageRequest } from '../store/paging.ts'
import type { CheckoutRow, InvoiceRow } from '../store/tables.ts'
import { invalidInput } from './domain-error.ts'
import { answerPage, type ListAnswer } from './page.ts'
import { creditsPerCent } from './rates.ts'
import { settle } from './settle.ts'
import { instant, type Work } from './work.ts'

export interface BillingOverview {
  id: string
  billing: {
    id: string
    /** Credits. */
    balance: number
    creditsLeft: number
    eligibleForFreeCredits: boolean
    goodStanding: boolean
  }
}

export interface InvoiceView {
  id: string
  number: string
  createdAt: string
  amountCents: number
  currency: 'usd'
  credits: number
  status: InvoiceRow['status']
  provider: InvoiceRow['provider']
  pdfUrl: string | null
}

/** US cents. */
const smallestTopUp = 500
const largestTopUp = 1_000_000

export async function getBillingOverview({
  db,
  customerId,
}: Work): Promise<BillingOverview | null> {
  const customer = await findCustomer(db, customerId)
  if (!customer) return null
  return {
    id: customer.id,
    billing: {
      id: customer.id.replace(/^user_/, 'bill_'),
      balance: customer.credits,
      creditsLeft: customer.credits,
      eligibleForFreeCredits: customer.eligibleForFreeCredits === 1,
      goodStanding: customer.credits > 0,
    },
  }
}

export async function listInvoices(
  work: Work,
  page: PageRequest,
): Promise<ListAnswer<InvoiceView>> {
  const found = await listRows(work.db, work.customerId, page)
  return answerPage(found, found.rows.map(viewInvoice))
}

export function viewInvoice({ customerId: _, createdAt, ...row }: InvoiceRow): InvoiceView {
  return { ...row, createdAt: instant(createdAt), currency: 'usd' }
}

/** @throws {DomainError} `INVALID_INPUT` for an amount that is too small or too large. */
export async function createCardTopUpLink(
  { db, customerId, now, means }: Work,
  amountCents: number,
): Promise<{ checkoutUrl: string; sessionId: string; credits: number }> {
  if (amountCents < smallestTopUp || amountCents > largestTopUp) {
    throw invalidInput('amountCents', `may be ${smallestTopUp} to ${largestTopUp}.`)
  }
  const row: CheckoutRow = {
    id: means.newId('cs_sandbox', now),
    customerId,
    createdAt: now,
    amountCents,
    credits: amountCents * creditsPerCent,
    paidAt: null,
  }
  await insertCheckout(db, row)
  return {
    checkoutUrl: means.addresses.checkout(row.id),
    sessionId: row.id,
    credits: row.credits,
  }
}

/**
 * Pretends that the card was charged: the credits arrive and an invoice is written, once.
 *
 * @returns The checkout as it is now, or nothing where there is none.
 */
export async function payCheckout(
  work: Omit<Work, 'customerId'>,
  id: string,
): Promise<CheckoutRow | undefined> {
  const { db, now, means } = work
  const checkout = await findCheckout(db, id)
  if (!checkout || checkout.paidAt !== null) return checkout
  const { customerId, amountCents, credits } = checkout
  const customer = await settle({ ...work, customerId })
  await updateCustomer(db, customerId, { credits: customer.credits + credits })
  await markCheckoutPaid(db, id, now)
  const count = await countInvoices(db, customerId)
  await insertInvoice(db, {
    id: means.newId('inv', now),
    customerId,
    createdAt: now,
    number: invoiceNumber(now, count + 1),
    amountCents,
    credits,
    status: 'paid',
    provider: 'stripe',
    pdfUrl: null,
  })
  return { ...checkout, paidAt: now }
}

/** e.g. `SL-2026-0004` */
export function invoiceNumber(createdAt: number, count: number): string {
  return `SL-${new Date(createdAt).getUTCFullYear()}-${String(count).padStart(4, '0')}`
}
