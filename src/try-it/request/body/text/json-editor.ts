import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { Annotation, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, tooltips } from '@codemirror/view'
import type { JsonSchema } from '../../../../model/operation.ts'
import { looksLikeApiKey } from '../../../../request/index.ts'
import type { BodyProblem } from '../check-body.ts'
import { colours, looks } from './editor-looks.ts'
import { placeOf } from './problem-place.ts'
import { replaceSelected } from './replace-selected.ts'
import { schemaCompletion } from './schema-completion.ts'

export interface JsonEditorOptions {
  /** Takes the editor up, in a shadow root: its styles are sheets there, which the policy allows. */
  host: HTMLElement
  text: string
  label: string
  /** Asked when completing. */
  schema(): JsonSchema | undefined
  onChange(text: string): void
  onBlur(): void
  /** Something that looks like an API key was kept out. */
  onKeyRefused(): void
}

export interface JsonEditor {
  /** Shows a text that was not typed here. */
  setText(text: string): void
  setProblems(problems: readonly BodyProblem[]): void
  select(start: number, end: number): void
  destroy(): void
}

const fromOutside = Annotation.define<boolean>()

/** Characters around a change in which a key is looked for; a whole text would be too slow. */
const around = 400

/** CodeMirror for JSON: colours, folding, completion and messages by the schema. */
export function mountJsonEditor(options: JsonEditorOptions): JsonEditor {
  const root = options.host.shadowRoot ?? options.host.attachShadow({ mode: 'open' })
  root.replaceChildren()
  // What the editor holds, as one string: to make it of the lines takes long in a long text.
  let shown = options.text
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        codeFolding(),
        foldGutter({ openText: '▾', closedText: '▸' }),
        json(),
        syntaxHighlighting(colours),
        looks,
        schemaCompletion(options.schema),
        EditorView.lineWrapping,
        tooltips({ position: 'absolute' }),
        // Ctrl+Enter is for sending; Tab leaves the editor after Escape, as CodeMirror has it.
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ...historyKeymap,
          ...foldKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        EditorState.transactionFilter.of((transaction) => {
          if (!transaction.docChanged || transaction.annotation(fromOutside)) return transaction
          let holdsKey = false
          transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
            const { newDoc } = transaction
            const start = Math.max(0, from - around)
            holdsKey ||= looksLikeApiKey(newDoc.sliceString(start, to + around))
          })
          if (!holdsKey) return transaction
          queueMicrotask(() => {
            eraseWord(view)
            options.onKeyRefused()
          })
          return []
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          shown = update.state.doc.toString()
          if (update.transactions.some((one) => one.annotation(fromOutside))) return
          options.onChange(shown)
        }),
        EditorView.domEventHandlers({
          blur: () => options.onBlur(),
          beforeinput: (event, editor) => replaceSelected(event, editor),
        }),
      ],
    }),
  })
  return {
    setText(text) {
      if (text === shown) return
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: fromOutside.of(true),
      })
    },
    setProblems(problems) {
      const diagnostics = problems.map(({ path, message }): Diagnostic => {
        const { start, end } = placeOf(shown, path, message)
        return { from: start, to: end, severity: 'warning', message }
      })
      view.dispatch(setDiagnostics(view.state, diagnostics))
      view.contentDOM.setAttribute('aria-invalid', String(problems.length > 0))
    },
    select(start, end) {
      view.focus()
      const { length } = view.state.doc
      view.dispatch({ selection: { anchor: Math.min(start, length), head: Math.min(end, length) } })
    },
    destroy: () => view.destroy(),
  }
}

/** Takes away what of a key had got in before it could be recognised. */
function eraseWord(view: EditorView): void {
  const { head } = view.state.selection.main
  const line = view.state.doc.lineAt(head)
  const before = /[^\s"',:{}[\]]*$/.exec(line.text.slice(0, head - line.from))?.[0].length ?? 0
  const after = /^[^\s"',:{}[\]]*/.exec(line.text.slice(head - line.from))?.[0].length ?? 0
  if (before + after > 0) view.dispatch({ changes: { from: head - before, to: head + after } })
}
