import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { EditorState, type Extension, Prec, type TransactionSpec } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { graphql } from 'cm6-graphql'
import type { GraphQLSchema } from 'graphql'
import { looksLikeApiKey } from '../../request/api-key.ts'
import { replaceSelected } from '../../try-it/request/body/text/replace-selected.ts'

export interface EditorPlace {
  /** Gets a shadow root: only there does the library write styles that the page's policy allows. */
  host: HTMLElement
  label: string
  text: string
  onChange(text: string): void
  onSend(): void
  /** Something that looks like an API key was kept out. */
  onKeyRefused(): void
}

/** Colours are the page's: its custom properties reach into the shadow root. */
const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--code-bg)', color: 'var(--code-ink)' },
  '&.cm-focused': { outline: '2px solid #ff9d75', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '0.8125rem', lineHeight: '1.65' },
  '.cm-content': { caretColor: 'var(--code-ink)', padding: '0.9rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--code-ink)' },
  '.cm-gutters': { backgroundColor: 'var(--code-bg)', color: 'var(--code-soft)', border: '0' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: '#33405c' },
  '.cm-tooltip': {
    backgroundColor: 'var(--code-bar)',
    color: 'var(--code-ink)',
    border: '1px solid var(--code-line)',
    borderRadius: '8px',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.6rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: '#33405c',
    color: 'var(--code-ink)',
  },
  '.cm-completionInfo': { padding: '0.4rem 0.7rem', maxWidth: '22rem' },
  '.cm-diagnostic': { color: 'var(--code-ink)' },
})

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: '#8fb8ff' },
  { tag: [tags.propertyName, tags.atom], color: '#c9d4e8' },
  { tag: tags.variableName, color: '#ffd38a' },
  { tag: tags.typeName, color: '#9fe0b8' },
  { tag: [tags.string, tags.bool, tags.null], color: '#9fe0b8' },
  { tag: tags.number, color: '#ffb98a' },
  { tag: [tags.comment, tags.punctuation], color: '#a3abba' },
])

/** An editor for a query, with completion and checks by the schema. */
export function queryEditor(place: EditorPlace, schema: GraphQLSchema): EditorView {
  return editor(place, [...graphql(schema)])
}

/** An editor for the variables. */
export function variablesEditor(place: EditorPlace): EditorView {
  return editor(place, [json()])
}

/** Replaces the whole text. */
export function setText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
}

function editor(place: EditorPlace, language: Extension): EditorView {
  const { host, label, text, onChange, onSend, onKeyRefused } = place
  const root = host.attachShadow({ mode: 'open', delegatesFocus: true })
  return new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                onSend()
                return true
              },
            },
          ]),
        ),
        lineNumbers(),
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion(),
        syntaxHighlighting(colours),
        look,
        language,
        keepKeysOut(onKeyRefused),
        // Tab stays a way out, as everywhere on a page.
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': label, autocapitalize: 'off' }),
        EditorView.domEventHandlers({ beforeinput: replaceSelected }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString())
        }),
      ],
    }),
  })
}

/** A change that would put an API key in does not happen; what was typed of one so far goes. */
function keepKeysOut(onRefused: () => void): Extension {
  return EditorState.transactionFilter.of(
    (transaction): TransactionSpec | readonly TransactionSpec[] => {
      if (!transaction.docChanged || !looksLikeApiKey(transaction.newDoc.toString()))
        return transaction
      queueMicrotask(onRefused)
      const before = transaction.startState.doc.toString()
      return [...before.matchAll(/sl_[\w-]*/gi)].map(({ index, 0: begun }) => ({
        changes: { from: index, to: index + begun.length },
        sequential: false,
      }))
    },
  )
}
