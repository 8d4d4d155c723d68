import { useComputed } from '@preact/signals'
import type { PanelModel } from '../panel-model.ts'

/** Method and address as they go on the wire. */
export function RequestSentence({ model }: { model: PanelModel }) {
  const { operation } = model
  const address = useComputed(() => {
    const built = model.built.value
    if ('request' in built) return built.request.url.replace(/^https?:\/\//, '')
    return `${new URL(model.environment.value.api).host}${operation.path}`
  })
  return (
    <p class="try-sentence">
      <span class={`method ${operation.method.toLowerCase()}`}>{operation.method}</span>{' '}
      <span>{address}</span>
    </p>
  )
}
