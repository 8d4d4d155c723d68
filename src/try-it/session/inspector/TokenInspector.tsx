import { useEffect, useState } from 'preact/hooks'
import type { TokenPart, TokenReport } from '../../../oauth/inspection/token-report.ts'
import type { PanelModel } from '../../panel-model.ts'
import { type Access, loadAccess } from '../access.ts'
import type { LiveSession } from '../session-state.ts'
import { useTimeLeft } from '../time-left.ts'
import { claimWords } from './claim-words.ts'
import { signatureWords } from './signature-words.ts'

/** What the vault tells of the token: everything but the token. */
export function TokenInspector({ model }: { model: PanelModel }) {
  const session = model.session.current.value
  const [report, setReport] = useState<TokenReport>()
  const [access, setAccess] = useState<Access>()
  useEffect(() => {
    setReport(undefined)
    // Another session is another token.
    if (session) void model.session.inspect().then(setReport)
    // Without it, scopes have no words.
    loadAccess().then(setAccess, () => undefined)
  }, [model, session])
  if (!session) return null
  if (!report) return <p class="try-note">Looking into the token.</p>
  const { title, text } = signatureWords(report.signature, report.issuer)
  const { verdict } = report.signature
  return (
    <div class="try-inspector">
      <p>
        <strong class={`try-verdict-${verdict}`}>{title}.</strong> {text}
      </p>
      <dl>
        <dt>Time left</dt>
        <dd>
          <TimeLeft session={session} />
        </dd>
        <dt>Audience</dt>
        <dd>
          <Audience report={report} />
        </dd>
        <dt>Scopes</dt>
        <dd>
          <ScopeWords scopes={report.scopes} access={access} />
        </dd>
      </dl>
      {report.kind === 'jwt' && (
        <>
          <Parts name="Header" parts={report.header} />
          <Parts name="Claims" parts={report.claims} />
        </>
      )}
      <p class="try-soft">
        The token itself stays in the vault: no script of this page can read it.
        {access?.tokenGuide && (
          <>
            {' '}
            <a href={access.tokenGuide}>Get one in your terminal</a>.
          </>
        )}
      </p>
    </div>
  )
}

function TimeLeft({ session }: { session: LiveSession }) {
  return <>{useTimeLeft(session)}</>
}

function Audience({ report }: { report: TokenReport }) {
  const { audience, resource, kind } = report
  if (kind === 'opaque') return 'not readable'
  const fits = audience.includes(resource)
  return (
    <>
      {audience.map((one) => (
        <div key={one}>
          <code>{one}</code>
          {one === resource && ' (this API)'}
        </div>
      ))}
      {!fits && (
        <div class="try-error">
          Not for this API: it calls itself {resource} and will not take the token.
        </div>
      )}
    </>
  )
}

function ScopeWords({ scopes, access }: { scopes: readonly string[]; access: Access | undefined }) {
  return scopes.map((name) => {
    const known = access?.scopes.find((scope) => scope.name === name)
    const words = known?.description || identity[name]
    return (
      <div key={name}>
        <code>{name}</code>
        {words && `: ${words}`}
        {known?.dangerous && <strong> It deletes or spends.</strong>}
      </div>
    )
  })
}

/** OpenID Connect Core, 5.4. */
const identity: Readonly<Record<string, string | undefined>> = {
  openid: 'say who you are',
  profile: 'your name and picture',
  email: 'your email address',
}

function Parts({ name, parts }: { name: string; parts: readonly TokenPart[] }) {
  return (
    <details>
      <summary>{name}</summary>
      <dl class="try-parts">
        {parts.map((part) => {
          const words = claimWords(part.name, part.json)
          return (
            <div key={part.name}>
              <dt>{part.name}</dt>
              <dd>
                <code>{part.json}</code> {words && <span class="try-soft">{words}</span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}
