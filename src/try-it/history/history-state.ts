import { effect, signal } from '@preact/signals'
import type { Parameter } from '../../model/operation.ts'
import type { PanelModel } from '../panel-model.ts'
import type { FoundId } from './found-ids.ts'
import type { KeptPastCall } from './past-call.ts'
import { knownTab } from './tab.ts'

/** What this tab has called. The vault's memory holds it; this is the page's view of it. */
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
      void import('./suggestions.ts').then(({ suggestFrom }) => {
        this.suggest.value = suggestFrom(calls, name)
      })
    })
  }

  /** Takes up what this tab has called before, and shows what was asked for on another page. */
  async start(): Promise<void> {
    if (knownTab() === undefined) return
    await this.load()
    const { showAwaited } = await import('./open-past.ts')
    await showAwaited(this.model)
  }

  /** Shows a call of the past in the panel of its page, and makes it once more if asked to. */
  async open(call: KeptPastCall, again: boolean): Promise<void> {
    const { openPast } = await import('./open-past.ts')
    await openPast(this.model, call, again)
  }

  add(call: KeptPastCall): void {
    this.calls.value = withinMemory([call, ...this.calls.peek()])
  }

  clear(): void {
    this.generation += 1
    this.calls.value = []
    this.suggest.value = () => []
  }

  private async load(): Promise<void> {
    const tab = knownTab()
    if (tab === undefined) return
    const [vault, { fromKept }] = await Promise.all([
      this.model.session.connect(),
      import('./past-call.ts'),
    ])
    const kept = await vault.keptCalls(tab)
    this.calls.value = kept
      .map(fromKept)
      .filter((call) => call !== undefined)
      .reverse()
    if (kept.length === 0) this.clear()
  }
}

const mostCalls = 50
/** Bytes of all bodies; those of the oldest calls are let go. */
const mostBytes = 32 * 1024 * 1024

function withinMemory(calls: readonly KeptPastCall[]): KeptPastCall[] {
  let bytes = 0
  return calls.slice(0, mostCalls).map((call) => {
    bytes += call.body?.size ?? 0
    if (bytes <= mostBytes) return call
    const { body: _gone, ...rest } = call
    return rest
  })
}
