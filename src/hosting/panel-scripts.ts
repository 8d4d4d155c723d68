import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'

const source = fileURLToPath(new URL('../', import.meta.url))
const entry = `${source}try-it/open-panel.tsx`
/** Loaded without the panel, too. */
const others = ['components/page/page.ts', 'try-it/session/marks.ts', 'snippets/languages.ts'].map(
  (file) => source + file,
)

/** Stands in a page's script where the names of the panel's files go, once they are known. */
const placeholder = '__panel_files__'

const signIn =
  /[\\/]src[\\/]oauth[\\/](sign-in|homecoming|transaction|client-memory|return-path|hosting-origin)\.ts$/

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/**
 * How the scripts of the Try-it panel are split, and fetched.
 *
 * What every panel needs at once goes into one file: in a file for each set of parts that share
 * something it would weigh a tenth more and take a dozen requests. What pages without a panel need
 * as well stays in files of its own, so that they do not load the panel for it. A page knows all of
 * them by name, so that they are fetched side by side and not one after the other.
 */
export function panelScripts(): Plugin {
  return {
    name: 'panel-scripts',
    config: (_config, { command }) => ({
      define: { __PANEL_FILES__: JSON.stringify(command === 'build' ? placeholder : '') },
      environments: {
        client: {
          build: { rolldownOptions: { output: { codeSplitting: { groups: panelChunks } } } },
        },
      },
    }),
    configResolved({ plugins }) {
      // It puts every dynamic import into a helper that loads style sheets first. No script of ours
      // has one of its own (see below), and the helper would be half the script of a page.
      const all = plugins as Plugin[]
      const kept = all.filter(({ name }) => name !== 'native:import-analysis-build')
      all.splice(0, all.length, ...kept)
    },
    generateBundle(_options, bundle) {
      if (this.environment.name !== 'client') return
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      for (const { name, isDynamicEntry, viteMetadata } of chunks) {
        if (isDynamicEntry && viteMetadata?.importedCss.size) {
          this.error(`Nothing would load the style sheet of ${name}, a later script: use ?url.`)
        }
      }
      const panel = chunks.find(({ facadeModuleId }) => facadeModuleId === entry)
      const files = panel ? withImports(panel, chunks) : []
      const addresses = files.map((file) => this.environment.config.base + file).join(' ')
      for (const chunk of chunks) chunk.code = chunk.code.replace(placeholder, addresses)
    },
  }
}

function withImports(
  chunk: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
): string[] {
  const files = new Set([chunk.fileName])
  // The set grows while it is walked.
  for (const file of files) {
    const found = chunks.find(({ fileName }) => fileName === file)
    for (const imported of found?.imports ?? []) files.add(imported)
  }
  return [...files]
}

const panelChunks = [
  // The way out to a sign-in and the page where it comes back share nearly all of it.
  { name: 'sign-in', priority: 3, test: signIn },
  // A group takes what it imports along: the vault's client needs this one without the rest.
  { name: 'sign-in-error', priority: 4, test: /[\\/]oauth[\\/]sign-in-error\.ts$/ },
  { name: sharedChunk, priority: 2 },
  { name: panelChunk, priority: 1 },
]

function panelChunk(id: string, graph: Graph): string | null {
  // The way in stays by itself: as part of a file that others import from, its names would have to
  // be looked up at run time, by a helper of another file.
  return id !== entry && closureOf(entry, graph).has(id) && isPanelsOwn(id, graph) ? 'panel' : null
}

function sharedChunk(id: string, graph: Graph): string | null {
  if (!closureOf(entry, graph).has(id) || isPanelsOwn(id, graph)) return null
  return /([\w-]+)(\.\w+)?$/.exec(id)?.[1] ?? null
}

function isPanelsOwn(id: string, graph: Graph): boolean {
  return (
    /[\\/](src[\\/](try-it|request)|node_modules[\\/](@preact[\\/]|preact))/.test(id) &&
    !others.some((other) => closureOf(other, graph).has(id))
  )
}

const closures = new WeakMap<Graph, Map<string, Set<string>>>()

/** A module and everything that it imports at once. */
function closureOf(root: string, graph: Graph): Set<string> {
  const known = closures.get(graph) ?? new Map<string, Set<string>>()
  closures.set(graph, known)
  const found = known.get(root)
  if (found) return found
  const closure = new Set([root])
  // The set grows while it is walked.
  for (const id of closure) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) closure.add(imported)
  }
  known.set(root, closure)
  return closure
}
