/** A question over the page, and whatever dialog is open on it. */
export interface Question {
  title: string
  text: string
  /** Label of the button that goes on. */
  yes: string
}

/** Asks with a modal dialog. @returns Whether the reader goes on. */
export function ask({ title, text, yes }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog')
  dialog.className = 'explorer-question'
  dialog.setAttribute('aria-labelledby', 'explorer-question-title')
  const heading = document.createElement('h2')
  heading.id = 'explorer-question-title'
  heading.textContent = title
  const words = document.createElement('p')
  words.textContent = text
  const go = button(yes, 'yes', 'try-send')
  const stay = button('Cancel', 'no', 'try-plain')
  const form = document.createElement('form')
  form.method = 'dialog'
  form.append(go, stay)
  dialog.append(heading, words, form)
  document.body.append(dialog)
  // Keys meant for the question must not reach the page below it.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  dialog.showModal()
  go.focus()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes')
      dialog.remove()
    })
  })
}

function button(label: string, value: string, className: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.value = value
  made.className = className
  made.textContent = label
  return made
}
