import { ask, flags, type RequiredQuestion, type RequiredRedFlag } from './ask.ts'

/** Inflammatory conditions: what the evidence asks of each, written down from the evidence and not from the topics. */
export const QUESTIONS_INFLAMMATORY: readonly RequiredQuestion[] = [
  ask('rheumatoid-arthritis', 'Q1', 'same-day', 'unwell fever one_joint hotter'),
  ask('rheumatoid-arthritis', 'Q2', 'same-day', 'methotrexate biologic jak steroid sore_throat cough shingles infection'),
  ask('rheumatoid-arthritis', 'Q3', 'within-days', 'diagnos swollen stiff morning'),
  ask('rheumatoid-arthritis', 'Q4', 'within-days', 'diagnosed worse'),
  ask('rheumatoid-arthritis', 'Q5', 'routine', 'information work pregnan feel|emotion'),

  ask('rheumatoid-arthritis-flare', 'Q1', 'same-day', 'fever one_joint far_worse|much_worse red'),
  ask('rheumatoid-arthritis-flare', 'Q2', 'same-day', 'infection antibiotics unwell immune'),
  ask('rheumatoid-arthritis-flare', 'Q3', 'same-day', 'steroid'),
  ask('rheumatoid-arthritis-flare', 'Q3', 'within-days', 'missed run_out stopped'),
  ask('rheumatoid-arthritis-flare', 'Q4', 'within-days', '5 7 days flares keep'),

  ask('psoriatic-arthritis', 'Q1', 'same-day', 'eye red painful blur'),
  ask('psoriatic-arthritis', 'Q2', 'same-day', 'hot_joint|joint_hot fever infection treatment'),
  ask('psoriatic-arthritis', 'Q3', 'within-days', 'new joint swelling diagnos'),

  ask('axial-spondyloarthritis', 'Q1', 'emergency', 'fall crash sudden new_pain stiff_spine'),
  ask('axial-spondyloarthritis', 'Q2', 'emergency', '', { broughtBy: 'cauda-equina-syndrome' }),
  ask('axial-spondyloarthritis', 'Q3', 'emergency', 'sudden lost|loss sight'),
  ask('axial-spondyloarthritis', 'Q3', 'same-day', 'red painful eye light blur'),
  ask('axial-spondyloarthritis', 'Q4', 'within-days', '45 3_months|three_months rest'),

  ask('gout', 'Q1', 'same-day', 'shiver feverish sick eat worse'),
  ask('gout', 'Q2', 'same-day', 'immun diabetes foot wound replaced'),
  ask('gout', 'Q3', 'within-days', 'first'),
  ask('gout', 'Q4', 'within-days', 'allopurinol febuxostat attack'),
  ask('gout', 'Q5', 'within-days', 'two_or_more tophi|lumps kidney water_tablets'),

  ask('pseudogout', 'Q1', 'same-day', 'new hot swollen joint'),
  ask('pseudogout', 'Q2', 'same-day', 'hot ill'),
  ask('pseudogout', 'Q2', 'within-days', 'coming_back'),

  ask('polymyalgia-rheumatica', 'Q1', 'emergency', 'lost|loss sight blur double'),
  ask('polymyalgia-rheumatica', 'Q2', 'same-day', 'new headache scalp jaw chew'),
  ask('polymyalgia-rheumatica', 'Q3', 'emergency', 'steroid vomit faint very_ill'),
  ask('polymyalgia-rheumatica', 'Q3', 'same-day', 'steroid stopped vomit'),
  ask('polymyalgia-rheumatica', 'Q4', 'within-days', 'stiffness coming_back|return dose'),
  ask('polymyalgia-rheumatica', 'Q5', 'within-days', 'new diagnos week'),

  ask('giant-cell-arteritis', 'Q1', 'emergency', 'change sight'),
  ask('giant-cell-arteritis', 'Q2', 'emergency', 'face arm speech'),
  ask('giant-cell-arteritis', 'Q3', 'same-day', '50 new_headache tender|sore scalp jaw eat|chew'),
  ask('giant-cell-arteritis', 'Q4', 'same-day', 'giant_cell polymyalgia coming_back|return'),

  ask('septic-arthritis', 'Q1', 'emergency', 'confus blotchy breathless pee die|dying'),
  ask('septic-arthritis', 'Q2', 'same-day', 'one_joint sudden painful swollen hot colour'),
  ask('septic-arthritis', 'Q3', 'same-day', 'replaced injected immune steroid'),

  ask('lupus', 'Q1', 'emergency', 'chest_pain breathless fit sudden weak'),
  ask('lupus', 'Q2', 'same-day', 'fever infection treatment pregnant unwell'),
  ask('lupus', 'Q3', 'same-day', 'ankles face swell pee'),
  ask('lupus', 'Q3', 'within-days', 'pee chang'),
  ask('lupus', 'Q4', 'within-days', 'flare usual symptoms'),

  ask('juvenile-idiopathic-arthritis', 'Q1', 'emergency', 'drowsy mottled fit rash fade breathing_hard'),
  ask('juvenile-idiopathic-arthritis', 'Q2', 'same-day', 'fever limp hot_joint not_stand'),
  ask('juvenile-idiopathic-arthritis', 'Q3', 'same-day', 'eye red painful sight odd'),
  ask('juvenile-idiopathic-arthritis', 'Q3', 'within-days', 'eye_checks'),
  ask('juvenile-idiopathic-arthritis', 'Q4', 'same-day', 'methotrexate biologic chickenpox infection'),
  ask('juvenile-idiopathic-arthritis', 'Q5', 'within-days', 'weeks stiff'),
]

