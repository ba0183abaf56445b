import { ask, flags, type RequiredQuestion, type RequiredRedFlag } from './ask.ts'

/** The evidence on the topics about daily life: what each must ask, and which signs its cards must name. */
export const QUESTIONS_LIVING: readonly RequiredQuestion[] = [
  ask('osteoporosis-and-fragility-fracture', 'Q1', 'emergency', 'fall get_up stand leg odd head'),
  ask('osteoporosis-and-fragility-fracture', 'Q2', 'emergency', '', { broughtBy: 'cauda-equina-syndrome' }),
  ask('osteoporosis-and-fragility-fracture', 'Q3', 'same-day', 'sudden bad back small|little'),
  ask('osteoporosis-and-fragility-fracture', 'Q4', 'within-days', 'broke|break 50 height|shorter steroid bone_check'),

  ask('fatigue-and-sleep', 'Q1', 'emergency', 'drowsy faint breath'),
  ask('fatigue-and-sleep', 'Q2', 'same-day', 'steroid stopped missed bleed fever|temperature treatment|medicine'),
  ask('fatigue-and-sleep', 'Q3', 'emergency', 'ending_your_life|not_wanting_to_live|harm'),
  ask('fatigue-and-sleep', 'Q3', 'same-day', 'low hopeless'),
  ask('fatigue-and-sleep', 'Q4', 'within-days', 'new last'),

  ask('work', 'Q1', 'emergency', 'work money not_wanting_to_live|ending_your_life'),
  ask('work', 'Q2', 'routine', 'in_work start employ self-employed'),
  ask('work', 'Q3', 'routine', 'employer know'),
  ask('work', 'Q4', 'within-days', 'deadline|date dismiss redundan tribunal'),
  ask('work', 'Q5', 'routine', 'northern_ireland'),

  ask('benefits', 'Q1', 'emergency', 'ending_your_life'),
  ask('benefits', 'Q2', 'same-day', 'food heat money medicine today'),
  ask('benefits', 'Q3', 'within-days', 'letter decision date reply|answer'),
  ask('benefits', 'Q4', 'routine', 'pension_age'),
  ask('benefits', 'Q5', 'routine', 'help form'),

  ask('emotional-wellbeing', 'Q1', 'emergency', 'ending_your_life harm'),
  ask('emotional-wellbeing', 'Q2', 'same-day', 'eating sleeping seeing control'),
  ask('emotional-wellbeing', 'Q3', 'within-days', 'low two_weeks|2_weeks life'),

  ask('carers', 'Q1', 'emergency', 'danger harm_yourself harm_them|harm_the_person'),
  ask('carers', 'Q2', 'same-day', 'manage|cope today ill'),
  ask('carers', 'Q3', 'within-days', 'assessment gp'),

  ask('diet-and-weight', 'Q1', 'same-day', 'weight without_trying vomit|sick'),
  ask('diet-and-weight', 'Q2', 'within-days', 'warfarin methotrexate supplement'),
  ask('diet-and-weight', 'Q3', 'routine', 'ready support|help'),
]

/** The topic on work has none in the evidence. */
export const RED_FLAGS_LIVING: readonly RequiredRedFlag[] = [
  ...flags('osteoporosis-and-fragility-fracture', 'emergency', ['hip', 'broken'], ['head', 'blood thinner']),
  ...flags('osteoporosis-and-fragility-fracture', 'emergency', ['back pain', 'leg', 'weak'], ['back pain', 'bladder|pee']),
  ...flags('osteoporosis-and-fragility-fracture', 'same-day', ['sudden', 'back pain', 'severe|bad'], ['weight', 'leg', 'fall']),
  ...flags('osteoporosis-and-fragility-fracture', 'within-days', ['height', '3 cm'], ['stoop'], ['50', 'bone check']),

  ...flags('fatigue-and-sleep', 'emergency', ['tired', 'wake'], ['breathe|breathing', 'normal']),
  ...flags('fatigue-and-sleep', 'same-day', ['sudden', 'fever'], ['sudden', 'yellow'], ['sudden', 'bleed'], ['sudden', 'black']),
  ...flags('fatigue-and-sleep', 'same-day', ['steroid', 'stopped']),
  ...flags('fatigue-and-sleep', 'within-days', ['new', 'weeks']),

  ...flags('benefits', 'emergency', ['nothing to live on|no money', 'ending your life|suicid']),

  ...flags('emotional-wellbeing', 'emergency', ['plan'], ['mean to|intend']),
  ...flags('emotional-wellbeing', 'same-day', ['cope'], ['eating'], ['sleeping'], ['hear'], ['see']),
  ...flags('emotional-wellbeing', 'within-days', ['low', 'weeks']),

  ...flags('carers', 'emergency', ['danger'], ['unsafe|not safe'], ['collapse'], ['harm yourself']),
  ...flags('carers', 'same-day', ['cope|manage', 'today'], ['ending your life|suicid'], ['abuse'], ['neglect']),

  ...flags('diet-and-weight', 'same-day', ['weight', 'without trying'], ['swallow'], ['fluids|drinks', 'down'], ['diabetes', 'unwell|ill']),
  ...flags('diet-and-weight', 'within-days', ['eating disorder']),
]
