import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { dispositions, helpline, openingExceptions, openingHours, recordingNotices, serviceNumbers } from '#db/schema/helpline.ts'
import type { ServiceNumber } from '#lib/guidance/terms.ts'

/** Settings to start from; each helpline makes them its own. The hours are the ones the helpline's page gave: Monday to Friday, 9 to 8. */
const LINE = {
  name: 'Sample helpline',
  number: 'Set your number',
  timeZone: 'Europe/London',
  recordsCalls: true,
  canStopRecording: true,
  cannotStopWording:
    'I am not able to stop the recording on this line. You can carry on, or you can end the call and write to us instead. Which would you like?',
}

const NOTICE = {
  wording: 'Before we start: our calls are recorded, for training and to check the quality of what we say. Is it all right to go on? You can say no.',
  purpose: 'Training and quality',
  legalBasis: 'To be decided by your data protection officer',
}

const WEEKDAYS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '20:00' }))

/** Christmas and New Year's Day as an example of an exception. Bank holidays are the helpline's own choice. */
const EXCEPTIONS = [
  { day: '2026-12-25', opens: null, closes: null, reason: 'Christmas Day' },
  { day: '2027-01-01', opens: null, closes: null, reason: "New Year's Day" },
]

const WAYS_TO_END = [
  { code: 'information', label: 'Information given', isData: true, asksDanger: false },
  { code: 'signposted', label: 'Signposted to another service', isData: true, asksDanger: false },
  { code: 'urgent', label: 'Sent to urgent or emergency care', isData: true, asksDanger: false },
  { code: 'caller-ended', label: 'Caller ended before we were done', isData: true, asksDanger: false },
  { code: 'silent', label: 'Silent call', isData: false, asksDanger: true },
  { code: 'wrong-number', label: 'Wrong number', isData: false, asksDanger: false },
  { code: 'abusive', label: 'Abusive call', isData: false, asksDanger: true },
  { code: 'test', label: 'Test call', isData: false, asksDanger: false },
]

/** Settings are written once; numbers that ship with the samples are added when they are new, and never overwritten. */
export async function seedHelpline(tx: Tx, numbers: readonly ServiceNumber[]): Promise<void> {
  const isNew = (await tx.insert(helpline).values(LINE).onConflictDoNothing().returning({ id: helpline.id })).length > 0
  if (isNew) {
    await tx.insert(openingHours).values(WEEKDAYS)
    await tx.insert(openingExceptions).values(EXCEPTIONS)
    await tx.insert(recordingNotices).values({ id: randomUUIDv7(), version: 1, ...NOTICE, effectiveFrom: sql`now()` })
  }
  for (const [position, way] of WAYS_TO_END.entries())
    await tx
      .insert(dispositions)
      .values({ ...way, position })
      .onConflictDoNothing()
  for (const number of numbers) await tx.insert(serviceNumbers).values(number).onConflictDoNothing({ target: serviceNumbers.key })
}