/** "Sepsis signs" of the evidence, as its first screen spells them out. */
const SEPSIS_SIGNS = [['confus'], ['slur'], ['blotchy', 'blue', 'pale'], ['breath']]

const CAUDA_EQUINA_SIGNS = [['numb', 'genitals', 'buttocks', 'thighs'], ['pee'], ['poo'], ['both legs', 'weak', 'pins and needles'], ['sexual']]

/** "General screen" of the evidence: the signs of the emergency first screen. */
const GENERAL_SCREEN = [
  ['unconscious', 'fit'],
  ['chok', 'breath'],
  ['chest'],
  ['arm', 'jaw', 'sweat'],
  ['face', 'arm', 'speech'],
  ['lips|tongue|throat', 'swell'],
  ['fever', 'confus', 'blotchy'],
  ['rash', 'glass'],
  ['numb', 'legs', 'pee'],
  ['both legs', 'weak'],
  ['sight', 'double'],
  ['too much', 'harmed'],
  ['fall', 'stand'],
  ['bleeding', 'vomit'],
]

export const RED_FLAGS_INFLAMMATORY: readonly RequiredRedFlag[] = [
  ...flags('rheumatoid-arthritis', 'emergency', ['breathless'], ['chest pain'], ...SEPSIS_SIGNS, ['breathe', 'fast'], ['rash', 'glass']),
  ...flags('rheumatoid-arthritis', 'same-day', ['one joint', 'hot', 'rest'], ['fever', 'unwell'], ['infection', 'immune'], ['red', 'painful', 'eye']),
  ...flags('rheumatoid-arthritis', 'within-days', ['joints', 'swollen', 'couple of weeks', 'no diagnosis']),

  ...flags('rheumatoid-arthritis-flare', 'emergency', ...GENERAL_SCREEN),
  ...flags('rheumatoid-arthritis-flare', 'same-day', ['red', 'hot', 'swollen', 'fever'], ['immune', 'ill'], ['cannot walk'], ['hands']),
  ...flags('rheumatoid-arthritis-flare', 'within-days', ['no better', 'worse', '5 to 7 days'], ['flares', 'often']),

  ...flags('psoriatic-arthritis', 'same-day', ['red', 'painful', 'eye'], ['light'], ['hot', 'fever'], ['immune', 'ill']),
  ...flags('psoriatic-arthritis', 'within-days', ['family', 'joint', 'swollen'], ['psoriasis', 'sausage'], ['psoriasis', 'stiff', 'morning']),

  ...flags('axial-spondyloarthritis', 'emergency', ['fall', 'jolt', 'new', 'neck or back|neck or your back', 'ankylosing'], ...CAUDA_EQUINA_SIGNS, [
    'lose sight|lost sight',
  ]),
  ...flags('axial-spondyloarthritis', 'same-day', ['red', 'painful', 'eye'], ['light'], ['sight', 'blur']),
  ...flags('axial-spondyloarthritis', 'within-days', ['45', '3 months', 'rest', 'no diagnosis'], ['night', 'stiff', 'morning']),

  ...flags('gout', 'same-day', ['pain', 'worse'], ['very high temperature', 'shivers'], ['sick', 'eat'], ['immune'], ['replaced']),
  ...flags('gout', 'within-days', ['first attack'], ['usual treatment', 'not working']),

  ...flags('pseudogout', 'emergency', ...SEPSIS_SIGNS, ['pee'], ['die|dying']),
  ...flags(
    'pseudogout',
    'same-day',
    ['new', 'hot', 'swollen'],
    ['sudden', 'painful'],
    ['colour'],
    ['shivery', 'unwell'],
    ['replaced', 'injected', 'steroids', 'immune'],
  ),

  ...flags('polymyalgia-rheumatica', 'emergency', ['lose any sight|loss of sight|lose sight'], ['double']),
  ...flags(
    'polymyalgia-rheumatica',
    'same-day',
    ['new', 'severe', 'headache'],
    ['jaw', 'eat'],
    ['scalp', 'tender'],
    ['ill', 'vomiting'],
    ['run out', 'steroid'],
  ),
  ...flags('polymyalgia-rheumatica', 'within-days', ['stiff', 'week']),

  ...flags('giant-cell-arteritis', 'emergency', ['loss of sight'], ['blur'], ['double'], ['shade', 'eye'], ['face', 'arm', 'speech']),
  ...flags('giant-cell-arteritis', 'same-day', ['new headache', 'temples'], ['scalp'], ['jaw', 'tongue', 'chew'], ['fever'], ['weight']),

  ...flags('septic-arthritis', 'emergency', ...SEPSIS_SIGNS, ['pee'], ['die|dying']),
  ...flags('septic-arthritis', 'same-day', ['one joint', 'sudden', 'painful'], ['swollen', 'hot', 'colour'], ['hot', 'shivery', 'unwell']),
  ...flags('septic-arthritis', 'same-day', ['replaced'], ['injected'], ['steroids', 'immune']),

  ...flags('lupus', 'emergency', ['you have chest pain'], ['breathless'], ['fit'], ['face', 'arm', 'speech'], ['confused']),
  ...flags('lupus', 'same-day', ['fever', 'infection', 'immune'], ['one leg', 'swollen and painful'], ['pregnant', 'unwell']),
  ...flags('lupus', 'within-days', ['ankles', 'face', 'swell'], ['frothy', 'bloody'], ['new rash'], ['ulcers'], ['lupus', 'no diagnosis']),

  ...flags('juvenile-idiopathic-arthritis', 'emergency', ['drowsy'], ['mottled'], ['fit'], ['rash', 'fade'], ['breathing hard']),
  ...flags('juvenile-idiopathic-arthritis', 'same-day', ['limp', 'fever'], ['hot joint', 'fever'], ['weight', 'leg'], ['no better', '48 hours']),
  ...flags('juvenile-idiopathic-arthritis', 'same-day', ['eye', 'red', 'painful'], ['change', 'sight'], ['chickenpox', 'immune']),
  ...flags('juvenile-idiopathic-arthritis', 'within-days', ['swollen', 'weeks'], ['morning stiffness', 'weeks']),
]
