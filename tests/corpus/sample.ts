import { stat } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../../src/commands/chromium.ts'
import { startStaticServer } from '../../src/hosting/static-server.ts'
import { axeFindings } from '../e2e/harness/axe.ts'

/** Pages of one site that are opened in a browser. */
const most = 8

/** Opens a sample of a built site, the largest and the smallest pages among them. */
export async function lookAt(
  directory: string,
  { base, files }: { base: string; files: readonly string[] },
): Promise<{ looked: number; findings: string[] }> {
  const sample = await sampleOf(directory, files)
  const port = Number(process.env.DOCS_PORT ?? 4321)
  const server = await startStaticServer({ directory, base, port })
  const executablePath = await findChromium()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const findings: string[] = []
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme })
      let at = ''
      page.on('console', (message) => {
        if (message.type() === 'error') findings.push(`${at} (${colorScheme}): ${message.text()}`)
      })
      page.on('pageerror', (error) => findings.push(`${at} (${colorScheme}): ${error.message}`))
      for (const file of sample) {
        at = file
        const address = file.replace(/(^|\/)index\.html$/, '$1')
        await page.goto(`${server.origin}${base === '/' ? '' : base}/${address}`)
        for (const { rule, at: where } of await axeFindings(page)) {
          findings.push(`${file} (${colorScheme}): axe ${rule} at ${where[0]}`)
        }
      }
      await page.close()
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return { looked: sample.length, findings }
}

async function sampleOf(directory: string, files: readonly string[]): Promise<string[]> {
  const reference = files.filter((file) => file.startsWith('reference/'))
  const sized = await Promise.all(
    reference.map(async (file) => ({ file, size: (await stat(path.join(directory, file))).size })),
  )
  const bySize = sized.toSorted((a, b) => b.size - a.size).map(({ file }) => file)
  const middle = bySize[bySize.length >> 1]
  return [
    ...new Set([
      'index.html',
      ...bySize.slice(0, 4),
      ...(middle ? [middle] : []),
      ...bySize.slice(-3),
    ]),
  ].slice(0, most)
}
