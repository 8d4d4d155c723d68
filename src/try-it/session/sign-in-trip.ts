import { type Homecoming, takeHomecoming } from '../../oauth/homecoming.ts'
import { finishSignIn, leaveForSignIn } from '../../oauth/sign-in.ts'
import { SignInError } from '../../oauth/sign-in-error.ts'
import { isFramed } from '../framed.ts'
import type { PanelModel } from '../panel-model.ts'
import { readSavedForm, type SavedForm } from '../request/saved-form.ts'

/** @param repeat Make the call once the reader is back. */
export async function leave(
  { title, environment, request, session, phase }: PanelModel,
  scopes: readonly string[],
  repeat: boolean,
): Promise<void> {
  if (phase.peek() === 'leaving' || isFramed()) return
  phase.value = 'leaving'
  session.error.value = undefined
  const chosen = environment.peek()
  const { form } = request
  try {
    await leaveForSignIn(await session.connect(), {
      environment: chosen,
      scopes: [...scopes],
      consent: session.isDangerous(scopes),
      clientName: `${title} docs`,
      form: form.save(chosen.name, repeat),
      secrets: form.secrets(),
    })
  } catch (cause) {
    session.error.value = cause as SignInError
    phase.value = 'idle'
  }
}

/** Takes up what a sign-in left for this page; where it left nothing, asks who is signed in. */
export async function comeBack(model: PanelModel): Promise<void> {
  const home = takeHomecoming(sessionStorage, location.pathname)
  if (!home) {
    await model.session.refreshIfHinted()
    return
  }
  const saved = readSavedForm(home.form, model.operation.id)
  if (saved) {
    model.request.form.restore(saved)
    const environment = __ENVIRONMENTS__.find(({ name }) => name === saved.environment)
    if (environment) model.environment.value = environment
  }
  await settleIn(model, home, saved)
}

async function settleIn(
  { session, request, sending }: PanelModel,
  home: Homecoming,
  saved: SavedForm | undefined,
): Promise<void> {
  const vault = await session.connect()
  const secrets = (await vault.takeSecrets(home.trip)) ?? {}
  const lost = saved ? request.form.restoreSecrets(secrets, saved.secretNames) : []
  if (home.pending) {
    const { query, transaction } = home.pending
    try {
      await finishSignIn(vault, query, transaction)
    } catch (cause) {
      session.error.value = cause as SignInError
      return
    }
  }
  await session.refresh()
  if (home.refusal) {
    const { code, message, detail } = home.refusal
    session.error.value = new SignInError(code, message, { detail })
  }
  const current = session.current.value
  if (!home.signedIn || !current) return
  const { account, unasked } = current
  session.notice.value = unasked.length
    ? {
        text: `Signed in as ${account}. The server also granted ${unasked.join(', ')}, which was not asked for.`,
      }
    : { text: `Signed in as ${account}.`, isQuiet: true }
  if (lost.length > 0) {
    session.notice.value = {
      text: `Signed in as ${account}. Type ${lost.join(', ')} again: this browser kept no secrets on the way.`,
    }
    return
  }
  if (saved?.repeat && !saved.filesLeftOut) await sending.repeat()
}

export { forgetSignIns } from '../../oauth/sign-in.ts'
