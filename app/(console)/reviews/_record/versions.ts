import { useQueries } from '@tanstack/react-query'
import type { Block } from '#lib/guidance/terms.ts'
import { api } from '#lib/http/client.ts'
import { type CallRecord, type GuidanceVersion, guidanceVersion } from '../queries.ts'
import { versionIdsOf } from './timeline.ts'

/** The versions a call was answered from, by id, as far as they are here. */
export type Versions = {
  find(versionId: string): GuidanceVersion | undefined
  findBlock(versionId: string, blockId: string): Block | undefined
  hasFailed: boolean
}

export function useVersions(record: CallRecord): Versions {
  return useQueries({
    queries: versionIdsOf(record).map((versionId) => guidanceVersion(api, versionId)),
    combine: (results) => {
      const versions = new Map(results.flatMap(({ data }) => (data ? [[data.versionId, data] as const] : [])))
      return {
        find: (versionId: string) => versions.get(versionId),
        findBlock: (versionId: string, blockId: string) => versions.get(versionId)?.content.blocks.find((block) => block.id === blockId),
        hasFailed: results.some((result) => result.isError),
      }
    },
  })
}
