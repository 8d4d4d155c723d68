import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { readBuiltDocs } from '../docs-mcp/built-docs.ts'
import { createDocsServer } from '../docs-mcp/server.ts'
import { readSite } from '../site.ts'
import { type Command, readArguments } from './command.ts'
import { aborted, stopSignal } from './stop-signal.ts'

export const docsMcp: Command = {
  help: `npm run --silent docs:mcp [-- options]

An MCP server over standard input and output that searches and reads the built docs. It is started
by the program that asks it; "--silent" keeps npm's own lines out of the conversation.

  -h, --help      print this

Environment variables
  OUT_DIR         folder of the build (dist, or .site where there is none)`,

  async run(args) {
    readArguments(args, {})
    const signal = stopSignal()
    const docs = await readBuiltDocs(process.env.OUT_DIR ?? (await anyBuild()))
    const server = createDocsServer(docs, readSite().title)
    const gone = new AbortController()
    process.stdin.once('end', () => gone.abort())
    await server.connect(new StdioServerTransport())
    await aborted(AbortSignal.any([signal, gone.signal]))
    await server.close()
    return 0
  },
}

/** `npm run build` and `npm start` write into different folders. */
async function anyBuild(): Promise<string> {
  const isThere = await stat(join('dist', 'openapi.json')).then(
    () => true,
    () => false,
  )
  return isThere ? 'dist' : '.site'
}
