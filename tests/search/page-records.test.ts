import { expect, test } from 'vitest'
import { pageRecords } from '../../src/search/page-records.ts'

const page = `<html><body><nav>Menu</nav><main><h1 id="_top">Errors</h1><p>What goes <b>wrong</b>.</p>
<div data-pagefind-ignore>Noise</div><h2 id="retry">Retry <a class="anchor" href="#retry">#</a></h2>
<p>Wait.</p><pre>sleep 1</pre><button>Copy</button></main></body></html>`

test('each section of a page is found by itself, under the title of the page', () => {
  expect(pageRecords(page, '/guides/errors/', 'Guide')).toEqual([
    {
      kind: 'Guide',
      href: '/guides/errors/',
      title: 'Errors',
      place: '',
      text: 'What goes wrong.',
    },
    {
      kind: 'Guide',
      href: '/guides/errors/#retry',
      title: 'Retry',
      place: 'Errors',
      text: 'Wait. sleep 1',
    },
  ])
})

test('a page without a heading is not found', () => {
  expect(pageRecords('<main><p>Hello</p></main>', '/x/', 'Page')).toEqual([])
})
