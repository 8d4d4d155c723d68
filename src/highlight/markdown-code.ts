import type { ShikiTransformer } from 'shiki'
import { classOf, classTheme, noTimeLimit } from './theme.ts'

/**
 * Gives the code blocks of guides the same classes as every other code, and takes away the styles
 * that Shiki and Astro write on `pre`, lines and words, which the Content-Security-Policy forbids.
 */
const classesForStyles: ShikiTransformer = {
  name: 'classes-for-styles',
  // After Astro's own transformer, which adds an overflow style to `pre`.
  enforce: 'post',
  preprocess(_code, options) {
    options.tokenizeTimeLimit = noTimeLimit
  },
  span(node, _line, _column, _element, token) {
    delete node.properties.style
    const name = classOf(token.color)
    if (name !== undefined) this.addClassToHast(node, name)
  },
  line(node) {
    // Words without a colour need no element.
    node.children = node.children.flatMap((child) =>
      child.type === 'element' && Object.keys(child.properties).length === 0
        ? child.children.filter((inner) => inner.type === 'text')
        : [child],
    )
  },
  root(root) {
    for (const pre of root.children) {
      if (pre.type !== 'element') continue
      delete pre.properties.style
      // Code that is too wide scrolls, which the keyboard must reach as well.
      pre.properties.tabindex = '0'
    }
  },
}

/** For `markdown` in the Astro configuration. */
export const markdownCode = {
  syntaxHighlight: 'shiki',
  shikiConfig: {
    theme: classTheme,
    wrap: null,
    defaultColor: false,
    transformers: [classesForStyles],
  },
} as const
