import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const source = fileURLToPath(new URL('../', import.meta.url))
const entry = `${source}try-it/open-panel.tsx`
/** Loaded without the panel, too. */
const others = ['components/page/page.ts', 'try-it/session/marks.ts', 'snippets/languages.ts'].map(
  (file) => source + file,
)

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/**
 * How the scripts of the Try-it panel are split.
 *
 * What every panel needs at once goes into one file: in a file for each set of parts that share
 * something it would weigh a tenth more and take a dozen requests. What pages without a panel need
 * as well stays in files of its own, so that they do not load the panel for it.
 */
export function panelScripts(): Plugin {
  return {
    name: 'panel-scripts',
    config: () => ({
      environments: {
        client: {
          build: { rollupOptions: { output: { codeSplitting: { groups: panelChunks } } } },
        },
      },
    }),
    configResolved({ environments: { client } }) {
      // Its helper would be half the script of a page, to save a part of the panel a round trip.
      // Astro sets it again after whatever the configuration says.
      if (client) client.build.modulePreload = false
    },
  }
}

const panelChunks = [
  { name: sharedChunk, priority: 2 },
  { name: panelChunk, priority: 1 },
]

function panelChunk(id: string, graph: Graph): string | null {
  return closureOf(entry, graph).has(id) && isPanelsOwn(id, graph) ? 'open-panel' : null
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
