import type { AstroIntegration, AstroPrerenderer } from 'astro'

/** From as many files on, a build says how far it is instead of naming each. */
const many = 300

/** Milliseconds between two lines. */
const interval = 5000

/**
 * Says how far a large build is. Files of one folder are rendered one after the other, so that the
 * page of an operation and its other forms share what was worked out for the first of them.
 *
 * @param say Takes a line.
 */
export function buildProgress(say: (line: string) => void = console.log): AstroIntegration {
  return {
    name: 'build-progress',
    hooks: {
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((prerenderer) => withProgress(prerenderer, say))
      },
    },
  }
}

export function withProgress(
  prerenderer: AstroPrerenderer,
  say: (line: string) => void,
): AstroPrerenderer {
  let all = 0
  let pages = 0
  let done = 0
  let started = 0
  let said = 0
  return {
    ...prerenderer,
    async getStaticPaths() {
      const paths = await prerenderer.getStaticPaths()
      all = paths.length
      pages = paths.filter(({ route }) => route.type === 'page').length
      started = performance.now()
      said = started
      if (all >= many) say(`Rendering ${count(pages)} pages, ${count(all)} files in all`)
      return paths.toSorted((a, b) => compare(placeOf(a.pathname), placeOf(b.pathname)))
    },
    async render(request, options) {
      const response = await prerenderer.render(request, options)
      done += 1
      const now = performance.now()
      if (all >= many && (now - said >= interval || done === all)) {
        said = now
        const seconds = (now - started) / 1000
        say(
          done === all
            ? `Rendered ${count(pages)} pages, ${count(all)} files in ${seconds.toFixed(1)} s`
            : `${count(done)} of ${count(all)} files, ${(done / seconds).toFixed(0)} a second`,
        )
      }
      return response
    },
  }
}

/** The same for a page and its other forms: `/a/b/`, `/a/b.md`, `/a/b/data.json`. */
function placeOf(pathname: string): string {
  return pathname.replace(/(?:\/[^/]*)?\.\w+$/, '').replace(/\/$/, '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function count(number: number): string {
  return number.toLocaleString('en')
}
