import type { PanelModel } from '../panel-model.ts'
import { readSavedForm } from '../request/saved-form.ts'
import { readShared } from './share-link.ts'

/** Fills in what a link carries. It is shown, and never sent by itself. */
export function takeShared(model: PanelModel): void {
  const saved = readSavedForm(readShared(location.hash), model.operation.id)
  history.replaceState(history.state, '', location.pathname + location.search)
  if (!saved) return
  const { form, request } = model
  form.restore(saved)
  // Whatever a secret field holds is an example; nothing secret comes with a link.
  if (!form.holdsApiKey()) return
  form.clear()
  request.refuseKey()
}
