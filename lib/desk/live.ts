/** Which rooms changed, for whoever shows them. `null`: a gap, so ask for everything again. */
export type Change = { room: string; id: string | null } | null

const LOCK = 'callside.live'
const CHANNEL = 'callside.live'
const POLL_MS = 15_000

/**
 * Follows live updates. Of all this browser's tabs one holds the stream and tells the others, since six streams would use up its
 * connections. While no stream is open, asks again every 15 seconds.
 */
export function followChanges(listener: (change: Change) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  const gone = new AbortController()
  let isStreaming = false
  let heardAt = 0
  channel.onmessage = (message: MessageEvent<Change | 'alive'>) => {
    heardAt = performance.now()
    if (message.data !== 'alive') listener(message.data)
  }
  const tell = (change: Change) => {
    listener(change)
    channel.postMessage(change)
  }
  const poll = setInterval(() => {
    if (!isStreaming && performance.now() - heardAt > POLL_MS) listener(null)
  }, POLL_MS)
  navigator.locks
    .request(LOCK, { signal: gone.signal }, () => {
      const stream = new EventSource('/api/v1/live')
      let wasLost = false
      stream.addEventListener('ready', () => {
        isStreaming = true
        if (wasLost) tell(null)
        wasLost = false
      })
      stream.addEventListener('change', (event) => tell(JSON.parse(event.data) as Change))
      stream.addEventListener('still', () => channel.postMessage('alive'))
      stream.onerror = () => {
        isStreaming = false
        wasLost = true
      }
      return new Promise<void>((resolve) =>
        gone.signal.addEventListener('abort', () => {
          stream.close()
          resolve()
        }),
      )
    })
    .catch(() => undefined)
  return () => {
    gone.abort()
    clearInterval(poll)
    channel.close()
  }
}
