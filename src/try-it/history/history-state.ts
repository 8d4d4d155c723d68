import { effect, signal } from '@preact/signals'
import type { Parameter } from '../../model/operation.ts'
import type { PanelModel } from '../panel-model.ts'
import type { FoundId } from './found-ids.ts'
import type { KeptPastCall } from './past-call.ts'
import { knownTab } from './tab.ts'

/**
 * What this tab has called. The vault's memory holds it; this is the page's view of it, and what is
 * done with it is loaded once there is something.
 */
export class HistoryState {
  /** Newest first. */
  readonly calls = signal<readonly KeptPastCall[]>([])
  /** Finds ids that fit a parameter in the answers; loaded once there are any. */
  readonly suggest = signal<(parameter: Parameter) => readonly FoundId[]>(() => [])
  /** Goes up when everything is forgotten: what was asked for before must not be kept after. */
  generation = 0
  private readonly model: PanelModel

  constructor(model: PanelModel) {
    this.model = model
    let wasSignedIn = false
    effect(() => {
      const isSignedIn = model.session.current.value !== undefined
      // Whoever signed out, in whichever tab, has emptied the vault.
      if (wasSignedIn && !isSignedIn) void this.load()
      wasSignedIn = isSignedIn
    })
    effect(() => {
      const calls = this.calls.value
      const { name } = model.environment.value
      if (calls.length === 0) return
      import('./suggestions.ts').then(
        ({ suggestFrom }) => {
          this.suggest.value = suggestFrom(calls, name)
        },
        () => {
          // Ids are typed then, as before the first call.
        },
      )
    })
  }

  /** Takes up what this tab has called before, and shows what was asked for on another page. */
  async start(): Promise<void> {
    const loaded = await this.load()
    await loaded?.showAwaited(this.model)
  }

  clear(): void {
    this.generation += 1
    this.calls.value = []
    this.suggest.value = () => []
  }

  private async load() {
    const tab = knownTab()
    if (tab === undefined) return undefined
    // Without it the panel begins with no history, as in a new tab.
    const loaded = await import('./open-past.ts').catch(() => undefined)
    await loaded?.readCalls(this.model, tab)
    return loaded
  }
}
