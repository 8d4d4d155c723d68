import { clientMetadata } from '../../../oauth/client-metadata.ts'
import type { FlowStep } from '../../../oauth/flow/flow-step.ts'
import { secretsScript, stepAsCurl } from './flow-curl.ts'
import { stepWords } from './step-words.ts'

/** A step as the reader sees it. */
export interface ShownStep {
  title: string
  text: string
  /** Shell commands that do the same. */
  script: string
  /** How it was answered; nothing where it was not sent from here. */
  outcome?: string
  answer?: string
  /** Not taken in this sign-in, and why. */
  skipped?: string
}

/**
 * The steps of a sign-in, in order, with those that a client of one's own needs besides.
 *
 * @param clientName What this site calls itself when it registers.
 */
export function shownSteps(steps: readonly FlowStep[], clientName: string): ShownStep[] {
  const authorization = steps.find(({ step }) => step === 'authorization')
  const at = authorization ? steps.indexOf(authorization) : steps.length
  const before = steps.slice(0, at).map(show)
  const registered = steps.some(({ step }) => step === 'registration')
  const metadata = readMetadata(steps)
  const redirectUri = fieldOf(authorization, 'redirect_uri')
  if (!registered && metadata.registration_endpoint && redirectUri) {
    before.push(skippedRegistration(metadata.registration_endpoint, redirectUri, clientName))
  }
  if (!authorization) return before
  const isRefused = steps.some((step) => fieldOf(step, 'error') !== undefined)
  const after = steps.slice(at).map(show)
  const shown = [...before, { ...stepWords.secrets, script: secretsScript }, ...after]
  if (metadata.token_endpoint && !isRefused) {
    shown.push(skippedRefresh(metadata.token_endpoint, authorization))
  }
  return shown
}

/** All steps as one script. */
export function wholeScript(shown: readonly ShownStep[]): string {
  return shown.map(({ title, script }, index) => `# ${index + 1}. ${title}\n${script}`).join('\n\n')
}

function show(step: FlowStep): ShownStep {
  const { status, elapsed = 0, answer } = step
  const isFetched = step.step !== 'authorization' && step.step !== 'answer'
  const refusal = step.step === 'answer' ? fieldOf(step, 'error') : undefined
  if (refusal !== undefined)
    return { ...stepWords.refusal, script: `# error=${plainCode(refusal)}` }
  const outcome = status === undefined ? 'no answer' : `${status} in ${Math.round(elapsed)} ms`
  return {
    ...stepWords[step.step],
    script: stepAsCurl(step),
    ...(isFetched && { outcome }),
    ...(answer !== undefined && { answer }),
  }
}

function skippedRegistration(url: string, redirectUri: string, clientName: string): ShownStep {
  return {
    ...stepWords.registration,
    skipped: 'Not this time: this site was registered in an earlier sign-in.',
    script: stepAsCurl({
      step: 'registration',
      method: 'POST',
      url,
      headers: [{ name: 'content-type', value: 'application/json' }],
      fields: [],
      body: JSON.stringify(clientMetadata(redirectUri, clientName), null, 2),
    }),
  }
}

function skippedRefresh(url: string, authorization: FlowStep): ShownStep {
  const same = ['client_id', 'resource']
  return {
    ...stepWords.refresh,
    skipped: 'Never here: this site does not ask for offline_access, and signs in again instead.',
    script: stepAsCurl({
      step: 'exchange',
      method: 'POST',
      url,
      headers: [],
      fields: [
        { name: 'grant_type', value: 'refresh_token' },
        { name: 'refresh_token', value: '', variable: 'REFRESH_TOKEN' },
        ...authorization.fields.filter(({ name }) => same.includes(name)),
      ],
    }),
  }
}

function readMetadata(steps: readonly FlowStep[]): Record<string, string | undefined> {
  const text = steps.find(({ step }) => step === 'metadata')?.answer
  const value: unknown = text === undefined ? {} : JSON.parse(text)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, member]) => typeof member === 'string' && URL.canParse(member),
    ),
  )
}

function fieldOf(step: FlowStep | undefined, name: string): string | undefined {
  return step?.fields.find((field) => field.name === name)?.value
}

/** An error code is an address's to name: as a comment of a script it holds what RFC 6749 lets it. */
function plainCode(code: string): string {
  return code.replace(/[^\w.-]/g, '').slice(0, 60)
}
