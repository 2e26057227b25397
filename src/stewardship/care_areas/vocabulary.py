"""Names that care areas share: code lists, and phrases that several measures use."""

from pathlib import Path

from stewardship.people.code_lists import CodeListFolder
from stewardship.people.language import contacts, counted, latest, prescriptions, procedures, recorded
from stewardship.people.periods import YEAR, years

CODE_LISTS = CodeListFolder(Path(__file__).parent / "codelists")

ACUTE_STROKE = CODE_LISTS.get("acute-stroke")
ADVANCE_CARE_PLAN = CODE_LISTS.get("advance-care-plan")
ALANINE_AMINOTRANSFERASE = CODE_LISTS.get("alanine-aminotransferase")
ALCOHOL_CONSUMPTION = CODE_LISTS.get("alcohol-consumption")
AMBULATORY_CARE_SENSITIVE = CODE_LISTS.get("ambulatory-care-sensitive-conditions")
ANTICOAGULANT = CODE_LISTS.get("anticoagulant")
ASTHMA = CODE_LISTS.get("asthma")
ASTHMA_CONTROL_ASSESSED = CODE_LISTS.get("asthma-control-assessed")
ASTHMA_REVIEW = CODE_LISTS.get("asthma-review")
ATHEROSCLEROTIC_DISEASE = CODE_LISTS.get("atherosclerotic-cardiovascular-disease")
ATRIAL_FIBRILLATION = CODE_LISTS.get("atrial-fibrillation")
AUTISM = CODE_LISTS.get("autism")
BACK_PAIN = CODE_LISTS.get("back-pain")
BLOOD_COUNT = CODE_LISTS.get("blood-count")
BODY_MASS_INDEX = CODE_LISTS.get("body-mass-index")
BONE_SPARING_MEDICINES = CODE_LISTS.get("bone-sparing-medicines")
BOWEL_CANCER_SCREENING = CODE_LISTS.get("bowel-cancer-screening")
BREATHLESSNESS_GRADE_3_OR_MORE = CODE_LISTS.get("breathlessness-grade-3-or-more")
BRONCHIECTASIS_OR_INTERSTITIAL_DISEASE = CODE_LISTS.get("bronchiectasis-or-interstitial-lung-disease")
CANCER = CODE_LISTS.get("cancer")
CANCER_CARE_REVIEW = CODE_LISTS.get("cancer-care-review")
CARDIOVASCULAR_DISEASE = CODE_LISTS.get("cardiovascular-disease")
CARDIOVASCULAR_RISK = CODE_LISTS.get("cardiovascular-risk-score")
CATARACT = CODE_LISTS.get("cataract")
CATARACT_SURGERY = CODE_LISTS.get("cataract-surgery")
CHILDBIRTH = CODE_LISTS.get("childbirth")
CHOLESTEROL = CODE_LISTS.get("cholesterol")
CONTINUOUS_GLUCOSE_MONITORING = CODE_LISTS.get("continuous-glucose-monitoring")
COPD = CODE_LISTS.get("chronic-obstructive-pulmonary-disease")
CORONARY_HEART_DISEASE = CODE_LISTS.get("coronary-heart-disease")
CURRENT_SMOKER = CODE_LISTS.get("current-smoker")
DEATHS_FROM_CANCER = CODE_LISTS.get("deaths-from-cancer")
DEATHS_FROM_DIABETES = CODE_LISTS.get("deaths-from-diabetes")
DEATHS_FROM_RESPIRATORY_DISEASE = CODE_LISTS.get("deaths-from-respiratory-disease")
DEATHS_FROM_STROKE = CODE_LISTS.get("deaths-from-stroke")
DEMENTIA = CODE_LISTS.get("dementia")
DEPRESSION = CODE_LISTS.get("depression")
DIABETES = CODE_LISTS.get("diabetes")
DIABETES_MEDICINES = CODE_LISTS.get("diabetes-medicines")
DIABETES_PREVENTION_REFERRAL = CODE_LISTS.get("diabetes-prevention-referral")
DIABETIC_EYE_DISEASE = CODE_LISTS.get("diabetic-eye-disease")
DIABETIC_KIDNEY_DISEASE = CODE_LISTS.get("diabetic-kidney-disease")
DIABETIC_NEUROPATHY = CODE_LISTS.get("diabetic-neuropathy")
DIASTOLIC = CODE_LISTS.get("diastolic-blood-pressure")
ECZEMA = CODE_LISTS.get("eczema")
EPILEPSY = CODE_LISTS.get("epilepsy")
EYE_CONDITIONS = CODE_LISTS.get("eye-conditions")
EYE_INJECTION = CODE_LISTS.get("eye-injection")
FALL_AS_EXTERNAL_CAUSE = CODE_LISTS.get("fall-as-external-cause")
FOOT_EXAMINATION = CODE_LISTS.get("foot-examination")
FRAGILITY_FRACTURE = CODE_LISTS.get("fragility-fracture")
FRAILTY = CODE_LISTS.get("frailty-moderate-or-severe")
GLAUCOMA = CODE_LISTS.get("glaucoma")
HBA1C = CODE_LISTS.get("hba1c")
HEART_FAILURE = CODE_LISTS.get("heart-failure")
HEART_FAILURE_OR_HEART_ATTACK = CODE_LISTS.get("heart-failure-or-heart-attack")
HIP_FRACTURE = CODE_LISTS.get("hip-fracture")
HIP_OR_KNEE_REPLACEMENT = CODE_LISTS.get("hip-or-knee-replacement")
HISTORY_OF_FALLS = CODE_LISTS.get("history-of-falls")
HYPERTENSION = CODE_LISTS.get("hypertension")
INFLUENZA_VACCINATION = CODE_LISTS.get("influenza-vaccination")
INHALER_TECHNIQUE_CHECKED = CODE_LISTS.get("inhaler-technique-checked")
KETOACIDOSIS_OR_HYPOGLYCAEMIA = CODE_LISTS.get("ketoacidosis-or-hypoglycaemia")
KIDNEY_FUNCTION = CODE_LISTS.get("serum-creatinine-or-egfr")
LEARNING_DISABILITY = CODE_LISTS.get("learning-disability")
LEARNING_DISABILITY_CHECK = CODE_LISTS.get("learning-disability-health-check")
LIPID_LOWERING_MEDICINES = CODE_LISTS.get("lipid-lowering-medicines")
LIVE_BIRTH = CODE_LISTS.get("live-birth")
MACULAR_DEGENERATION = CODE_LISTS.get("macular-degeneration")
MAJOR_LOWER_LIMB_AMPUTATION = CODE_LISTS.get("major-lower-limb-amputation")
MEASLES_MUMPS_AND_RUBELLA_VACCINATION = CODE_LISTS.get("mmr-vaccination")
MEDICINES_FOR_ASTHMA_AND_COPD = CODE_LISTS.get("medicines-for-asthma-and-copd")
MENTAL_HEALTH_PRESENTATION = CODE_LISTS.get("mental-health-presentation")
MILD_FRAILTY = CODE_LISTS.get("frailty-mild")
MUSCULOSKELETAL_CONDITIONS = CODE_LISTS.get("musculoskeletal-conditions")
NON_DIABETIC_HYPERGLYCAEMIA = CODE_LISTS.get("non-diabetic-hyperglycaemia")
NON_SMOKER = CODE_LISTS.get("non-smoker")
OSTEOARTHRITIS = CODE_LISTS.get("osteoarthritis")
OSTEOPOROSIS = CODE_LISTS.get("osteoporosis")
PALLIATIVE_CARE = CODE_LISTS.get("palliative-care")
PERIPHERAL_ARTERIAL_DISEASE = CODE_LISTS.get("peripheral-arterial-disease")
PREVENTABLE_CAUSES_OF_DEATH = CODE_LISTS.get("preventable-causes-of-death")
PSORIASIS = CODE_LISTS.get("psoriasis")
PULMONARY_REHABILITATION = CODE_LISTS.get("pulmonary-rehabilitation")
RETINAL_SCREENING = CODE_LISTS.get("retinal-screening")
RHEUMATOID_ARTHRITIS = CODE_LISTS.get("rheumatoid-arthritis")
SELF_HARM = CODE_LISTS.get("self-harm")
SEVERE_MENTAL_ILLNESS = CODE_LISTS.get("severe-mental-illness")
SHORT_ACTING_RELIEVER = CODE_LISTS.get("short-acting-reliever-inhaler")
SIGHT_IMPAIRMENT = CODE_LISTS.get("sight-impairment")
SKIN_CANCER = CODE_LISTS.get("skin-cancer")
SKIN_CONDITIONS = CODE_LISTS.get("skin-conditions")
SKIN_OPERATION = CODE_LISTS.get("skin-operation")
SMOKING_STATUS = CODE_LISTS.get("smoking-status")
SPINAL_INJECTION = CODE_LISTS.get("spinal-injection")
SPIROMETRY = CODE_LISTS.get("spirometry")
STATIN = CODE_LISTS.get("statin")
STROKE = CODE_LISTS.get("stroke")
STRONG_OPIOIDS = CODE_LISTS.get("strong-opioids")
STRUCTURED_EDUCATION = CODE_LISTS.get("structured-education-attended")
SUICIDE = CODE_LISTS.get("suicide-or-undetermined-intent")
SYSTEMIC_TREATMENT = CODE_LISTS.get("systemic-treatment")
SYSTOLIC = CODE_LISTS.get("systolic-blood-pressure")
TRANSIENT_ISCHAEMIC_ATTACK = CODE_LISTS.get("transient-ischaemic-attack")
TYPE_1_DIABETES = CODE_LISTS.get("diabetes-type-1")
TYPE_2_DIABETES = CODE_LISTS.get("diabetes-type-2")
URINE_ALBUMIN = CODE_LISTS.get("urine-albumin")

