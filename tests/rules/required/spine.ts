import { ask, flags, type RequiredQuestion, type RequiredRedFlag } from './ask.ts'

/** The evidence on the spine, its treatments and medicines, and the calls that come before any topic. */
const caudaEquina = { broughtBy: 'cauda-equina-syndrome' }

export const QUESTIONS_SPINE: readonly RequiredQuestion[] = [
  ask('emergency-first-screen', 'Q1', 'emergency', 'unconscious wake fit'),
  ask('emergency-first-screen', 'Q2', 'emergency', 'breath chok sentence'),
  ask('emergency-first-screen', 'Q3', 'emergency', 'chest tight arm neck jaw back sweat sick'),
  ask('emergency-first-screen', 'Q4', 'emergency', 'face arm speech sudden'),
  ask('emergency-first-screen', 'Q5', 'emergency', 'lips tongue throat swell medicine injection'),
  ask('emergency-first-screen', 'Q6', 'emergency', 'fever|temperature infect confus slur blotchy blue pale rash glass fast'),
  ask('emergency-first-screen', 'Q7', 'emergency', 'numb legs buttocks pee poo both_legs|both_your_legs'),
  ask('emergency-first-screen', 'Q8', 'emergency', 'sight|vision double sudden'),
  ask('emergency-first-screen', 'Q9', 'emergency', 'too_much harm about_to'),
  ask('emergency-first-screen', 'Q10', 'emergency', 'fall accident stand move bleed vomit'),

  ask('cauda-equina-syndrome', 'Q1', 'emergency', 'numb tingl odd genitals back_passage buttocks thighs'),
  ask('cauda-equina-syndrome', 'Q2', 'emergency', 'start stop feel control pee full'),
  ask('cauda-equina-syndrome', 'Q3', 'emergency', 'leak poo know'),
  ask('cauda-equina-syndrome', 'Q4', 'emergency', 'pain weak pins both_legs told'),
  ask('cauda-equina-syndrome', 'Q5', 'emergency', 'change sexual'),

  ask('back-pain', 'Q1', 'emergency', '', caudaEquina),
  ask('back-pain', 'Q2', 'emergency', 'accident chest tearing faint'),
  ask('back-pain', 'Q3', 'emergency', 'cancer weak numb unsteady'),
  ask('back-pain', 'Q3', 'same-day', 'cancer'),
  ask('back-pain', 'Q4', 'same-day', 'temperature|fever shiver ill weight'),
  ask('back-pain', 'Q5', 'same-day', 'night ly sleep ease'),
  ask('back-pain', 'Q6', 'same-day', 'foot weak catch'),
  ask('back-pain', 'Q7', 'same-day', 'bones steroid sudden small'),
  ask('back-pain', 'Q8', 'within-days', 'six|6 worse work sleep'),

  ask('physical-therapies', 'Q1', 'emergency', 'session numb legs pee|bladder both_legs face arm speech headache'),
  ask('physical-therapies', 'Q2', 'within-days', 'worse days session'),
  ask('physical-therapies', 'Q3', 'routine', 'wash dress stairs work'),

  ask('spinal-injections-and-surgery', 'Q1', 'emergency', '', caudaEquina),
  ask('spinal-injections-and-surgery', 'Q2', 'emergency', 'recent headache stiff fever confus'),
  ask('spinal-injections-and-surgery', 'Q3', 'emergency', 'breath chest'),
  ask('spinal-injections-and-surgery', 'Q3', 'same-day', 'leg swollen hot throb'),
  ask('spinal-injections-and-surgery', 'Q4', 'same-day', 'wound temperature'),
  ask('spinal-injections-and-surgery', 'Q5', 'routine', 'decid treatment'),

  ask('sciatica', 'Q1', 'emergency', '', caudaEquina),
  ask('sciatica', 'Q2', 'same-day', 'foot leg weak trip tiptoe heel'),
  ask('sciatica', 'Q3', 'same-day', 'temperature|fever ill weight cancer'),
  ask('sciatica', 'Q4', 'within-days', 'gabapentin pregabalin diazepam opioid worr'),
  ask('sciatica', 'Q5', 'within-days', 'weeks worse'),

  ask('spinal-stenosis', 'Q1', 'emergency', '', caudaEquina),
  ask('spinal-stenosis', 'Q2', 'same-day', 'leg weak days fall'),
  ask('spinal-stenosis', 'Q3', 'within-days', 'walk less'),

  ask('paracetamol', 'Q1', 'emergency', 'more pack purpose'),
  ask('paracetamol', 'Q2', 'emergency', 'mistake 8 24_hours two_products'),
  ask('paracetamol', 'Q3', 'within-days', '50 liver drink warfarin'),

  ask('nsaids', 'Q1', 'emergency', 'vomit blood black faint chest tummy face swell wheez'),
  ask('nsaids', 'Q2', 'same-day', 'black pee ankles'),
  ask('nsaids', 'Q3', 'same-day', 'pregnant 20_weeks'),
  ask(
    'nsaids',
    'Q4',
    'within-days',
    'ulcer bleed heart_failure stroke blood_pressure kidney liver asthma allergic bowel 65 pregnan chickenpox aspirin inflammatory blood_thinner',
  ),

  ask('opioids', 'Q1', 'emergency', 'drowsy wake|rouse slow too_much'),
  ask('opioids', 'Q2', 'same-day', 'run_out stopped sweat shak sick'),
  ask('opioids', 'Q3', 'within-days', 'more_than prescribed cut_down'),
  ask('opioids', 'Q4', 'within-days', 'gabapentin pregabalin diazepam sleeping_tablets alcohol'),

  ask('amitriptyline-duloxetine', 'Q1', 'emergency', 'too_much collaps fit heart'),
  ask('amitriptyline-duloxetine', 'Q2', 'emergency', 'thoughts harm'),
  ask('amitriptyline-duloxetine', 'Q3', 'same-day', 'agitat fever shak pee'),
  ask('amitriptyline-duloxetine', 'Q4', 'within-days', 'drowsy stop weeks'),

  ask('gabapentinoids', 'Q1', 'emergency', 'breathing slow awake too_much fit'),
  ask('gabapentinoids', 'Q2', 'emergency', 'harm'),
  ask('gabapentinoids', 'Q2', 'same-day', 'thoughts harm'),
  ask('gabapentinoids', 'Q3', 'same-day', 'run_out stopped sudden'),
  ask('gabapentinoids', 'Q4', 'within-days', 'pregnant planning opioid alcohol stop sciatica'),

  ask('suicidal-thoughts', 'Q1', 'emergency', 'done harm taken'),
  ask('suicidal-thoughts', 'Q2', 'emergency', 'killing plan way|means time safe', { unsure: 'emergency' }),
  ask('suicidal-thoughts', 'Q2', 'same-day', 'killing', { unsure: 'emergency' }),
  ask('suicidal-thoughts', 'Q3', 'same-day', 'with_you'),
  ask('suicidal-thoughts', 'Q4', null, '18'),

  ask('safeguarding', 'Q1', 'emergency', 'danger now'),
  ask('safeguarding', 'Q2', 'same-day', 'speak freely'),
  ask('safeguarding', 'Q3', 'same-day', 'child adult protect'),
  ask('safeguarding', 'Q4', 'same-day', 'agree pass'),

  ask('difficult-calls', 'Q1', 'emergency', 'danger scream threat chok safe'),
  ask('difficult-calls', 'Q2', 'emergency', 'ill suicid'),
  ask('difficult-calls', 'Q3', null, 'plan number'),
]

