import type {
  DocumentedAnswer,
  DocumentedContent,
  PanelAnswers,
} from '../../../model/panel-answers.ts'

const loaded = new Map<string, Promise<PanelAnswers>>()

/**
 * Reads what the document says about the answers of a page's operation, once.
 *
 * @param address Of the page's `answers.json`.
 */
export function loadAnswers(address: string): Promise<PanelAnswers> {
  const known = loaded.get(address)
  if (known) return known
  const loading = fetch(address, { credentials: 'same-origin' }).then(async (response) => {
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
    return (await response.json()) as PanelAnswers
  })
  loaded.set(address, loading)
  loading.catch(() => loaded.delete(address))
  return loading
}

/** The documented answer for a status: the status itself, its range, or the default. */
export function answerFor({ answers }: PanelAnswers, status: number): DocumentedAnswer | undefined {
  const range = `${Math.floor(status / 100)}xx`
  return (
    answers.find((answer) => answer.status === String(status)) ??
    answers.find((answer) => answer.status.toLowerCase() === range) ??
    answers.find((answer) => answer.status === 'default')
  )
}

/** The documented content for a media type: the type itself, then `image/*`, then any. */
export function contentFor(
  { content }: DocumentedAnswer,
  mediaType: string,
): DocumentedContent | undefined {
  const [kind = ''] = mediaType.split('/')
  const essence = (text: string) => text.split(';')[0]?.trim().toLowerCase()
  return [mediaType, `${kind}/*`, '*/*']
    .map((wanted) => content.find((one) => essence(one.mediaType) === wanted))
    .find((found) => found !== undefined)
}
