/** Narrower than this, the panel is a sheet over the page. */
const narrow = '(max-width: 760px)'

/**
 * Where the panel stands: in its column on a wide window, in a modal dialog over the page on a
 * narrow one. Follows the window when it changes.
 */
export class Drawer {
  private readonly mount: HTMLElement
  private readonly place: Comment
  private readonly dialog: HTMLDialogElement
  private readonly media = matchMedia(narrow)
  private readonly onClose: () => void
  private isOpen = false

  constructor(mount: HTMLElement, label: string, onClose: () => void) {
    this.mount = mount
    this.onClose = onClose
    this.place = document.createComment('')
    mount.before(this.place)
    this.dialog = document.createElement('dialog')
    this.dialog.className = 'try-drawer'
    this.dialog.setAttribute('aria-label', label)
    this.place.after(this.dialog)
    // Escape and the system's back gesture end here.
    this.dialog.addEventListener('close', () => {
      if (this.isOpen && this.media.matches) this.close()
    })
    this.media.addEventListener('change', () => {
      if (this.isOpen) this.settle()
    })
  }

  open(): void {
    this.isOpen = true
    this.mount.hidden = false
    this.settle()
    this.mount.querySelector<HTMLElement>('.try-panel')?.focus()
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    if (this.dialog.open) this.dialog.close()
    this.mount.hidden = true
    this.onClose()
  }

  private settle(): void {
    if (this.media.matches) {
      if (this.mount.parentElement !== this.dialog) this.dialog.append(this.mount)
      if (!this.dialog.open) this.dialog.showModal()
    } else {
      this.place.after(this.mount)
      if (this.dialog.open) this.dialog.close()
    }
  }
}
