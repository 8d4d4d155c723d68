import type { Credentials } from '../store/credentials.ts'
import { AuthorizationServerError } from './errors.ts'
import type { Library } from './library.ts'

export interface NewAccount {
  /** Absent: a new `user_…` id is made. */
  id?: string
  email: string
  password: string
  name: string
}

/** The account behind the button on the sign-in page. */
export interface DemoAccount {
  email: string
  password: string
  name: string
  accountId: string
}

/**
 * Makes an account that signs in with its email and password. Asking again for the same id and
 * email is no error, so that whoever fills the sandbox may run twice.
 *
 * @throws {AuthorizationServerError} `account_exists`: the email or the id belongs to another one.
 */
export async function createAccount(
  library: Library,
  credentials: Credentials,
  { id, email, password, name }: NewAccount,
): Promise<{ accountId: string }> {
  const rows = await credentials.findAccounts(email.toLowerCase(), id ?? '')
  if (rows.length > 0) {
    const [row] = rows
    if (rows.length === 1 && row?.id === id && row?.email === email.toLowerCase()) {
      return { accountId: row.id }
    }
    throw new AuthorizationServerError(
      'account_exists',
      `There is an account with the email ${email} already.`,
    )
  }
  const { internalAdapter, password: passwords } = await library.$context
  const hash = await passwords.hash(password)
  const user = await internalAdapter.createUser(
    { ...(id === undefined ? {} : { id }), email, name, emailVerified: true },
    { method: 'email-password' },
  )
  await internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: hash,
  })
  return { accountId: user.id }
}

/**
 * Makes sure that the demo account is there and that the button's password opens it, also where
 * an earlier start used another one or died half way.
 */
export async function ensureDemoAccount(
  library: Library,
  credentials: Credentials,
  { accountId, email, password, name }: DemoAccount,
): Promise<void> {
  await createAccount(library, credentials, { id: accountId, email, password, name })
  const { internalAdapter, password: passwords } = await library.$context
  const accounts = await internalAdapter.findAccounts(accountId)
  const credential = accounts.find(({ providerId }) => providerId === 'credential')
  if (!credential?.password) {
    await internalAdapter.linkAccount({
      userId: accountId,
      accountId,
      providerId: 'credential',
      password: await passwords.hash(password),
    })
  } else if (!(await passwords.verify({ hash: credential.password, password }))) {
    await internalAdapter.updatePassword(accountId, await passwords.hash(password))
  }
}