const CAUDA_EQUINA_SIGNS = [['numb', 'genitals|buttocks|between'], ['pee|bladder'], ['poo|bowel'], ['both legs'], ['sexual|sex']]

export const RED_FLAGS_SPINE: readonly RequiredRedFlag[] = [
  ...flags('emergency-first-screen', 'emergency', ['unconscious', 'fit'], ['chok', 'sentence'], ['chest'], ['sweat', 'jaw'], ['face', 'speech']),
  ...flags('emergency-first-screen', 'emergency', ['tongue', 'swell'], ['fever', 'confus', 'blotchy'], ['rash', 'glass'], ['numb', 'legs']),
  ...flags('emergency-first-screen', 'emergency', ['pee', 'poo'], ['both legs', 'weak'], ['sight', 'double'], ['too much', 'harmed']),
  ...flags('emergency-first-screen', 'emergency', ['fall', 'stand'], ['bleeding'], ['vomiting blood']),

  ...flags('cauda-equina-syndrome', 'emergency', ...CAUDA_EQUINA_SIGNS),

  ...flags('back-pain', 'emergency', ...CAUDA_EQUINA_SIGNS, ['chest pain'], ['accident'], ['tearing', 'faint'], ['cancer', 'leg', 'weak']),
  ...flags('back-pain', 'same-day', ['fever|temperature'], ['weight'], ['lump|shape'], ['night'], ['lie flat'], ['immun', 'fever|temperature'], ['inject']),
  ...flags('back-pain', 'same-day', ['foot', 'drop|drag'], ['cancer', 'new'], ['osteoporosis|thin bones', 'steroid', 'sudden']),
  ...flags('back-pain', 'within-days', ['first', '20', '55'], ['weeks'], ['daily']),

  ...flags('physical-therapies', 'emergency', ...CAUDA_EQUINA_SIGNS, ['chest pain'], ['accident'], ['tearing', 'faint'], ['cancer', 'legs']),
  ...flags('physical-therapies', 'emergency', ['suddenly', 'weak'], ['face', 'numb'], ['faint', 'double'], ['electric'], ['stiff neck', 'fever']),
  ...flags('physical-therapies', 'emergency', ['neck', 'accident'], ['neck', 'bladder']),
  ...flags('physical-therapies', 'same-day', ['fever'], ['weight'], ['lump'], ['night'], ['lie flat'], ['immunity'], ['foot', 'drags'], ['cancer', 'spine']),
  ...flags('physical-therapies', 'same-day', ['osteoporosis', 'steroids'], ['neck', 'fever'], ['hands', 'clumsy']),
  ...flags('physical-therapies', 'within-days', ['osteoporosis'], ['axial', 'stiff'], ['blood thinners'], ['cancer']),

  ...flags(
    'spinal-injections-and-surgery',
    'emergency',
    ...CAUDA_EQUINA_SIGNS,
    ['fever', 'stiff neck'],
    ['severe headache', 'injection'],
    ['leg', 'swollen', 'breath'],
  ),
  ...flags('spinal-injections-and-surgery', 'same-day', ['wound', 'leaking'], ['temperature'], ['calf', 'swollen']),

  ...flags('sciatica', 'emergency', ['both legs'], ['numb', 'genitals|back passage'], ['bladder|pee'], ['bowel|poo'], ['weak', 'both legs']),
  ...flags('sciatica', 'same-day', ['foot', 'drop|drag'], ['weak', 'one leg|a leg|the leg|your leg'], ['fever|temperature'], ['cancer']),
  ...flags('sciatica', 'within-days', ['weeks'], ['worse'], ['normal']),

  ...flags('spinal-stenosis', 'emergency', ...CAUDA_EQUINA_SIGNS),
  ...flags('spinal-stenosis', 'same-day', ['weak', 'leg'], ['walk']),
  ...flags('spinal-stenosis', 'within-days', ['walk', 'less|shorter|shrink'], ['foot', 'cold', 'pale'], ['calf']),

  ...flags('paracetamol', 'emergency', ['on purpose'], ['yellow'], ['confused'], ['tummy pain'], ['drowsy'], ['8 tablets', 'well'], ['2 extra', 'well']),

  ...flags('nsaids', 'emergency', ['blood', 'coffee grounds'], ['black poo', 'faint'], ['severe pain', 'tummy'], ['severe pain', 'chest']),
  ...flags('nsaids', 'emergency', ['face', 'swelling'], ['wheez'], ['rash', 'blisters']),
  ...flags('nsaids', 'same-day', ['black', 'tarry'], ['ankles'], ['blood', 'pee'], ['little pee'], ['breathless']),
  ...flags('nsaids', 'within-days', ['heartburn'], ['10 days', 'reviewed']),

  ...flags('opioids', 'emergency', ['sleepy'], ['slow', 'noisy'], ['lips', 'blue'], ['pupils'], ['woken'], ['two patches'], ['overdose']),
  ...flags('opioids', 'same-day', ['confused'], ['falls'], ['pee', 'poo', 'pain'], ['run out']),

  ...flags('amitriptyline-duloxetine', 'emergency', ['small amount'], ['suicide'], ['harming yourself'], ['heart', 'uneven'], ['collapse'], ['fit']),
  ...flags('amitriptyline-duloxetine', 'same-day', ['pee'], ['fever', 'agitated'], ['shaking', 'stiff'], ['yellow'], ['eye pain', 'blurred']),

  ...flags('gabapentinoids', 'emergency', ['breathing', 'shallow'], ['drowsy'], ['overdose'], ['fit'], ['anaphylaxis'], ['suicide', 'act']),
  ...flags('gabapentinoids', 'same-day', ['suicide', 'without a plan'], ['yellow'], ['glands', 'rash'], ['muscle', 'weakness'], ['run out']),

  ...flags('suicidal-thoughts', 'emergency', ['harm|taken'], ['plan', 'means|time'], ['safe'], ['voices']),
  ...flags('suicidal-thoughts', 'same-day', ['thoughts', 'plan', 'safe']),

  ...flags('safeguarding', 'emergency', ['danger', 'now']),
  ...flags('safeguarding', 'same-day', ['abuse|tells|disclos|harm']),

  ...flags('difficult-calls', 'emergency', ['danger'], ['suicid|end their life|ending their life|kill']),
]
