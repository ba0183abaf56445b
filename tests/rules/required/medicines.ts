import { ask, flags, type RequiredQuestion, type RequiredRedFlag } from './ask.ts'

/** What the evidence asks of the topics on medicines for inflammatory arthritis, gout and bones, and on vaccines and pregnancy. */
export const QUESTIONS_MEDICINES: readonly RequiredQuestion[] = [
  ask('methotrexate', 'Q1', 'emergency', 'very_breathless vomiting_blood confus blotchy throat swell'),
  ask('methotrexate', 'Q2', 'same-day', 'which_day more_than_one_day this_week'),
  ask('methotrexate', 'Q2', 'emergency', 'ulcer fever bleed vomit breathless'),
  ask('methotrexate', 'Q3', 'same-day', 'sore_throat fever infection antibiotic'),
  ask('methotrexate', 'Q4', 'same-day', 'new cough breathless bruis yellow eyes ulcers severe_diarrhoea'),
  ask('methotrexate', 'Q4', 'emergency', 'cough chest_pain'),
  ask('methotrexate', 'Q5', 'same-day', 'chickenpox shingles same_room 15_minutes close'),
  ask('methotrexate', 'Q6', 'same-day', 'pregnant might'),
  ask('methotrexate', 'Q7', 'within-days', 'missed dose blood_test sick'),

  ask('sulfasalazine', 'Q1', 'emergency', 'blister rash peel face swell'),
  ask('sulfasalazine', 'Q2', 'same-day', 'sore_throat fever bruis new_rash'),
  ask('sulfasalazine', 'Q3', 'within-days', 'planning baby missed blood tummy'),

  ask('hydroxychloroquine', 'Q1', 'emergency', 'faint chest_pain rac heart'),
  ask('hydroxychloroquine', 'Q2', 'emergency', 'dark_thoughts harm|end_your_life'),
  ask('hydroxychloroquine', 'Q2', 'same-day', 'new_dark_thoughts odd_behaviour'),
  ask('hydroxychloroquine', 'Q3', 'same-day', 'sight blur gaps colours read'),
  ask('hydroxychloroquine', 'Q4', 'same-day', 'antibiotic azithromycin clarithromycin erythromycin'),
  ask('hydroxychloroquine', 'Q5', 'within-days', '5_years yearly eye_test'),

  ask('biologics', 'Q1', 'emergency', 'fever|infection confus blotchy rash fast breath throat swell wheez'),
  ask('biologics', 'Q2', 'same-day', 'infection antibiotics now'),
  ask('biologics', 'Q3', 'same-day', 'contact chickenpox shingles'),
  ask('biologics', 'Q4', 'same-day', 'live_vaccine offered given'),
  ask('biologics', 'Q5', 'within-days', 'surgery travel|trip missed warm syringe'),

  ask('jak-inhibitors', 'Q1', 'emergency', 'chest_pain breathless stroke face arm speech severe_tummy_pain'),
  ask('jak-inhibitors', 'Q2', 'same-day', 'leg swollen throb'),
  ask('jak-inhibitors', 'Q2', 'emergency', 'breath'),
  ask('jak-inhibitors', 'Q3', 'same-day', 'infection shingles'),
  ask('jak-inhibitors', 'Q4', 'within-days', '65 smoke heart_disease worried'),

  ask('steroids', 'Q1', 'emergency', 'faint drowsy confused vomit again_and_again very_weak'),
  ask('steroids', 'Q2', 'same-day', 'missed stopped run_out how_long'),
  ask('steroids', 'Q2', 'emergency', 'unwell'),
  ask('steroids', 'Q3', 'same-day', 'vomited dose fever infection injury surgery'),
  ask('steroids', 'Q4', 'same-day', 'chickenpox shingles measles'),
  ask('steroids', 'Q5', 'within-days', 'steroid_emergency_card'),

  ask(
    'steroid-injections',
    'Q1',
    'emergency',
    'allerg throat swell wheez confus blotchy fast fever numb genitals back_passage buttocks pee poo both_legs sexual',
  ),
  ask('steroid-injections', 'Q2', 'same-day', 'painful hot red 48_hours fever'),
  ask('steroid-injections', 'Q3', 'within-days', 'diabetes sugar high'),
  ask('steroid-injections', 'Q3', 'same-day', 'very_high ill'),

  ask('allopurinol-febuxostat', 'Q1', 'emergency', 'blister peel face swell fever rash'),
  ask('allopurinol-febuxostat', 'Q2', 'same-day', 'new_rash any_kind'),
  ask('allopurinol-febuxostat', 'Q3', 'same-day', 'azathioprine mercaptopurine'),
  ask('allopurinol-febuxostat', 'Q4', 'within-days', 'attack now target test'),

  ask('colchicine', 'Q1', 'emergency', 'more_than prescribed not_theirs|not_yours'),
  ask('colchicine', 'Q2', 'same-day', 'severe_diarrhoea vomiting tummy_pain'),
  ask('colchicine', 'Q3', 'same-day', 'muscle weakness fever bruising'),
  ask('colchicine', 'Q4', 'same-day', 'new_antibiotic statin kidney'),

  ask('bisphosphonates', 'Q1', 'emergency', 'severe_chest_pain vomiting_blood'),
  ask('bisphosphonates', 'Q2', 'same-day', 'pain hard|trouble swallow'),
  ask('bisphosphonates', 'Q3', 'within-days', 'new thigh groin jaw ear'),
  ask('bisphosphonates', 'Q4', 'routine', 'missed weekly drip'),

  ask('vaccines-and-infection-risk', 'Q1', 'emergency', 'sepsis confus blotchy rash fast'),
  ask('vaccines-and-infection-risk', 'Q2', 'same-day', 'ill fever contact chickenpox shingles'),
  ask('vaccines-and-infection-risk', 'Q3', 'within-days', 'vaccine when travel'),

  ask('pregnancy-and-medicines', 'Q1', 'emergency', 'severe_pain bleeding fit breathless'),
  ask('pregnancy-and-medicines', 'Q2', 'same-day', 'pregnant late methotrexate mycophenolate leflunomide'),
  ask('pregnancy-and-medicines', 'Q3', 'within-days', 'planning breastfeeding partner'),
]

