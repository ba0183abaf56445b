/** What the list needs besides the calls. */
export type ListSettings = {
  timeZone: string
  /** The server's clock as the page was made. */
  now: string
  dispositions: readonly { code: string; label: string }[]
  agents: readonly { id: string; name: string }[]
  /** Titles of the topics in use. */
  titles: Readonly<Record<string, string>>
}
