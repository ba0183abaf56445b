'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { say, sayAtOnce } from '#app/_ui/announcer.tsx'
import { LIVE_STATES } from '#lib/calls/terms.ts'
import { CallSession } from '#lib/desk/call-session.ts'
import { DeskLibrary } from '#lib/desk/library.ts'
import { ApiProblem, api, unwrap, writeHeaders } from '#lib/http/client.ts'
import type { Person } from '../_shell/person.ts'
import { callQuery, helplineQuery, libraryQuery, myCallsQuery } from './queries.ts'

/** Midnight at this desk, for "today's calls". */
function startOfToday(): string {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}

/**
 * What the desk works on: the live call if there is one, else the one chosen to finish. The form is bound to that call's id, so
 * that nothing typed for one call can reach another.
 */
export function useDesk() {
  const queries = useQueryClient()
  const [today] = useState(startOfToday)
  const [chosen, choose] = useState<string | null>(null)
  const helpline = useQuery(helplineQuery(api))
  const libraryAnswer = useQuery(libraryQuery(api))
  const live = useQuery(myCallsQuery(api, { phase: 'live' }))
  const toFinish = useQuery(myCallsQuery(api, { phase: 'to-finish' }))
  const todays = useQuery(myCallsQuery(api, { from: today }))
  const library = useMemo(() => (libraryAnswer.data ? new DeskLibrary(libraryAnswer.data) : null), [libraryAnswer.data])

  const activeId = live.data?.calls[0]?.id ?? chosen
  const record = useQuery({ ...callQuery(api, activeId ?? ''), enabled: activeId !== null })
  const call = record.data && record.data.id === activeId ? record.data : null
  const { session, between } = useSession(activeId, call)
  useEffect(() => {
    if (call?.state === 'finished') choose(null)
  }, [call?.state])

  const start = useMutation({
    mutationFn: () => unwrap(api.calls.$post({ header: writeHeaders(crypto.randomUUID()), json: {} })),
    onSuccess: (made) => choose(made.id),
    onError: (error) => sayAtOnce(`The call could not be started. ${error.message}`),
  })
  const end = useMutation({
    mutationFn: (id: string) => actOn(id, 'end'),
    onMutate: (id) => choose(id),
    onError: (error) => sayAtOnce(`The call could not be ended. ${error.message}`),
  })
  const hold = useMutation({ mutationFn: ({ id, act }: { id: string; act: 'hold' | 'resume' }) => actOn(id, act) })
  const finish = useMutation({
    mutationFn: async (id: string) => {
      await session.settleAll().catch(() => {
        throw new ApiProblem(0, { title: 'Not everything is saved yet, so the call stays open' })
      })
      return actOn(id, 'finish')
    },
    onSuccess: (_, id) => {
      queries.removeQueries({ queryKey: ['calls', 'get', id] })
      choose(null)
      say('Call finished')
      document.getElementById('desk-bar')?.focus()
    },
  })
  return {
    helpline,
    library,
    isLibraryMissing: libraryAnswer.isError,
    live,
    toFinish,
    todays,
    activeId,
    call,
    isCallMissing: record.isError,
    session,
    between,
    choose,
    start,
    end,
    hold,
    finish,
  }
}

export type DeskPerson = Person & { isDemo: boolean }
export type DeskState = ReturnType<typeof useDesk>

function actOn(id: string, act: 'end' | 'hold' | 'resume' | 'finish') {
  return unwrap(api.calls[':id'][act].$post({ param: { id }, header: writeHeaders(crypto.randomUUID()) }))
}

/** One session for each call, made once its record is here; between calls, one that keeps nothing. */
function useSession(activeId: string | null, call: Parameters<CallSession['follow']>[0] | null) {
  const idle = useRef<CallSession | null>(null)
  const held = useRef(new Map<string, CallSession>())
  idle.current ??= new CallSession(null)
  if (call && !held.current.has(call.id)) {
    const session = new CallSession(call)
    // A flag raised between calls goes with the next call, never with one that has ended.
    if (LIVE_STATES.includes(call.state)) {
      session.adopt(idle.current.card.get())
      idle.current.lowerCard()
    }
    held.current.set(call.id, session)
  }
  const session = (activeId && held.current.get(activeId)) || idle.current
  useEffect(() => {
    if (call && session.id === call.id) session.follow(call)
  }, [call, session])
  useEffect(() => {
    const save = () => void session.fields?.flush()
    const warn = (event: BeforeUnloadEvent) => {
      if (session.isUnsaved()) event.preventDefault()
    }
    document.addEventListener('visibilitychange', save)
    window.addEventListener('beforeunload', warn)
    return () => {
      document.removeEventListener('visibilitychange', save)
      window.removeEventListener('beforeunload', warn)
    }
  }, [session])
  return { session, between: idle.current }
}
