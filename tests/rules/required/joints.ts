import { ask, flags, type RequiredQuestion, type RequiredRedFlag } from './ask.ts'

/** Neck, joints, hands, fibromyalgia, exercise and gels: what the evidence asks of each. */
export const QUESTIONS_JOINTS: readonly RequiredQuestion[] = [
  ask('neck-pain', 'Q1', 'emergency', 'accident fall stiff ankylosing'),
  ask('neck-pain', 'Q2', 'emergency', 'fever|temperature stiff headache suddenly weak numb arm|limb leg|limb face speak|speech swallow'),
  ask('neck-pain', 'Q3', 'emergency', 'suddenly clumsy unsteady electric'),
  ask('neck-pain', 'Q3', 'same-day', 'clumsy unsteady days weeks'),
  ask('neck-pain', 'Q4', 'emergency', '50 headache scalp jaw'),
  ask('neck-pain', 'Q4', 'same-day', '50 headache scalp jaw'),
  ask('neck-pain', 'Q5', 'within-days', 'weeks pins cold_arm'),

  ask('osteoarthritis', 'Q1', 'same-day', 'one_joint suddenly hot red swollen unwell|ill'),
  ask('osteoarthritis', 'Q2', 'within-days', 'morning stiff 30 hands feet swollen weeks'),
  ask('osteoarthritis', 'Q3', 'within-days', 'sleep work walk'),

  ask('knee-pain', 'Q1', 'emergency', 'hurt|injur out_of_place|out_of_shape foot cold numb'),
  ask('knee-pain', 'Q2', 'same-day', 'hot red swollen fever|temperature shiver'),
  ask('knee-pain', 'Q3', 'same-day', 'weight bend straighten lock give_way|giving_way'),
  ask('knee-pain', 'Q4', 'emergency', 'breath chest'),
  ask('knee-pain', 'Q4', 'same-day', 'calf swollen hot throb'),
  ask('knee-pain', 'Q5', 'within-days', 'weeks'),

  ask('hip-pain', 'Q1', 'emergency', 'fall injur|knock stand move shorter turned', { unsure: 'emergency' }),
  ask('hip-pain', 'Q1', 'same-day', 'fall injur|knock walk', { unsure: 'emergency' }),
  ask('hip-pain', 'Q2', 'emergency', 'drowsy wake|rouse blue mottled fit rash glass'),
  ask('hip-pain', 'Q2', 'same-day', '16'),
  ask('hip-pain', 'Q3', 'same-day', 'sudden severe hot fever|temperature'),
  ask('hip-pain', 'Q4', 'within-days', 'alendronic steroid'),
  ask('hip-pain', 'Q5', 'within-days', 'weeks wak'),

  ask('shoulder-pain', 'Q1', 'emergency', 'chest tight breath sweat left_arm heav'),
  ask('shoulder-pain', 'Q2', 'same-day', 'sudden very_bad move arm shape swollen pins feeling hot cold fall both_shoulders fever|temperature unwell|ill'),
  ask('shoulder-pain', 'Q3', 'emergency', '50 both_shoulders sight'),
  ask('shoulder-pain', 'Q3', 'same-day', '50 both_shoulders headache jaw'),
  ask('shoulder-pain', 'Q4', 'within-days', 'two_weeks'),

  ask('carpal-tunnel-syndrome', 'Q1', 'emergency', 'sudden face speech leg'),
  ask('carpal-tunnel-syndrome', 'Q2', 'same-day', 'clumsy hands legs unsteady'),
  ask('carpal-tunnel-syndrome', 'Q3', 'within-days', 'numb all_the_time drop thumb getting_thin|thinn|wast'),
  ask('carpal-tunnel-syndrome', 'Q4', 'within-days', 'splint six|6 weeks'),

  ask('raynauds', 'Q1', 'emergency', 'cold white numb hours'),
  ask('raynauds', 'Q1', 'same-day', 'finger toe colour black sore redness|red_skin spread'),
  ask('raynauds', 'Q2', 'within-days', 'bad worse life one_side joint rash weak 30 12'),

  ask('fibromyalgia', 'Q1', 'emergency', 'thoughts ending life'),
  ask('fibromyalgia', 'Q2', 'same-day', 'new fever|temperature weak'),
  ask('fibromyalgia', 'Q2', 'within-days', 'new usual swell weight'),
  ask('fibromyalgia', 'Q3', 'within-days', 'pain three_months|3_months cause|explain|diagnos'),

  ask('exercise', 'Q1', 'emergency', 'chest collapse'),
  ask('exercise', 'Q2', 'same-day', 'hot swollen joint'),
  ask('exercise', 'Q3', 'within-days', 'heart lung fall'),

  ask('topical-nsaids', 'Q1', 'emergency', 'face swell wheez'),
  ask('topical-nsaids', 'Q2', 'same-day', 'blister sun'),
  ask('topical-nsaids', 'Q3', 'within-days', 'tablets pregnan kidney asthma'),
]

