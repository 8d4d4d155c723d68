export { loadDocument, loadReference } from './load.ts'
export type * from './operation.ts'
export { describeForPanel, type PanelOperation } from './panel.ts'
export { readReference } from './reference.ts'
