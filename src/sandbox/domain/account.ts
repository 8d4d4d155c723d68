import { findCustomer } from '../store/customers.ts'
import type { CustomerRow } from '../store/tables.ts'
import { instant, type Work } from './work.ts'

export interface UserView {
  id: string
  createdAt: string
  role: CustomerRow['role']
  email: string | null
  firstName: string | null
  lastName: string | null
  avatarURL: string | null
  locale: string | null
  defaultStreamDuration: number | null
}

export async function getMe({ db, customerId, means }: Work): Promise<UserView | null> {
  const customer = await findCustomer(db, customerId)
  if (!customer) return null
  const person = await means.people.find(db, customerId)
  const [firstName, ...rest] = (person?.name ?? '').split(/\s+/).filter(Boolean)
  return {
    id: customer.id,
    createdAt: instant(customer.createdAt),
    role: customer.role,
    email: person?.email ?? null,
    firstName: firstName ?? null,
    lastName: rest.length > 0 ? rest.join(' ') : null,
    avatarURL: person?.imageUrl ?? null,
    locale: customer.locale,
    defaultStreamDuration: customer.defaultStreamDuration,
  }
}
