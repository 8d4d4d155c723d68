import bash from '@shikijs/langs/bash'
import go from '@shikijs/langs/go'
import graphql from '@shikijs/langs/graphql'
import html from '@shikijs/langs/html'
import http from '@shikijs/langs/http'
import javascript from '@shikijs/langs/javascript'
import php from '@shikijs/langs/php'
import powershell from '@shikijs/langs/powershell'
import python from '@shikijs/langs/python'
import typescript from '@shikijs/langs/typescript'
import xml from '@shikijs/langs/xml'
import yaml from '@shikijs/langs/yaml'
import { createHighlighterCoreSync, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { escapeHtml } from '../snippets/html.ts'
import { jsonTokens } from './json-tokens.ts'
import { classOf, classTheme, noTimeLimit } from './theme.ts'

const languages = [
  bash,
  go,
  graphql,
  html,
  http,
  javascript,
  php,
  powershell,
  python,
  typescript,
  xml,
  yaml,
]

let shared: HighlighterCore | undefined

/** Reading the grammars takes a while, so it happens once and not before code is there to colour. */
function highlighter(): HighlighterCore {
  shared ??= createHighlighterCoreSync({
    themes: [classTheme],
    langs: languages,
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  return shared
}

/** The same examples stand on many pages. */
const known = new Map<string, string>()

/**
 * Colours code at build time.
 *
 * @param lang A name such as `bash`, `sh`, `json` or `application/problem+json`; code in a
 * language that is not known stays plain.
 * @returns HTML for inside `<pre><code>`: text and `<span class="tok-…">`, no styles.
 */
export function highlight(code: string, lang: string): string {
  const key = `${lang}\n${code}`
  const before = known.get(key)
  if (before !== undefined) return before
  const made = colour(code, languageOf(lang))
  if (known.size > 2_000) known.clear()
  known.set(key, made)
  return made
}

function colour(code: string, lang: string): string {
  if (lang === 'json') {
    return jsonTokens(code)
      .map(({ text, kind }) => span(text, kind && `tok-${kind}`))
      .join('')
  }
  if (!highlighter().getLoadedLanguages().includes(lang)) return escapeHtml(code)
  const tokens = highlighter().codeToTokensBase(code, {
    lang,
    theme: classTheme.name ?? '',
    tokenizeTimeLimit: noTimeLimit,
  })
  return tokens
    .map((line) => {
      const words: { text: string; name: string | undefined }[] = []
      for (const { content, color } of line) {
        const name = classOf(color)
        const last = words.at(-1)
        if (last && last.name === name) last.text += content
        else words.push({ text: content, name })
      }
      return words.map(({ text, name }) => span(text, name)).join('')
    })
    .join('\n')
}

function span(text: string, name: string | undefined): string {
  const content = escapeHtml(text)
  return name === undefined ? content : `<span class="${name}">${content}</span>`
}

/** Reads a language name or a media type. */
function languageOf(lang: string): string {
  const name = (lang.split(';')[0] ?? '').trim().toLowerCase()
  if (/^(.*[/+])?json(c|5|l)?$/.test(name)) return 'json'
  if (/^.*[/+]xml$/.test(name)) return 'xml'
  if (/^.*[/+-]yaml$/.test(name)) return 'yaml'
  return name.replace(/^text\/(?=html|javascript)/, '')
}
