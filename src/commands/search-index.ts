/** Makes the search's index of the site in `OUT_DIR`: the program that `buildSite` runs last. */
import { writeSearchIndex } from '../search/write-index.ts'
import { readSite } from '../site.ts'

const started = performance.now()
const count = await writeSearchIndex(process.env.OUT_DIR ?? 'dist', readSite().base)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`${count.toLocaleString('en')} records for the search in ${seconds} s`)
