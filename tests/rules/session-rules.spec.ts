import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { hasPermission, PERMISSIONS, type Permission, ROLES } from '#lib/access/roles.ts'
import { isSessionLive, sessionLimits } from '#lib/access/session-rules.ts'

const roles = fc.subarray([...ROLES], { minLength: 1 })
const minutes = fc.double({ min: 0, max: 2_000, noNaN: true })
const limits = roles.map(sessionLimits)

test('each role has the limits that the design gives it', () => {
  const agent = { idleMinutes: 15, absoluteMinutes: 600 }
  const other = { idleMinutes: 15, absoluteMinutes: 480 }
  const guarded = { idleMinutes: 10, absoluteMinutes: 480 }
  expect(ROLES.map((role) => [role, sessionLimits([role])])).toEqual([
    ['agent', agent],
    ['supervisor', other],
    ['author', other],
    ['clinician', other],
    ['dpo', guarded],
    ['admin', guarded],
  ])
  expect(sessionLimits([]), 'somebody with no role has no agent’s shift').toEqual(other)
})

test('of several roles the strictest limit counts: another role never makes a session longer', () => {
  fc.assert(
    fc.property(roles, fc.constantFrom(...ROLES), (held, more) => {
      const [before, after] = [sessionLimits(held), sessionLimits([...held, more])]
      expect(after.idleMinutes).toBeLessThanOrEqual(before.idleMinutes)
      expect(after.absoluteMinutes).toBeLessThanOrEqual(before.absoluteMinutes)
    }),
  )
})

test('without a call a session stands exactly while both clocks are under their limits', () => {
  fc.assert(
    fc.property(limits, minutes, minutes, (limit, age, idle) => {
      expect(isSessionLive(limit, age, idle, null)).toBe(age < limit.absoluteMinutes && idle < limit.idleMinutes)
    }),
  )
})

test('a session that stood when the call began stands until the call ends, however long that is', () => {
  fc.assert(
    fc.property(limits, minutes, minutes, minutes, (limit, age, idle, call) => {
      if (isSessionLive(limit, age, idle, null)) expect(isSessionLive(limit, age + call, idle + call, call)).toBe(true)
    }),
  )
})

test('a session that had ended when the call began is not brought back by it', () => {
  fc.assert(
    fc.property(
      limits,
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 0, max: 2_000 }),
      (limit, age, idle, call) => {
        if (!isSessionLive(limit, age, idle, null)) expect(isSessionLive(limit, age + call, idle + call, call)).toBe(false)
      },
    ),
  )
})

test('what several roles may do is what each of them may, and no more', () => {
  const permissions = Object.keys(PERMISSIONS) as Permission[]
  fc.assert(
    fc.property(roles, fc.constantFrom(...permissions), (held, permission) => {
      expect(hasPermission(held, permission)).toBe(held.some((role) => hasPermission([role], permission)))
    }),
  )
  for (const permission of permissions) expect(hasPermission([], permission)).toBe(false)
})

test('authors, clinicians, officers and admins handle and read no calls', () => {
  for (const role of ['author', 'clinician', 'dpo', 'admin'] as const)
    for (const permission of ['calls:handle', 'calls:read', 'calls:review'] as const)
      expect(hasPermission([role], permission), `${role} ${permission}`).toBe(false)
  expect(hasPermission(['agent'], 'calls:review')).toBe(false)
})
