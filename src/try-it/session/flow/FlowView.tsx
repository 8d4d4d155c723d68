import { useEffect, useState } from 'preact/hooks'
import type { FlowStep } from '../../../oauth/flow/flow-step.ts'
import type { PanelModel } from '../../panel-model.ts'
import { type ShownStep, shownSteps, wholeScript } from './shown-steps.ts'

/** Each step of the sign-in as it was taken, and as a command that takes it again. */
export function FlowView({ model }: { model: PanelModel }) {
  const [steps, setSteps] = useState<FlowStep[]>()
  const session = model.session.current.value
  useEffect(() => {
    void model.session.flow().then(setSteps)
  }, [model, session])
  if (!steps) return <p class="try-note">Asking for the steps.</p>
  if (steps.length === 0) {
    return (
      <p class="try-note">
        This browser has kept no steps. They are kept with the sign-in, and only as long as it.
      </p>
    )
  }
  const shown = shownSteps(steps, `${model.title} docs`)
  return (
    <div class="try-flow">
      <p>
        The sign-in as it went, secrets left out: <code>$CODE</code> and its like are for you to
        fill in.{' '}
        <button type="button" class="try-plain" data-copy={wholeScript(shown)}>
          Copy all of it
        </button>
      </p>
      <ol>
        {shown.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </ol>
    </div>
  )
}

function Step({ step }: { step: ShownStep }) {
  const { title, text, script, outcome, answer, skipped } = step
  return (
    <li>
      <div class="try-step">
        <p>
          <strong>{title}</strong> {outcome && <span class="try-soft">{outcome}</span>}
        </p>
        <button type="button" class="try-small" data-copy={script} aria-label={`Copy: ${title}`}>
          Copy
        </button>
      </div>
      <p>{text}</p>
      {skipped && <p class="try-soft">{skipped}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre tabIndex={0}>{script}</pre>
      {answer && (
        <details>
          <summary>Answer</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
          <pre tabIndex={0}>{answer}</pre>
        </details>
      )}
    </li>
  )
}
