export { BodyEditor } from './BodyEditor.tsx'
export { BodyForm } from './body-form.ts'
