import { useSignal } from '@preact/signals'
import { useObjectUrl } from './object-url.ts'

/** An image that cannot hold script. */
export function Picture({ blob, mediaType }: { blob: Blob; mediaType: string }) {
  const url = useObjectUrl(blob)
  const isBroken = useSignal(false)
  if (isBroken.value) {
    return <p class="try-quiet try-bad">The answer says it is {mediaType}, but no image shows.</p>
  }
  return url ? (
    <img
      class="try-picture"
      src={url}
      alt="Body of the answer"
      onError={() => {
        isBroken.value = true
      }}
    />
  ) : null
}

export function Media({
  kind: Kind,
  blob,
  mediaType,
}: {
  kind: 'audio' | 'video'
  blob: Blob
  mediaType: string
}) {
  const url = useObjectUrl(blob)
  const isBroken = useSignal(false)
  if (isBroken.value) {
    return <p class="try-quiet try-bad">This browser cannot play {mediaType}. Save it instead.</p>
  }
  return url ? (
    <Kind
      class="try-media"
      src={url}
      controls
      aria-label={`Body of the answer, ${Kind}`}
      onError={() => {
        isBroken.value = true
      }}
    />
  ) : null
}
