import type { Locator } from '@playwright/test'
import type { EchoParameter, Typed } from './echo-parameters.ts'

/** Types a parameter in as a reader does: by labels, buttons and the keyboard. */
export async function typeParameter(panel: Locator, { name, typed }: EchoParameter): Promise<void> {
  const label = new RegExp(
    `^${escaped(name)}\\s*(required)?\\s*(path|query|querystring|header|cookie)$`,
  )
  const group = panel.getByRole('group', { name: label })
  if (typeof typed === 'string') await panel.getByRole('textbox', { name: label }).fill(typed)
  else if ('choose' in typed)
    await panel.getByRole('combobox', { name: label }).selectOption(typed.choose)
  else if ('empty' in typed) {
    await panel.getByRole('button', { name: 'Set empty', description: name }).click()
  } else if ('check' in typed) {
    for (const choice of typed.check)
      await group.getByRole('checkbox', { name: choice, exact: true }).check()
  } else await typeInto(group, name, typed)
}

async function typeInto(place: Locator, label: string, typed: Typed): Promise<void> {
  if (typeof typed === 'string') {
    await place.getByRole('textbox', { name: label, exact: true }).fill(typed)
  } else if ('list' in typed) {
    for (const [index, item] of typed.list.entries()) {
      const row = `${label}, value ${index + 1}`
      await addUnlessThere(place, row, `Add a value to ${label}`)
      await typeInto(place, row, item)
    }
  } else if ('members' in typed) {
    const opening = place.getByRole('button', { name: `Add a member to ${label}`, exact: true })
    const other = place.getByRole('button', { name: `Another name in ${label}`, exact: true })
    await opening.or(other).waitFor()
    if (await opening.isVisible()) await opening.press('Enter')
    for (const [name, member] of Object.entries(typed.members)) {
      const row = `${name} of ${label}`
      await addUnlessThere(place, row, `Add ${name} to ${label}`)
      await typeInto(place, row, member)
    }
  }
}

/** An example may have filled in a row already. */
async function addUnlessThere(place: Locator, row: string, button: string): Promise<void> {
  const input = place.getByRole('textbox', { name: row, exact: true })
  const add = place.getByRole('button', { name: button, exact: true })
  await input.or(add).first().waitFor()
  if (!(await input.isVisible())) await add.press('Enter')
}

function escaped(text: string): string {
  return text.replace(/[[\]]/g, '\\$&')
}