const SEPSIS = ['fever', 'confus', 'blotchy']
const SWELLING = ['face', 'throat', 'swell']

export const RED_FLAGS_MEDICINES: readonly RequiredRedFlag[] = [
  ...flags('methotrexate', 'emergency', ['severely breathless'], ['vomiting blood'], SEPSIS, SWELLING, ['cough', 'chest pain']),
  ...flags('methotrexate', 'emergency', ['daily', 'extra dose', 'ulcers', 'fever', 'bleeding', 'vomiting', 'breathless']),
  ...flags('methotrexate', 'same-day', ['daily', 'extra dose', 'feel well'], ['sore throat'], ['fever', 'infection'], ['dry cough'], ['breathless']),
  ...flags('methotrexate', 'same-day', ['bruising'], ['gums', 'bleeding'], ['blood', 'pee'], ['yellow', 'skin', 'eyes'], ['little pee'], ['ankles']),
  ...flags('methotrexate', 'same-day', ['bad mouth ulcers'], ['severe diarrhoea'], ['vomiting'], ['chickenpox', 'close'], ['shingles', 'close']),
  ...flags('methotrexate', 'same-day', ['pregnant'], ['trimethoprim']),

  ...flags('sulfasalazine', 'emergency', ['face', 'swelling'], ['blister', 'peel', 'fever']),
  ...flags('sulfasalazine', 'same-day', ['sore throat'], ['fever'], ['bruising'], ['mouth ulcers'], ['rash'], ['eyes', 'yellow']),
  ...flags('sulfasalazine', 'within-days', ['sick'], ['headaches', 'last']),

  ...flags('hydroxychloroquine', 'emergency', ['collapse'], ['chest pain'], ['palpitations', 'faint'], ['suicid'], ['overdose', 'child']),
  ...flags('hydroxychloroquine', 'same-day', ['hallucinations'], ['mood', 'sever'], ['sight'], ['palpitations']),
  ...flags('hydroxychloroquine', 'within-days', ['monitoring', 'overdue']),

  ...flags('biologics', 'emergency', SEPSIS, ['anaphylaxis'], ['severely breathless'], ['sight', 'speech', 'suddenly']),
  ...flags('biologics', 'same-day', ['fever'], ['sore throat'], ['cough'], ['shingles rash'], ['hot joint', 'painful'], ['wound', 'spreading']),
  ...flags('biologics', 'same-day', ['burn', 'pee', 'fever'], ['sight', 'speech']),
  ...flags('biologics', 'within-days', ['inject', 'skin|site'], ['missed', 'dose'], ['surgery'], ['vaccine']),

  ...flags('jak-inhibitors', 'emergency', ['chest pain'], ['stroke', 'face', 'speech'], ['suddenly breathless'], SEPSIS, ['severe tummy pain']),
  ...flags('jak-inhibitors', 'emergency', ['leg', 'swollen', 'breath']),
  ...flags('jak-inhibitors', 'same-day', ['one leg', 'swollen', 'hot', 'painful'], ['fever', 'infection'], ['shingles'], ['new', 'tummy pain']),
  ...flags('jak-inhibitors', 'within-days', ['skin lump', 'new', 'changing']),

  ...flags('steroids', 'emergency', ['collapse'], ['severely dizzy'], ['vomit', 'again and again'], ['drowsy', 'confused'], ['cold', 'shivery']),
  ...flags('steroids', 'emergency', ['severely weak'], ['vomiting blood'], ['sight'], ['suicid'], ['stopped', 'unwell']),
  ...flags('steroids', 'same-day', ['tablet', 'down', 'once or twice'], ['fever', 'infection'], ['run out', 'stopped'], ['chickenpox'], ['shingles']),
  ...flags('steroids', 'same-day', ['measles'], ['poo', 'black'], ['mood', 'sever'], ['thirsty', 'pee'], ['sudden back pain']),
  ...flags('steroids', 'within-days', ['side effects'], ['taper'], ['no steroid emergency card']),

  ...flags('steroid-injections', 'emergency', ['anaphylaxis'], SEPSIS, ['spine', 'numb', 'genitals', 'buttocks'], ['spine', 'pee', 'poo']),
  ...flags('steroid-injections', 'emergency', ['spine', 'both legs', 'sexual']),
  ...flags('steroid-injections', 'same-day', ['hotter', '2 days'], ['redder', '2 days'], ['swollen', '2 days'], ['painful', '2 days']),
  ...flags('steroid-injections', 'same-day', ['fever', 'weeks'], ['sugar', 'very high', 'ill']),

  ...flags('allopurinol-febuxostat', 'emergency', ['rash', 'blisters'], ['peeling'], ['mouth', 'eyes', 'sores'], ['fever'], ['face', 'swelling']),
  ...flags('allopurinol-febuxostat', 'emergency', ['breathless']),
  ...flags('allopurinol-febuxostat', 'same-day', ['new rash'], ['eyes', 'yellow'], ['sore throat', 'fever'], ['bruising']),
  ...flags('allopurinol-febuxostat', 'within-days', ['attacks'], ['missed tablets'], ['no blood test']),

  ...flags('colchicine', 'emergency', ['overdose', 'even if you feel well'], ['child', 'adult', 'someone else'], ['collapse']),
  ...flags('colchicine', 'same-day', ['severe diarrhoea', 'vomiting'], ['fever', 'sore throat', 'bruising'], ['muscle pain', 'weakness'], ['numb', 'fingers']),

  ...flags('bisphosphonates', 'emergency', ['severe chest pain', 'tablet'], ['vomiting blood']),
  ...flags('bisphosphonates', 'same-day', ['painful', 'swallow'], ['food', 'stick'], ['severe', 'heartburn']),
  ...flags('bisphosphonates', 'within-days', ['thigh', 'groin', 'hip', 'pain'], ['loose tooth'], ['jaw', 'numb'], ['mouth', 'heal'], ['ear pain', 'discharge']),

  ...flags('vaccines-and-infection-risk', 'emergency', ['sepsis', 'fever', 'confus', 'blotchy']),
  ...flags('vaccines-and-infection-risk', 'same-day', ['infection', 'immunity'], ['chickenpox', 'shingles'], ['live vaccine', 'mistake']),

  ...flags('pregnancy-and-medicines', 'emergency', ['severe pain', 'tummy'], ['bleed', 'heav'], ['fit'], ['breathless']),
  ...flags('pregnancy-and-medicines', 'same-day', ['pregnant', 'methotrexate'], ['pregnant', 'leflunomide'], ['pregnant', 'mycophenolate']),
  ...flags('pregnancy-and-medicines', 'same-day', ['20 weeks', 'nsaid'], ['fever', 'immunity']),
]
