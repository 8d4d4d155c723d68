import { creditsOf, priceInWords } from './price.ts'

/** Hidden where script does not run: the table above it says the most. */
class CreditCalculator extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    const output = this.querySelector('output')
    if (!form || !output) return
    const rates: Record<string, Record<string, number>> = JSON.parse(this.dataset.rates ?? '{}')
    const [row, column] = form.querySelectorAll('select')
    const [hours, days] = form.querySelectorAll('input')
    const show = () => {
      const creditsPerMinute = rates[row?.value ?? '']?.[column?.value ?? '']
      const plan = { hoursADay: Number(hours?.value), days: Number(days?.value) }
      output.textContent =
        creditsPerMinute !== undefined && form.checkValidity()
          ? priceInWords(
              creditsOf({ creditsPerMinute, ...plan }),
              Number(this.dataset.creditsPerDollar),
            )
          : 'A day has up to 24 hours.'
    }
    form.addEventListener('input', show)
    form.addEventListener('submit', (event) => event.preventDefault())
    show()
    this.hidden = false
  }
}

customElements.define('credit-calculator', CreditCalculator)
