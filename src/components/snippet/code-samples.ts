import type { SnippetCredential } from '../../model/operation.ts'
import type { ApiRequest } from '../../request/api-request.ts'
import type { Token } from '../../snippets/token.ts'
import { CodeCard } from './code-card.ts'

/**
 * The code samples of an operation. Remembers language and credential, follows the environment,
 * and prints anew what the Try-it panel is about to send (`request-change` on the document); the
 * printers are loaded for that alone.
 */
class CodeSamples extends CodeCard {
  #credentials: SnippetCredential[] = JSON.parse(this.dataset.credentials ?? '[]')
  /** What stood in the place of the credential, by kind. */
  #pieces = new Map<Element, Map<string, DocumentFragment>>()
  #kind = this.#credentials[0]?.kind
  #request?: ApiRequest
  #print?: (request: ApiRequest, credential?: SnippetCredential) => void

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('request-change', this)
    document.addEventListener('environment-change', this)
    this.#show(this.querySelector(`#sample-tab-${CSS.escape(recall('code-language') ?? 'curl')}`))
    this.#use(recall('code-credential'))
    this.#enter(recall('environment'))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('request-change', this)
    document.removeEventListener('environment-change', this)
  }

  override handleEvent(event: Event): void {
    if (!(event instanceof CustomEvent)) super.handleEvent(event)
    else if (event.type === 'environment-change') this.#enter(event.detail.name)
    else void this.#follow(event.detail)
  }

  protected override press(target: HTMLElement): void {
    super.press(target)
    if (target.role === 'tab') remember('code-language', target.id.replace('sample-tab-', ''))
    if (target.matches('.switch button')) {
      const { value } = target as HTMLButtonElement
      this.#use(value)
      remember('code-credential', value)
    }
  }

  #show(tab: HTMLElement | null): void {
    if (tab && tab.ariaSelected !== 'true') this.select(tab)
  }

  /** Changes the credential in every language. */
  #use(kind: string | null | undefined): void {
    const credential = this.#credentials.find((one) => one.kind === kind)
    if (!credential || kind === this.#kind) return
    for (const place of this.querySelectorAll('pre [data-credential]')) {
      const template = place
        .closest('details')
        ?.querySelector<HTMLTemplateElement>(`template[data-credential=${kind}]`)
      const pieces = this.#pieces.get(place) ?? new Map<string, DocumentFragment>()
      const before = document.createDocumentFragment()
      before.append(...place.childNodes)
      pieces.set(this.#kind ?? '', before)
      this.#pieces.set(place, pieces)
      place.append(pieces.get(credential.kind) ?? template?.content.cloneNode(true) ?? '')
    }
    this.#kind = credential.kind
    for (const button of this.querySelectorAll<HTMLButtonElement>('.switch button')) {
      button.ariaPressed = String(button.value === kind)
    }
    this.querySelector('.hint')?.toggleAttribute('hidden', kind !== 'apiKey')
    this.#reprint()
  }

  /** Puts another environment's origin into every address. */
  #enter(name: string | null): void {
    const origins: Record<string, string> = JSON.parse(this.dataset.origins ?? '{}')
    const to = name !== null && Object.hasOwn(origins, name) ? origins[name] : undefined
    if (!to) return
    for (const address of this.querySelectorAll('[data-url]')) {
      const from = Object.values(origins).find((origin) => address.textContent.includes(origin))
      if (from) address.textContent = address.textContent.replace(from, () => to)
    }
  }

  async #follow(request: ApiRequest): Promise<void> {
    this.#request = request
    if (!this.#print) {
      const { languages } = await import('../../snippets/languages.ts')
      this.#print = (latest, credential) => {
        for (const { id, print } of languages) {
          const code = this.querySelector(`[data-language=${id}] code`)
          code?.replaceChildren(...nodes(print(latest, credential)))
        }
      }
    }
    this.#reprint()
  }

  #reprint(): void {
    if (!this.#request) return
    const credential = this.#credentials.find(({ kind }) => kind === this.#kind)
    this.#print?.(this.#request, credential)
    this.#pieces.clear()
  }
}

/** The same as `tokensHtml`, as nodes; the credential needs no mark, since all is printed anew. */
function nodes(row: readonly Token[]): (Node | string)[] {
  return row.map(({ text, kind, url }) => {
    if (kind === undefined && !url) return text
    const span = document.createElement('span')
    if (kind) span.className = `tok-${kind}`
    if (url) span.dataset.url = ''
    span.textContent = text
    return span
  })
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing: the choice lasts for this page.
  }
}

customElements.define('code-card', CodeCard)
customElements.define('code-samples', CodeSamples)
