import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

interface Props<P> {
  load(): Promise<ComponentType<P>>
  props: P
}

/** A part of the panel whose code comes when it is first shown. */
export function Later<P extends object>({ load, props }: Props<P>) {
  const part = useSignal<{ Part: ComponentType<P> } | undefined>(undefined)
  useEffect(() => {
    void load().then((Part) => {
      part.value = { Part }
    })
  }, [])
  return part.value ? <part.value.Part {...props} /> : null
}
