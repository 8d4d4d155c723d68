import { useEffect, useState } from 'preact/hooks'

/** Address of a blob for as long as the component is there. */
export function useObjectUrl(blob: Blob, type?: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(type === undefined ? blob : blob.slice(0, blob.size, type))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, type])
  return url
}
