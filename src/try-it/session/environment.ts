import type { Environment } from '../../site.ts'

const key = 'environment'

/** The environment the reader picked last, else the first of this build. */
export function chosenEnvironment(): Environment {
  let name: string | null = null
  try {
    name = localStorage.getItem(key)
  } catch {
    // A browser that keeps nothing: the first one.
  }
  const found = __ENVIRONMENTS__.find((environment) => environment.name === name)
  const chosen = found ?? __ENVIRONMENTS__[0]
  if (!chosen) throw new Error('This site was built without an environment.')
  return chosen
}

/** Keeps the choice and tells the rest of the page. */
export function rememberEnvironment({ name }: Environment): void {
  try {
    localStorage.setItem(key, name)
  } catch {
    // It holds for this page.
  }
  document.dispatchEvent(new CustomEvent('environment-change', { detail: { name } }))
}
