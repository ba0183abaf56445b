/** What the bare server is told and tells. It starts as soon as it is imported, so this is apart from it. */

export type BareOrder = { url: string }
export type BareReport = { port: number } | { fault: string }

/** As many connections as Callside's own pool has. */
export const POOL_SIZE = 10
