import { createCardTopUpLink, getBillingOverview, listInvoices } from '../../domain/billing.ts'
import { getDepositAddress, listCryptoCurrencies } from '../../domain/crypto.ts'
import { getUsage, type UsagePeriod } from '../../domain/usage.ts'
import { type Handlers, pageOf } from '../handler.ts'

export const billingHandlers: Handlers = {
  async getBillingOverview({ work }) {
    return { body: await getBillingOverview(work) }
  },
  async getUsage({ work, query }) {
    return { body: await getUsage(work, query.period as UsagePeriod | undefined) }
  },
  async listInvoices(call) {
    return { body: await listInvoices(call.work, pageOf(call)) }
  },
  async createCardTopUpLink({ work, body }) {
    const { amountCents } = body as { amountCents: number }
    return { body: await createCardTopUpLink(work, amountCents) }
  },
  async listCryptoCurrencies({ work }) {
    return { body: listCryptoCurrencies(work) }
  },
  async getCryptoDepositAddress({ work, query }) {
    return { body: await getDepositAddress(work, String(query.currency)) }
  },
}
