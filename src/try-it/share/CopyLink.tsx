import { useSignal } from '@preact/signals'
import type { PanelModel } from '../panel-model.ts'

/** Copies an address of this page that carries what is typed. */
export function CopyLink({ model }: { model: PanelModel }) {
  const said = useSignal('')
  const copy = async () => {
    const { shareAddress } = await import('./share-link.ts')
    const form = model.form.save(model.environment.peek().name, false)
    if (model.form.holdsApiKey()) {
      model.request.refuseKey()
      return
    }
    try {
      await navigator.clipboard.writeText(shareAddress(location.origin + location.pathname, form))
      said.value = 'Copied. It carries what is typed, and nothing secret.'
    } catch {
      said.value = 'This browser does not allow it.'
    }
    setTimeout(() => {
      said.value = ''
    }, 4000)
  }
  return (
    <p class="try-share">
      <button type="button" class="try-link" onClick={() => void copy()}>
        Copy a link to this request
      </button>{' '}
      <span role="status">{said.value}</span>
    </p>
  )
}
