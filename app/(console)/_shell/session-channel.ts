/** What one tab tells this browser's others: somebody signed in, or the session was ended by hand. */
export type SessionNews = 'in' | 'out'

const CHANNEL = 'callside.session'

const isNews = (data: unknown): data is SessionNews => data === 'in' || data === 'out'

export function tellTabs(news: SessionNews) {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Hears the other tabs. Returns what ends it. */
export function hearTabs(listener: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (message: MessageEvent<unknown>) => {
    if (isNews(message.data)) listener(message.data)
  }
  return () => channel.close()
}
