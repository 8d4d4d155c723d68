import type { ComponentChildren } from 'preact'

/** A link to a place on the operation's page, which a sheet over the page would cover. */
export function PlaceLink({ anchor, children }: { anchor: string; children: ComponentChildren }) {
  return (
    <a
      href={`#${encodeURIComponent(anchor)}`}
      onClick={({ currentTarget }) => {
        currentTarget.closest('dialog')?.close()
        openAround(document.getElementById(anchor))
      }}
    >
      {children}
    </a>
  )
}

/** What the place is folded into has to be open, or the link leads to nothing. */
function openAround(place: HTMLElement | null): void {
  for (let at = place?.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true
  }
}
