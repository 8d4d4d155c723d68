// Plain JavaScript, so that an old Node can still read it and say what is wrong.
const [major, minor] = process.versions.node.split('.').map(Number)
// 22.18 is the first release that runs TypeScript without a flag, as the commands are written in it.
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old for this command: it needs 22.18 or newer.\n` +
      'On Linux and Windows "npm ci" installs a fitting one beside the project. Run it again ' +
      'without --omit=optional; elsewhere install Node 24 from nodejs.org.',
  )
  process.exit(1)
}
await import('./compile-cache.mjs')
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
