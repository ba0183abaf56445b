'use client'
import { useEffect, useRef } from 'react'
import { say } from '#app/_ui/announcer.tsx'
import { Button } from '#app/_ui/button.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import { useStore } from '#app/_ui/use-store.ts'
import { CALLER_LABELS, CALLER_RELATIONS, MISSING_LABELS, type Missing } from '#lib/calls/terms.ts'
import type { Autosave } from '#lib/desk/autosave.ts'
import type { CallFields, CallRecord, CallSession } from '#lib/desk/call-session.ts'
import { EMERGENCY_SCREEN } from '#lib/desk/library.ts'
import { ApiProblem } from '#lib/http/client.ts'
import { CallLists } from './call-lists.tsx'
import { EscalationForm } from './escalation-form.tsx'
import styles from './log-pane.module.css'
import { Notes } from './notes.tsx'
import { Opening } from './opening.tsx'
import { RecordingActs } from './recording-acts.tsx'
import { SaveLine, wordsOf } from './save-line.tsx'
import type { DeskState } from './use-desk.ts'

/** The call log, beside the guidance. Between calls: what is to finish, and today's calls. */
export function LogPane({ desk, isLive, onFinish }: { desk: DeskState; isLive: boolean; onFinish(): void }) {
  const { call, session, activeId } = desk
  return (
    <section id="desk-log" className={styles.log} aria-label="Call log" tabIndex={-1}>
      {activeId && !call ? (
        <p>{desk.isCallMissing ? 'This call could not be loaded. It is safe on the server; trying again.' : 'Loading the call…'}</p>
      ) : call && session.fields ? (
        <Log key={call.id} call={call} session={session} fields={session.fields} desk={desk} isLive={isLive} onFinish={onFinish} />
      ) : null}
      {isLive ? null : <CallLists desk={desk} />}
    </section>
  )
}

type LogProps = { call: CallRecord; session: CallSession; fields: Autosave<CallFields>; desk: DeskState; isLive: boolean; onFinish(): void }

function Log({ call, session, fields, desk, isLive, onFinish }: LogProps) {
  const values = useStore(fields.values)
  const saved = useStore(fields.state)
  const outbox = useStore(session.outbox.state)
  const isCardUp = useStore(session.card) !== null
  const ways = desk.helpline.data?.dispositions ?? []
  const way = ways.find((each) => each.code === values.dispositionCode)
  const words = wordsOf(saved, outbox.isFailing ? outbox.waiting : 0)
  useEffect(() => {
    if (saved.status !== 'saving' && words) say(words)
  }, [words, saved.status])
  const { reset } = desk.finish
  // What was missing may be there now: the next try says.
  useEffect(() => fields.values.subscribe(reset), [fields, reset])
  const setDisposition = (dispositionCode: string) => fields.set({ dispositionCode })
  const titles = call.topics.filter((topic) => topic !== EMERGENCY_SCREEN).map((topic) => desk.library?.find(topic)?.content.title ?? topic)
  const open = call.escalations.filter((each) => each.outcome === null).length

  return (
    <>
      <header className={styles.head}>
        <h2>Call log</h2>
        <SaveLine state={saved} waiting={outbox.isFailing ? outbox.waiting : 0} />
      </header>
      {outbox.refused.length > 0 ? (
        <div role="alert" className={styles.refused}>
          <strong>Not kept by the server:</strong>
          <ul>
            {outbox.refused.map((each) => (
              <li key={each.key}>
                {each.label}: {each.why}
              </li>
            ))}
          </ul>
          <Button look="quiet" onPress={() => session.outbox.forgetRefused()}>
            I have seen this
          </Button>
        </div>
      ) : null}
      <Opening call={call} session={session} isLive={isLive} ways={ways} chosen={values.dispositionCode} onWay={setDisposition} />
      {call.recordingPolicy.recordsCalls ? <RecordingActs call={call} session={session} isLive={isLive} /> : null}
      {way?.asksDanger ? (
        <div className={styles.danger}>
          <RadioList
            legend="Any sign of danger, illness or fear?"
            options={[
              { value: 'none', label: 'No sign' },
              { value: 'some', label: 'Yes, or perhaps: raise the red flag (F8)' },
            ]}
            value={values.dangerSigns}
            onChange={(dangerSigns) => {
              fields.set({ dangerSigns })
              if (dangerSigns === 'some') session.raiseFlag()
            }}
          />
        </div>
      ) : null}
      <Notes fields={fields} values={values} conflict={saved.conflict} />
      <RadioList
        id="log-caller"
        legend="Who called?"
        options={CALLER_RELATIONS.map((value) => ({ value, label: CALLER_LABELS[value] }))}
        value={values.caller}
        onChange={(caller) => fields.set({ caller })}
        columns={2}
      />
      <p>
        <strong>Reason</strong> {titles.length > 0 ? titles.join(', ') : 'No topic opened'}
      </p>
      <RadioList
        id="log-disposition"
        legend="How did the call end?"
        options={ways.map((each) => ({ value: each.code, label: each.label }))}
        value={values.dispositionCode}
        onChange={setDisposition}
      />
      <h3 id="log-escalation" tabIndex={-1}>
        {call.escalations.length === 0 ? 'No escalation' : open === 0 ? 'Escalations: all have an outcome' : `Escalations: ${open} without an outcome`}
      </h3>
      {isLive ? null : (
        <p>
          <Button onPress={() => session.escalate('emergency')}>Add an escalation to this call</Button>
        </p>
      )}
      {call.escalations.map((escalation) =>
        isCardUp && escalation.outcome === null ? (
          <p key={escalation.id}>The open escalation is on the emergency card.</p>
        ) : (
          <EscalationForm key={escalation.id} escalation={escalation} session={session} />
        ),
      )}
      <footer className={styles.foot}>
        <FinishProblem error={desk.finish.variables === call.id ? desk.finish.error : null} />
        <Button look="main" keys="Ctrl+Enter" onPress={onFinish} isDisabled={desk.finish.isPending}>
          {isLive ? 'End and finish' : 'Finish call'}
        </Button>
      </footer>
    </>
  )
}

/** Where each missing thing is filled in. */
const PLACES: Record<Missing, string> = {
  'recording-notice': 'log-opening',
  caller: 'log-caller',
  disposition: 'log-disposition',
  'escalation-outcome': 'log-escalation',
}

function goTo(id: string) {
  const place = document.getElementById(id)
  const first = place?.querySelector<HTMLElement>('input, button') ?? place
  first?.focus()
}

/** What stands in the way of finishing, with a way to each. Takes focus, so that the next key is of use. */
function FinishProblem({ error }: { error: Error | null }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) summary.current?.focus()
  }, [error])
  if (!error) return null
  const missing = error instanceof ApiProblem && Array.isArray(error.more.missing) ? (error.more.missing as Missing[]) : []
  return (
    <div ref={summary} className="nhsuk-error-summary" role="alert" tabIndex={-1}>
      <h3 className="nhsuk-error-summary__title">{missing.length > 0 ? 'Before this call can be finished' : 'The call is not finished'}</h3>
      {missing.length > 0 ? (
        <ul>
          {missing.map((each) => (
            <li key={each}>
              <Button look="quiet" onPress={() => goTo(PLACES[each])}>
                {MISSING_LABELS[each]}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p>{error instanceof ApiProblem ? (error.detail ?? error.message) : error.message}. Nothing is lost: try again.</p>
      )}
    </div>
  )
}
