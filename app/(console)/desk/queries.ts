import { queryOptions } from '@tanstack/react-query'
import { type ApiClient, unwrap } from '#lib/http/client.ts'

const getHelpline = (client: ApiClient) => unwrap(client.helpline.$get())
const getLibrary = (client: ApiClient) => unwrap(client.guidance.library.$get())
const listCalls = (client: ApiClient, filter: CallFilter) => unwrap(client.calls.$get({ query: { whose: 'mine', limit: '20', ...filter } }))
const getCall = (client: ApiClient, id: string) => unwrap(client.calls[':id'].$get({ param: { id } }))

type CallFilter = { phase?: 'live' | 'to-finish'; from?: string }
export type Helpline = Awaited<ReturnType<typeof getHelpline>>
export type CallItem = Awaited<ReturnType<typeof listCalls>>['calls'][number]

export const helplineQuery = (client: ApiClient) =>
  queryOptions({ queryKey: ['helpline', 'get'], queryFn: () => getHelpline(client), refetchInterval: 60_000, staleTime: 30_000 })

/** Every topic in use, kept until the server says that guidance changed. */
export const libraryQuery = (client: ApiClient) =>
  queryOptions({ queryKey: ['guidance', 'library'], queryFn: () => getLibrary(client), staleTime: 300_000, gcTime: Number.POSITIVE_INFINITY })

export const myCallsQuery = (client: ApiClient, filter: CallFilter) =>
  queryOptions({ queryKey: ['calls', 'list', filter], queryFn: () => listCalls(client, filter) })

export const callQuery = (client: ApiClient, id: string) => queryOptions({ queryKey: ['calls', 'get', id], queryFn: () => getCall(client, id) })
