import type { EditorView } from '@codemirror/view'

/**
 * Types over what is selected. Left to itself, Chromium keeps the looks of the selected text in an
 * inline style, which the policy of the page refuses and the browser complains about.
 */
export function replaceSelected(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== 'insertText' || !event.data || event.isComposing) return false
  // Brackets and quotes go around what is selected.
  if (/^["'[{(]$/.test(event.data)) return false
  const { from, to } = selected(view)
  if (from === to) return false
  event.preventDefault()
  view.dispatch({
    changes: { from, to, insert: event.data },
    selection: { anchor: from + event.data.length },
    userEvent: 'input.type',
    scrollIntoView: true,
  })
  return true
}

/** The browser's selection: the editor hears of a change to it a moment later. */
function selected(view: EditorView): { from: number; to: number } {
  // A shadow root has it in Chromium alone.
  const { getSelection } = view.root as Partial<Pick<Document, 'getSelection'>>
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection?.call(view.root) ?? {}
  const { contentDOM } = view
  if (!anchorNode || !focusNode || !contentDOM.contains(anchorNode)) {
    return view.state.selection.main
  }
  const ends = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)]
  return { from: Math.min(...ends), to: Math.max(...ends) }
}
