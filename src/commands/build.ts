import { readSite } from '../site.ts'
import { buildSite } from './build-site.ts'
import { type Command, CommandError, readArguments } from './command.ts'
import { stopSignal } from './stop-signal.ts'

export const build: Command = {
  help: `npm run build [-- options]

Builds the static site for a host of your choice; "_headers" in it holds the security headers.

  -h, --help      print this

Environment variables
  OUT_DIR           folder of the build (dist)
  DOCS_TARGET       production (the default) or local: which addresses the pages name
  WITH_SANDBOX=1    offers the local sandbox beside production
  SITE_URL          address of the docs (https://streamloop.app/docs)
  OPENAPI_DOCUMENT  another OpenAPI document to build the reference from
  GRAPHQL_SCHEMA    and the GraphQL schema beside it
  LENIENT=1         builds a document with broken references: its pages say what is missing
  DOCS_ENVIRONMENTS where its API is, so that pages can call it: Name=https://api.example,…`,

  async run(args) {
    readArguments(args, {})
    const signal = stopSignal()
    // A wrong setting is said before Astro says it with a stack.
    readSite()
    const directory = process.env.OUT_DIR ?? 'dist'
    try {
      const seconds = await buildSite({ directory, env: {}, signal, show: true })
      console.log(`Built into ${directory} in ${seconds?.toFixed(1)} s.`)
      return 0
    } catch (error) {
      // The build has printed what is wrong already.
      if (error instanceof CommandError && error.code === 'build_failed') return 1
      throw error
    }
  },
}
