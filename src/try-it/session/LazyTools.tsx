import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'

/** What lies behind a sign-in, for those who have one; nobody else loads a line of it. */
export function LazyTools({ model }: { model: PanelModel }) {
  const loaded = useSignal<typeof import('./SessionTools.tsx') | undefined>(undefined)
  useEffect(() => {
    import('./SessionTools.tsx').then(
      (tools) => {
        loaded.value = tools
      },
      () => {
        // Calls go out without them.
      },
    )
  }, [loaded])
  const tools = loaded.value
  return tools ? <tools.SessionTools model={model} /> : null
}
