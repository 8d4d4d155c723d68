export { buildRequest } from '../../request/build-request.ts'
export { headerRefusal } from './headers/header-refusal.ts'
