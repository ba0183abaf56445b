/** Nothing typed is lost: the autosave against a server that drops requests and answers, and a colleague who saves in between. */

import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { Autosave } from '#lib/desk/autosave.ts'
import { ApiProblem } from '#lib/http/client.ts'

type Fields = { notes: string; caller: string | null }
type Row = Fields & { version: number }

/** A server as strict as ours: keys replay, a stale version is refused with the row as it is. */
class Server {
  row: Row = { notes: '', caller: null, version: 1 }
  /** What happens to the next requests: `lost` never arrives, `unheard` is done but its answer is lost. */
  faults: ('lost' | 'unheard')[] = []
  accepted: string[] = []
  readonly #seen = new Map<string, Row>()

  async save(patch: Partial<Fields>, version: number, key: string): Promise<Row> {
    await turn()
    const fault = this.faults.shift()
    if (fault === 'lost') throw new ApiProblem(0, {})
    const known = this.#seen.get(key)
    if (!known && version !== this.row.version) throw new ApiProblem(412, { type: '/problems/version-stale', current: { ...this.row } })
    if (!known) {
      this.row = { ...this.row, ...patch, version: this.row.version + 1 }
      this.#seen.set(key, { ...this.row })
      if (patch.notes !== undefined) this.accepted.push(patch.notes)
    }
    if (fault === 'unheard') throw new ApiProblem(0, {})
    return known ?? { ...this.row }
  }

  /** Somebody else saves. */
  meddle(patch: Partial<Fields>) {
    this.row = { ...this.row, ...patch, version: this.row.version + 1 }
  }
}

const readRow = (row: unknown) => {
  const { version, ...fields } = row as Row
  return { fields, version }
}

function openForm(server: Server) {
  return new Autosave<Fields>({ ...readRow(server.row), save: (patch, version, key) => server.save(patch, version, key), read: readRow })
}

/** Saves without waiting between tries. */
async function flushed(form: Autosave<Fields>, meanwhile: () => void = () => undefined) {
  let isDone = false
  const done = form.flush().then(() => {
    isDone = true
  })
  meanwhile()
  while (!isDone) {
    form.hurry()
    await turn()
  }
  return done
}

const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), notes: fc.string({ minLength: 1, maxLength: 8 }) }),
  fc.record({ do: fc.constant('choose' as const), caller: fc.constantFrom('self', 'carer') }),
  fc.record({
    do: fc.constant('save' as const),
    faults: fc.array(fc.constantFrom('lost' as const, 'unheard' as const), { maxLength: 3 }),
    meanwhile: fc.option(fc.string({ maxLength: 8 })),
  }),
)

test('whatever is lost on the way, the server ends with what was typed last, each save accepted once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const server = new Server()
      const form = openForm(server)
      let expected: Fields = { notes: '', caller: null }
      const change = (patch: Partial<Fields>) => {
        expected = { ...expected, ...patch }
        form.set(patch)
      }
      for (const [at, each] of steps.entries()) {
        // Numbered, so that no two texts are alike and a save that was done twice would show.
        if (each.do === 'type') change({ notes: `${at} ${each.notes}` })
        else if (each.do === 'choose') change({ caller: each.caller })
        else {
          server.faults = [...each.faults]
          await flushed(form, () => each.meanwhile !== null && change({ notes: `${at} ${each.meanwhile}` }))
        }
      }
      server.faults = []
      await flushed(form)
      expect(readRow(server.row).fields).toEqual(expected)
      expect(server.accepted.length).toBe(new Set(server.accepted).size)
      expect(form.isDirty()).toBe(false)
      expect(form.state.get().status).toBe('saved')
    }),
    { numRuns: 200 },
  )
})

test('a colleague’s words are never overwritten in silence: both texts are there until a person chooses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.constantFrom('mine', 'theirs', 'both'), async (mine, theirs, choice) => {
      fc.pre(mine !== theirs)
      const server = new Server()
      const form = openForm(server)
      form.set({ notes: mine })
      server.meddle({ notes: theirs })
      await flushed(form)
      const { conflict } = form.state.get()
      expect(conflict?.mine.notes).toBe(mine)
      expect(conflict?.theirs.notes).toBe(theirs)
      expect(server.row.notes).toBe(theirs)
      const chosen = choice === 'mine' ? mine : choice === 'theirs' ? theirs : `${theirs}\n\n${mine}`
      form.settle({ notes: chosen })
      await flushed(form)
      while (form.state.get().status === 'saving') await turn()
      expect(server.row.notes).toBe(chosen)
      expect(form.values.get().notes).toBe(chosen)
    }),
    { numRuns: 100 },
  )
})

test('a change of another field elsewhere is taken over without asking', async () => {
  const server = new Server()
  const form = openForm(server)
  form.set({ notes: 'Typed here' })
  server.meddle({ caller: 'carer' })
  await flushed(form)
  expect(form.state.get().conflict).toBeNull()
  expect(server.row).toMatchObject({ notes: 'Typed here', caller: 'carer' })
  expect(form.values.get()).toEqual({ notes: 'Typed here', caller: 'carer' })
})

test('what the server refuses stays on the screen, marked as not saved', async () => {
  const server = new Server()
  const form = new Autosave<Fields>({
    ...readRow(server.row),
    save: () => Promise.reject(new ApiProblem(422, { title: 'Some of what was sent cannot be used' })),
    read: readRow,
  })
  form.set({ notes: 'Refused words' })
  await flushed(form)
  expect(form.values.get().notes).toBe('Refused words')
  expect(form.state.get()).toMatchObject({ status: 'unsaved', fault: 'Some of what was sent cannot be used' })
  expect(form.isDirty()).toBe(true)
})
