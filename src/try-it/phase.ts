/** What the panel is doing. `asking`: whether a call that destroys or spends is meant. */
export type Phase = 'idle' | 'asking' | 'sending' | 'leaving'
