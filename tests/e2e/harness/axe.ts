import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * What axe has to say about a page, short enough to be read where a test fails.
 *
 * @param within Selector of the part to look at.
 */
export async function axeFindings(page: Page, within?: string) {
  // In the page itself: to put the findings of frames together, another page would be opened and
  // given all of axe once more, which takes longer than the look. Our pages have no frames.
  expect(page.frames()).toHaveLength(1)
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.map(({ id, nodes }) => ({
    rule: id,
    at: nodes.slice(0, 4).map(({ target, html }) => `${target} ${html}`),
  }))
}
