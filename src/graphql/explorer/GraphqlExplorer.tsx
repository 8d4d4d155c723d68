import { useSignalEffect } from '@preact/signals'
import { buildSchema } from 'graphql'
import { render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ExplorerBar } from '../../explorer/ExplorerBar.tsx'
import { JsonView } from '../../try-it/answer/JsonView.tsx'
import { queryEditor, variablesEditor } from './editor.ts'
import { ExplorerModel, type GraphqlAnswer } from './explorer-model.ts'
import type { ExplorerFacts } from './facts.ts'

export interface GraphqlExplorerPlace {
  mount: HTMLElement
  /** Name of the service. */
  title: string
  /** Address of the schema. */
  schema: string
  /** Address of what is known besides it. */
  facts: string
  /** Query to begin with. */
  example: string
}

/** Loads the explorer into its page. */
export async function openGraphqlExplorer(place: GraphqlExplorerPlace): Promise<void> {
  const [sdl, facts] = await Promise.all([
    load(place.schema).then((response) => response.text()),
    load(place.facts).then((response) => response.json() as Promise<ExplorerFacts>),
  ])
  const schema = buildSchema(sdl)
  const model = new ExplorerModel(place.title, schema, facts, __BASE__)
  await model.start(place.example)
  place.mount.replaceChildren()
  render(<GraphqlExplorer model={model} schema={schema} />, place.mount)
}

async function load(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
  return response
}

interface Props {
  model: ExplorerModel
  schema: ReturnType<typeof buildSchema>
}

function GraphqlExplorer({ model, schema }: Props) {
  return (
    <div class="gql">
      <ExplorerBar
        session={model.session}
        wanted={model.session.missing(model.wanted.value)}
        onSignIn={() => void model.signIn()}
      />
      <div class="gql-panes">
        <section class="gql-ask" aria-label="Request">
          <Editor kind="query" model={model} schema={schema} />
          <Editor kind="variables" model={model} schema={schema} />
          <Actions model={model} />
        </section>
        <section class="gql-answer" aria-label="Response" aria-busy={model.isSending.value}>
          <Answer model={model} />
        </section>
      </div>
    </div>
  )
}

function Editor({ kind, model, schema }: Props & { kind: 'query' | 'variables' }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current || host.current.shadowRoot) return
    const place = {
      host: host.current,
      label: kind === 'query' ? 'Query' : 'Variables, as JSON',
      text: model[kind].peek(),
      onChange: (text: string) => {
        model[kind].value = text
      },
      onSend: () => void model.send(),
      onKeyRefused: () => model.refuseKey(),
    }
    if (kind === 'query') queryEditor(place, schema)
    else variablesEditor(place)
  }, [kind, model, schema])
  return (
    <div class={`gql-editor gql-${kind}`}>
      <p class="gql-label">{kind === 'query' ? 'Query' : 'Variables'}</p>
      <div ref={host} class="gql-host" />
    </div>
  )
}

function Actions({ model }: { model: ExplorerModel }) {
  const { names, needs, problem } = model.read.value
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <div class="gql-actions">
      {names.length > 1 && (
        <select
          class="explorer-select"
          aria-label="Operation to send"
          value={model.chosen.value || names[0]}
          onChange={({ currentTarget }) => {
            model.chosen.value = currentTarget.value
          }}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      {model.isSending.value ? (
        <button type="button" class="try-plain" onClick={() => model.cancel()}>
          Cancel
        </button>
      ) : (
        <button type="button" class="try-send" onClick={() => void model.send()}>
          Send
        </button>
      )}
      <span class="explorer-soft" aria-hidden="true">
        <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> <kbd>↵</kbd>
      </span>
      {needs && needs.scopes.length > 0 && (
        <span class="explorer-soft">
          needs{' '}
          {needs.scopes.map(({ name }) => (
            <code class="scope" key={name}>
              {name}
            </code>
          ))}
        </span>
      )}
      {problem !== undefined && model.problem.value === '' && (
        <span class="explorer-soft">{problem}</span>
      )}
    </div>
  )
}

function Answer({ model }: { model: ExplorerModel }) {
  const region = useRef<HTMLDivElement>(null)
  useSignalEffect(() => {
    if (model.answer.value) region.current?.scrollIntoView({ block: 'nearest' })
  })
  const answer = model.answer.value
  return (
    <div ref={region}>
      <p class="explorer-error" role="alert">
        {model.problem.value}
      </p>
      <p class="gql-status" role="status">
        {answer ? (
          <AnswerLine answer={answer} />
        ) : model.isSending.value ? (
          'Waiting for the answer.'
        ) : (
          'Nothing sent yet.'
        )}
      </p>
      {answer && answer.errors.length > 0 && (
        <ul class="gql-errors">
          {answer.errors.map(({ message, code, page }, index) => (
            <li key={index}>
              {message}{' '}
              {page ? (
                <a href={page}>
                  <code>{code}</code>
                </a>
              ) : (
                code && <code>{code}</code>
              )}
            </li>
          ))}
        </ul>
      )}
      {answer &&
        (answer.isJson ? (
          <JsonView text={answer.text} differences={[]} />
        ) : (
          <pre class="gql-text">{answer.text}</pre>
        ))}
    </div>
  )
}

function AnswerLine({ answer: { status, elapsed, errors } }: { answer: GraphqlAnswer }) {
  const isGood = status < 400 && errors.length === 0
  const words =
    errors.length === 0 ? '' : errors.length === 1 ? ', one error' : `, ${errors.length} errors`
  return (
    <>
      <strong class={isGood ? 'try-ok' : 'try-bad'}>
        {status}
        {words}
      </strong>{' '}
      <span class="explorer-soft">{Math.round(elapsed)} ms</span>
    </>
  )
}
