import type { RequiredQuestion, RequiredRedFlag } from './ask.ts'
import { QUESTIONS_INFLAMMATORY, RED_FLAGS_INFLAMMATORY } from './inflammatory.ts'
import { QUESTIONS_JOINTS, RED_FLAGS_JOINTS } from './joints.ts'
import { QUESTIONS_LIVING, RED_FLAGS_LIVING } from './living.ts'
import { QUESTIONS_MEDICINES, RED_FLAGS_MEDICINES } from './medicines.ts'
import { QUESTIONS_SPINE, RED_FLAGS_SPINE } from './spine.ts'

export const REQUIRED_QUESTIONS: readonly RequiredQuestion[] = [
  ...QUESTIONS_INFLAMMATORY,
  ...QUESTIONS_JOINTS,
  ...QUESTIONS_LIVING,
  ...QUESTIONS_MEDICINES,
  ...QUESTIONS_SPINE,
]

export const REQUIRED_RED_FLAGS: readonly RequiredRedFlag[] = [
  ...RED_FLAGS_INFLAMMATORY,
  ...RED_FLAGS_JOINTS,
  ...RED_FLAGS_LIVING,
  ...RED_FLAGS_MEDICINES,
  ...RED_FLAGS_SPINE,
]
