import { queryOptions } from '@tanstack/react-query'
import { type ApiClient, unwrap } from '#lib/http/client.ts'
import type { CallListInput } from './filters.ts'

const readList = (client: ApiClient, input: CallListInput) => unwrap(client.calls.$get({ query: input }))
const readRecord = (client: ApiClient, id: string) => unwrap(client.calls[':id'].$get({ param: { id } }))
const readVersion = (client: ApiClient, versionId: string) => unwrap(client.guidance.versions[':versionId'].$get({ param: { versionId } }))
const readHelpline = (client: ApiClient) => unwrap(client.helpline.$get())

export type CallListItem = Awaited<ReturnType<typeof readList>>['calls'][number]
export type CallRecord = Awaited<ReturnType<typeof readRecord>>
export type GuidanceVersion = Awaited<ReturnType<typeof readVersion>>
export type Helpline = Awaited<ReturnType<typeof readHelpline>>

/** A page of the team's calls. */
export const teamCalls = (client: ApiClient, input: CallListInput) =>
  queryOptions({ queryKey: ['calls', 'list', input], queryFn: () => readList(client, input) })

/**
 * One record under review. Its key is not among the calls': each reading writes to the audit trail, so nothing but the reader asks
 * for it again.
 */
export const callRecord = (client: ApiClient, id: string) =>
  queryOptions({ queryKey: ['reviews', 'record', { id }], queryFn: () => readRecord(client, id), staleTime: Infinity })

/** One guidance version, whose words never change. */
export const guidanceVersion = (client: ApiClient, versionId: string) =>
  queryOptions({
    queryKey: ['guidance', 'version', { versionId }],
    queryFn: () => readVersion(client, versionId),
    staleTime: Infinity,
  })