export const RED_FLAGS_JOINTS: readonly RequiredRedFlag[] = [
  ...flags('neck-pain', 'emergency', ['suddenly', 'weak', 'arms|arm', 'legs|leg'], ['working together|coordinat', 'legs|leg'], ['numb', 'face', 'arm', 'hand']),
  ...flags('neck-pain', 'emergency', ['faint'], ['double'], ['speak'], ['swallow'], ['electric shocks', 'back', 'legs']),
  ...flags('neck-pain', 'emergency', ['stiff neck', 'fever'], ['stiff neck', 'headache'], ['stiff neck', 'light'], ['stiff neck', 'rash']),
  ...flags('neck-pain', 'emergency', ['accident'], ['bladder|pee']),
  ...flags(
    'neck-pain',
    'same-day',
    ['have a fever|temperature'],
    ['feel ill|unwell'],
    ['weight'],
    ['cancer'],
    ['hands', 'clumsy'],
    ['walking|walk', 'unsteady', 'days'],
  ),
  ...flags('neck-pain', 'within-days', ['weeks'], ['pins and needles'], ['arm', 'cold']),

  ...flags('osteoarthritis', 'emergency', ['fall|fallen', 'broken'], ['confused'], ['blotchy'], ['breathless|breath']),
  ...flags('osteoarthritis', 'same-day', ['one joint', 'hot', 'red', 'swollen'], ['one joint', 'fever'], ['replaced', 'hot'], ['replaced', 'leak|discharg']),
  ...flags('osteoarthritis', 'within-days', ['worse', 'fast|rapid|quick'], ['stiff', '30 minutes'], ['several', 'small joints', 'swollen']),

  ...flags('knee-pain', 'emergency', ['shape', 'injury|hurt'], ['kneecap', 'out of place|dislocated'], ['foot', 'cold'], ['foot', 'numb'], ['foot', 'pale']),
  ...flags('knee-pain', 'emergency', ['calf', 'breathless'], ['calf', 'chest pain']),
  ...flags('knee-pain', 'same-day', ['very painful'], ['weight on it'], ['badly swollen'], ['shape'], ['locks'], ['gives way'], ['clicks', 'pain|hurt']),
  ...flags('knee-pain', 'same-day', ['hot', 'red', 'fever'], ['shiver'], ['calf is swollen and hot'], ['child', 'knee']),
  ...flags('knee-pain', 'within-days', ['few weeks']),

  ...flags('hip-pain', 'emergency', ['fall', 'lift'], ['fall', 'turn'], ['fall', 'stand'], ['leg', 'shorter'], ['leg', 'turned out']),
  ...flags('hip-pain', 'emergency', ['child', 'limp', 'drowsy'], ['child', 'wake|rouse'], ['child', 'blue'], ['child', 'mottled'], ['child', 'fit']),
  ...flags('hip-pain', 'emergency', ['child', 'rash', 'glass']),
  ...flags('hip-pain', 'same-day', ['fall', 'still walk'], ['sudden', 'severe', 'without'], ['swollen'], ['hot'], ['unwell|ill', 'fever']),
  ...flags('hip-pain', 'same-day', ['child', 'sudden', 'hip', 'thigh', 'knee'], ['child', 'limp'], ['child', 'weight'], ['child', 'temperature']),
  ...flags('hip-pain', 'same-day', ['child', 'hot joint|joint is hot'], ['child', '48 hours']),
  ...flags('hip-pain', 'within-days', ['weeks'], ['sleep|wakes'], ['thigh', 'groin', 'alendronic|bisphosphonate'], ['steroids']),

  ...flags('shoulder-pain', 'emergency', ['tight', 'chest'], ['sweat'], ['breathless'], ['shape', 'hand', 'numb'], ['shape', 'hand', 'cold']),
  ...flags('shoulder-pain', 'emergency', ['left arm', 'heavy']),
  ...flags('shoulder-pain', 'same-day', ['sudden'], ['very bad'], ['move', 'arm'], ['shape'], ['badly swollen'], ['pins and needles'], ['no feeling']),
  ...flags('shoulder-pain', 'same-day', ['hot', 'cold', 'touch'], ['fall'], ['both shoulders', 'severe'], ['fever|temperature'], ['unwell|ill']),
  ...flags('shoulder-pain', 'within-days', ['worse'], ['no better', '2 weeks|two weeks'], ['very hard to move']),

  ...flags('carpal-tunnel-syndrome', 'emergency', ['suddenly', 'numb', 'arm', 'face'], ['suddenly', 'weak', 'arm', 'speech']),
  ...flags('carpal-tunnel-syndrome', 'same-day', ['injury', 'hand', 'cold'], ['injury', 'pale'], ['injury', 'swollen']),
  ...flags(
    'carpal-tunnel-syndrome',
    'within-days',
    ['numb', 'all the time'],
    ['thumb', 'getting thin|wast'],
    ['thumb', 'weak'],
    ['home', 'not'],
    ['both hands', 'neck'],
  ),

  ...flags('raynauds', 'emergency', ['white', 'numb', 'hours']),
  ...flags('raynauds', 'same-day', ['finger', 'toe', 'blue'], ['black'], ['very painful'], ['sore|ulcer', 'infected'], ['sore|ulcer', 'spread']),
  ...flags('raynauds', 'within-days', ['very bad'], ['worse'], ['life'], ['one side'], ['joint'], ['rash'], ['weak'], ['30'], ['under 12']),

  ...flags('fibromyalgia', 'emergency', ['ending your life']),
  ...flags('fibromyalgia', 'same-day', ['fever'], ['weak']),
  ...flags('fibromyalgia', 'within-days', ['swelling'], ['weight'], ['3 months|three months']),

  ...flags('exercise', 'emergency', ['chest pain'], ['faint'], ['breathless']),
  ...flags('exercise', 'same-day', ['joint', 'suddenly', 'swell'], ['lock'], ['new numb'], ['joint', 'hot', 'swollen']),
  ...flags('exercise', 'within-days', ['heart', 'lung'], ['falls']),

  ...flags('topical-nsaids', 'emergency', ['face', 'swell'], ['wheez']),
  ...flags('topical-nsaids', 'same-day', ['rash', 'blisters where'], ['burnt', 'sun']),
  ...flags('topical-nsaids', 'within-days', ['have a rash where'], ['2 weeks|two weeks']),
]
