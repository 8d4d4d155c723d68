import { useSignal, useSignalEffect } from '@preact/signals'
import type { PanelModel } from '../panel-model.ts'

type SignedIn = typeof import('./signed-in.tsx')

/** What is shown of a sign-in, for those who have one or failed to; nobody else loads a line of it. */
export function useSignedIn({ session }: PanelModel): SignedIn | undefined {
  const parts = useSignal<SignedIn | undefined>(undefined)
  useSignalEffect(() => {
    if (parts.value || !(session.current.value || session.error.value)) return
    import('./signed-in.tsx').then(
      ({ SessionFacts, MissingScopes, SessionTools }) => {
        parts.value = { SessionFacts, MissingScopes, SessionTools }
      },
      () => {
        // Calls go out without them.
      },
    )
  })
  return parts.value
}
