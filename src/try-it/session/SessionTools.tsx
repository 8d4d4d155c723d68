import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { PanelModel } from '../panel-model.ts'

type Tool = ComponentType<{ model: PanelModel }>

const tools: { name: string; load(): Promise<Tool> }[] = [
  {
    name: 'Token',
    load: async () => (await import('./inspector/TokenInspector.tsx')).TokenInspector,
  },
  { name: 'Show the flow', load: async () => (await import('./flow/FlowView.tsx')).FlowView },
]

/** Looks behind the sign-in, loaded when they are first opened. */
export function SessionTools({ model }: { model: PanelModel }) {
  const open = useSignal<{ name: string; View?: Tool } | undefined>(undefined)
  const toggle = async (name: string, load: () => Promise<Tool>) => {
    if (open.value?.name === name) {
      open.value = undefined
      return
    }
    open.value = { name }
    try {
      const View = await load()
      if (open.value?.name === name) open.value = { name, View }
    } catch {
      open.value = undefined
    }
  }
  // Without a session there is no token; how a sign-in failed is of interest all the same.
  const shown = model.session.current.value ? tools : tools.slice(1)
  const View = shown.some(({ name }) => name === open.value?.name) ? open.value?.View : undefined
  return (
    <div class="try-behind">
      {shown.map(({ name, load }) => (
        <button
          type="button"
          key={name}
          class="try-small"
          aria-expanded={open.value?.name === name}
          onClick={() => void toggle(name, load)}
        >
          {name}
        </button>
      ))}
      {View && <View model={model} />}
    </div>
  )
}
