import { FailureView } from '../failure/FailureView.tsx'
import type { PanelModel } from '../panel-model.ts'
import { StepUp } from '../session/StepUp.tsx'
import { AnswerBar } from './AnswerBar.tsx'
import { AnswerDetails } from './AnswerDetails.tsx'
import type { AnswerView, ShownAnswerView } from './answer-view.ts'
import { Body } from './Body.tsx'
import { Differences } from './Differences.tsx'
import { Ending } from './Ending.tsx'
import { Problem } from './Problem.tsx'

/** An answer, or what went wrong in true words. */
export function ShownAnswer({ view, model }: { view: AnswerView; model: PanelModel }) {
  if (view.kind === 'answer') return <Whole view={view} model={model} />
  return <FailureView view={view} model={model} />
}

function Whole({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  return (
    <>
      <AnswerBar view={view} model={model} />
      {view.offer && <StepUp offer={view.offer} model={model} />}
      <Problem view={view} model={model} />
      <Differences view={view} />
      <AnswerDetails view={view} />
      <Body view={view} />
      <Ending view={view} model={model} />
    </>
  )
}
