import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { passwordFaults } from '#lib/access/password-rules.ts'
import { ROLES } from '#lib/access/roles.ts'

const LENGTH = /characters or more/

test('agents, authors and clinicians need twelve characters; supervisors, officers and admins fifteen', () => {
  const words = 'marble otter viol'
  for (const role of ROLES) {
    const least = role === 'agent' || role === 'author' || role === 'clinician' ? 12 : 15
    expect(passwordFaults(words.slice(0, least - 1), [role]).join(), role).toMatch(LENGTH)
    expect(passwordFaults(words.slice(0, least), [role]), role).toEqual([])
  }
  expect(passwordFaults('marble otter', ['agent', 'admin']).join(), 'the stricter of two roles').toMatch(LENGTH)
})

test('length counts characters as people do, in any script', () => {
  expect(passwordFaults('👩👨🐶🐱🐭🐹🐰🦊🐻🐼🐨', ['agent']).join()).toMatch(LENGTH)
  expect(passwordFaults('👩👨🐶🐱🐭🐹🐰🦊🐻🐼🐨🐯', ['agent'])).toEqual([])
  expect(passwordFaults('лошадь верблюд', ['agent'])).toEqual([])
})

test('any password of random words is good, however long, and with any character at all', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 3, maxLength: 20 }), { minLength: 7, maxLength: 30 }), (words) => {
      const password = words.join(' ')
      const isVaried = new Set(password.toLowerCase()).size >= 5
      if (isVaried && [...password].length >= 15) expect(passwordFaults(password, ['admin'])).toEqual([])
    }),
  )
})

test('what people guess first is refused, dressed up or not, and is no fault inside something longer', () => {
  for (const guess of [
    'passwordpassword',
    'Password1234!',
    'CALLSIDEcallside',
    'helpline2026!',
    'qwertyuiop12',
    '1234567890ab',
    'letmeinletmein',
    'iloveyou-1234',
  ])
    expect(passwordFaults(guess, ['agent']).join(), guess).toMatch(/guess first/)
  expect(passwordFaults('no password is a good otter', ['agent'])).toEqual([])
})

test('few characters over and over are refused', () => {
  for (const dull of ['aaaaaaaaaaaaaaaa', 'abababababababab', 'AaAaAaAaAaAaAaAa', '121212121212121212'])
    expect(passwordFaults(dull, ['agent']).join(), dull).toMatch(/different/)
})

test('every fault is a sentence that says what to do or what is wrong', () => {
  for (const fault of passwordFaults('', ['admin'])) expect(fault).toMatch(/^[A-Z].*\.$/)
  expect(passwordFaults('', ['admin']).length).toBeGreaterThan(0)
})