ALL_CONTACTS = contacts()
ALL_CARE = ALL_CONTACTS.cost() + prescriptions().cost()
EMERGENCY_ADMISSION = "emergency_admission"
EMERGENCY_ADMISSIONS = contacts(point_of_delivery=EMERGENCY_ADMISSION)

FOOT_EXAMINED = recorded(FOOT_EXAMINATION) | procedures(FOOT_EXAMINATION).any()

# The eight processes of the National Diabetes Audit; eye screening is run and counted apart.
EIGHT_CARE_PROCESSES = counted(
    recorded(HBA1C),
    recorded(SYSTOLIC),
    recorded(CHOLESTEROL),
    recorded(BODY_MASS_INDEX),
    recorded(KIDNEY_FUNCTION),
    recorded(URINE_ALBUMIN),
    FOOT_EXAMINED,
    recorded(SMOKING_STATUS),
)

HBA1C_AT_TARGET = latest(HBA1C, within=YEAR) <= 58
BLOOD_PRESSURE_AT_TARGET = (latest(SYSTOLIC, within=YEAR) <= 140) & (latest(DIASTOLIC, within=YEAR) <= 80)
BLOOD_PRESSURE_140_OVER_90_OR_LESS = (latest(SYSTOLIC, within=YEAR) <= 140) & (
    latest(DIASTOLIC, within=YEAR) <= 90
)
ON_A_STATIN = prescriptions(STATIN).any()

# Recorded as a smoker in the year; or in the five years, and never as anything else in that time.
SMOKES = recorded(CURRENT_SMOKER) | (
    recorded(CURRENT_SMOKER, within=years(5)) & ~recorded(NON_SMOKER, within=years(5))
)
