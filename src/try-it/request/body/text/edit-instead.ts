import type { PanelModel } from '../../../panel-model.ts'
import type { BodyForm } from '../body-form.ts'
import { type JsonEditor, mountJsonEditor } from './json-editor.ts'

/** Puts the editor in the place of a plain field, with its text, its focus and its selection. */
export function editInstead(
  field: HTMLTextAreaElement,
  host: HTMLElement,
  body: BodyForm,
  model: PanelModel,
): JsonEditor {
  const hadFocus = document.activeElement === field
  const { selectionStart, selectionEnd } = field
  const editor = mountJsonEditor({
    host,
    text: body.text.peek(),
    label: 'Body',
    schema: () => body.media.peek()?.schema,
    onChange: (text) => {
      body.text.value = text
    },
    onBlur: () => body.liftSecrets(),
    onKeyRefused: () => model.request.refuseKey(),
  })
  editor.setProblems(body.problems.peek())
  host.hidden = false
  // The editor takes the focus before the field goes: the keyboard is never without a place.
  if (hadFocus) editor.select(selectionStart, selectionEnd)
  return editor
}
