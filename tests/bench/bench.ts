/**
 * Measures what a build costs and what its pages weigh, for generated documents and for GitHub's,
 * and the same for other generators. `npm run bench -- 10 100` measures two sizes;
 * `npm run bench -- github peers` GitHub's document and the peers on it; `npm run bench -- panel`
 * what the panel of a call costs in Chromium, and `panel-own` that of our own document alone. Without
 * arguments all of it. Prints tables in Markdown. Linux alone: memory is read from `/proc`.
 */
import { cpus } from 'node:os'
import path from 'node:path'
import { installed } from '../corpus/documents.ts'
import { benchOwn, type Result, writeGenerated } from './own.ts'
import { benchPanel, type PanelCost, type PanelSite, type TypingCost } from './panel.ts'
import { benchStarlightOpenapi, type ClientPeer, weighClientPeers } from './peers.ts'

const sizes = [10, 100, 1000, 5000]
const known = [...sizes.map(String), 'github', 'peers', 'galaxy-peers', 'panel', 'panel-own']
const asked = process.argv.slice(2)
const wrong = asked.filter((what) => !known.includes(what))
if (wrong.length > 0) {
  console.error(`Nothing is called ${wrong.join(', ')}: ${known.join(', ')}.`)
  process.exit(2)
}
const wants = (what: string): boolean => asked.length === 0 || asked.includes(what)
const cache = process.env.BENCH_DIR ?? path.resolve('node_modules/.cache/bench')
const needsPackages = ['github', 'peers', 'galaxy-peers', 'panel'].some(wants)
const modules = needsPackages ? installed(cache, import.meta.dirname) : ''
const github = path.join(modules, '@octokit/openapi/generated/api.github.com.json')
const galaxy = path.join(modules, '@scalar/galaxy/dist/3.1.json')

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}\n`)
if (wants('panel') || wants('panel-own')) await printPanels()
if (asked.length > 0 && asked.every((what) => what.startsWith('panel'))) process.exit(0)

console.log(
  '| Document | Operations | Pages | Seconds | Processor s | Pages/s | Peak MiB | KiB an operation | Median page, KiB: HTML + CSS + JS | Worst page, KiB |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const size of sizes.filter((each) => wants(String(each)))) {
  const document = writeGenerated(path.join(cache, 'documents'), size)
  print(await benchOwn('generated', document, size, path.join(cache, 'site')))
}
if (wants('github')) print(await benchOwn('GitHub', github, 1223, path.join(cache, 'site')))
if (wants('peers'))
  print(await benchStarlightOpenapi('GitHub, starlight-openapi', github, 1223, cache))
if (wants('galaxy-peers')) {
  print(await benchOwn('Galaxy', galaxy, 10, path.join(cache, 'site')))
  print(await benchStarlightOpenapi('Galaxy, starlight-openapi', galaxy, 10, cache))
}
if (wants('peers')) printClients('GitHub', weighClientPeers(modules, github))
if (wants('galaxy-peers')) printClients('Galaxy', weighClientPeers(modules, galaxy))

function print(result: Result): void {
  const { name, operations, pages, seconds, cpuSeconds, pagesPerSecond, peakMiB } = result
  const { median, worst, bytesPerOperation } = result
  const cells = [
    name,
    operations,
    pages,
    seconds.toFixed(0),
    cpuSeconds.toFixed(0),
    pagesPerSecond?.toFixed(0) ?? '–',
    peakMiB.toFixed(0),
    (bytesPerOperation / 1024).toFixed(0),
    [median.html, median.css, median.js].map(kiB).join(' + '),
    kiB(worst.html),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

function printClients(document: string, peers: readonly ClientPeer[]): void {
  console.log(`\n| ${document}, before anything can be read, KiB | JS | CSS | Document |`)
  console.log('| --- | --- | --- | --- |')
  for (const { name, js, css, document: weight } of peers) {
    console.log(`| ${name} | ${[js, css, weight].map(kiB).join(' | ')} |`)
  }
}

function kiB(bytes: number): string {
  return (bytes / 1024).toFixed(1)
}

async function printPanels(): Promise<void> {
  const sites: PanelSite[] = [
    {
      name: 'Streamloop, "Create a stream"',
      directory: path.join(cache, 'panel-own'),
      page: 'reference/streams/create-stream/',
    },
  ]
  if (wants('panel')) {
    sites.push(
      {
        name: 'Galaxy, "Update a planet"',
        directory: path.join(cache, 'panel-galaxy'),
        document: galaxy,
        page: 'reference/planets/update-a-planet/',
      },
      {
        name: 'GitHub, "Create an issue"',
        directory: path.join(cache, 'panel-github'),
        document: github,
        page: 'reference/issues/create-an-issue/',
      },
    )
  }
  const panels: PanelCost[] = []
  const typing: TypingCost[] = []
  for (const site of sites) {
    const cost = await benchPanel(site)
    panels.push(cost.panel)
    typing.push(...cost.typing)
  }
  printPages(panels)
  printTyping(typing)
}

function printPages(panels: readonly PanelCost[]): void {
  console.log(
    '| Page | KiB until a click (JavaScript) | Requests | Nodes | First paint, ms (floor) | Largest paint, ms (floor) | Blocking, ms | Click to form, ms | after hover, ms | Panel script, KiB | Panel requests |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const one of panels) {
    const cells = [
      one.name,
      `${kiB(one.bytes)} (${kiB(one.pageScript)})`,
      one.pageRequests,
      one.nodes,
      `${one.firstPaint.toFixed(0)} (${one.floor.firstPaint.toFixed(0)})`,
      `${one.largestPaint.toFixed(0)} (${one.floor.largestPaint.toFixed(0)})`,
      one.blocking.toFixed(0),
      one.cold.toFixed(0),
      one.prefetched.toFixed(0),
      kiB(one.script),
      one.requests,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

function printTyping(costs: readonly TypingCost[]): void {
  console.log('\n| Typing in | Keys | Median, ms | 95 of 100 below, ms | Worst, ms |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const { what, keys, median, slow, worst } of costs) {
    const times = [median, slow, worst].map((time) => time.toFixed(1))
    console.log(`| ${what} | ${keys} | ${times.join(' | ')} |`)
  }
}
