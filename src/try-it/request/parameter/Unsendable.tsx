import { useSignal, useSignalEffect } from '@preact/signals'
import type { PanelModel } from '../../panel-model.ts'
import { ParameterField } from './ParameterField.tsx'

/** What a page cannot send, and the curl that does. */
export function Unsendable({ model }: { model: PanelModel }) {
  const { form } = model
  const names = form.unsendable.map(({ parameter }) => parameter.name).join(', ')
  const areCookies = form.unsendable.every(({ parameter }) => parameter.in === 'cookie')
  return (
    <div class="try-unsendable">
      {form.unsendable.map((field) => (
        <ParameterField key={field.key} field={field} model={model} />
      ))}
      <div class="try-note">
        <p>
          {areCookies
            ? 'A page cannot set cookies for another server, so Send goes without '
            : 'Browsers do not let a page send this, so Send goes without '}
          <code>{names}</code>. This curl sends it:
        </p>
        <Curl model={model} />
      </div>
    </div>
  )
}

const unloaded = 'The curl could not be loaded. It stands among the samples of this page.'

function Curl({ model }: { model: PanelModel }) {
  const text = useSignal('')
  useSignalEffect(() => {
    const { printable } = model.request
    const built = printable.value
    if ('error' in built) return
    if ('isPending' in built) {
      model.request.prepare().catch(() => {
        text.value = unloaded
      })
      return
    }
    import('../../../snippets/languages.ts').then(
      ({ languages }) => {
        if (printable.peek() !== built) return
        const [credential] = model.operation.credentials
        const tokens = languages[0]?.print(built.request, credential) ?? []
        text.value = tokens.map((token) => token.text).join('')
      },
      () => {
        text.value = unloaded
      },
    )
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled is reached by keyboard
    <pre class="try-code" tabIndex={0}>
      <code>{text}</code>
    </pre>
  )
}
