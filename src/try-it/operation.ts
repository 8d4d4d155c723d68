import type { PanelOperation as DescribedOperation } from '../model/panel.ts'
import type { FormFields, RequestValues } from '../request/index.ts'

export interface PanelOperation extends DescribedOperation {
  /** What its form begins with, the same as what the samples of the page print. */
  example: RequestValues
  fields: FormFields
}
