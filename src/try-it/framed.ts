/** True inside a frame of another page, where a click may be meant for something else. */
export function isFramed(): boolean {
  return window.self !== window.top
}
