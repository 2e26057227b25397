"""Names that care areas share: code lists, and phrases that several measures use."""

from pathlib import Path

from stewardship.people.code_lists import CodeListFolder
from stewardship.people.language import contacts, counted, latest, prescriptions, procedures, recorded
from stewardship.people.periods import YEAR

CODE_LISTS = CodeListFolder(Path(__file__).parent / "codelists")

ACUTE_STROKE = CODE_LISTS.get("acute-stroke")
ADVANCE_CARE_PLAN = CODE_LISTS.get("advance-care-plan")
AMBULATORY_CARE_SENSITIVE = CODE_LISTS.get("ambulatory-care-sensitive-conditions")
ANTICOAGULANT = CODE_LISTS.get("anticoagulant")
ASTHMA = CODE_LISTS.get("asthma")
ASTHMA_CONTROL_ASSESSED = CODE_LISTS.get("asthma-control-assessed")
ASTHMA_REVIEW = CODE_LISTS.get("asthma-review")
ATHEROSCLEROTIC_DISEASE = CODE_LISTS.get("atherosclerotic-cardiovascular-disease")
ATRIAL_FIBRILLATION = CODE_LISTS.get("atrial-fibrillation")
BODY_MASS_INDEX = CODE_LISTS.get("body-mass-index")
BOWEL_CANCER_SCREENING = CODE_LISTS.get("bowel-cancer-screening")
BREATHLESSNESS_GRADE_3_OR_MORE = CODE_LISTS.get("breathlessness-grade-3-or-more")
BRONCHIECTASIS_OR_INTERSTITIAL_DISEASE = CODE_LISTS.get("bronchiectasis-or-interstitial-lung-disease")
CANCER = CODE_LISTS.get("cancer")
CANCER_CARE_REVIEW = CODE_LISTS.get("cancer-care-review")
CARDIOVASCULAR_DISEASE = CODE_LISTS.get("cardiovascular-disease")
CARDIOVASCULAR_RISK = CODE_LISTS.get("cardiovascular-risk-score")
CHOLESTEROL = CODE_LISTS.get("cholesterol")
CONTINUOUS_GLUCOSE_MONITORING = CODE_LISTS.get("continuous-glucose-monitoring")
COPD = CODE_LISTS.get("chronic-obstructive-pulmonary-disease")
CORONARY_HEART_DISEASE = CODE_LISTS.get("coronary-heart-disease")
DEATHS_FROM_CANCER = CODE_LISTS.get("deaths-from-cancer")
DEATHS_FROM_DIABETES = CODE_LISTS.get("deaths-from-diabetes")
DEATHS_FROM_RESPIRATORY_DISEASE = CODE_LISTS.get("deaths-from-respiratory-disease")
DEATHS_FROM_STROKE = CODE_LISTS.get("deaths-from-stroke")
DEMENTIA = CODE_LISTS.get("dementia")
DIABETES = CODE_LISTS.get("diabetes")
DIABETES_MEDICINES = CODE_LISTS.get("diabetes-medicines")
DIABETES_PREVENTION_REFERRAL = CODE_LISTS.get("diabetes-prevention-referral")
DIABETIC_EYE_DISEASE = CODE_LISTS.get("diabetic-eye-disease")
DIABETIC_KIDNEY_DISEASE = CODE_LISTS.get("diabetic-kidney-disease")
DIABETIC_NEUROPATHY = CODE_LISTS.get("diabetic-neuropathy")
DIASTOLIC = CODE_LISTS.get("diastolic-blood-pressure")
FALL_AS_EXTERNAL_CAUSE = CODE_LISTS.get("fall-as-external-cause")
FOOT_EXAMINATION = CODE_LISTS.get("foot-examination")
FRAILTY = CODE_LISTS.get("frailty-moderate-or-severe")
HBA1C = CODE_LISTS.get("hba1c")
HEART_FAILURE = CODE_LISTS.get("heart-failure")
HEART_FAILURE_OR_HEART_ATTACK = CODE_LISTS.get("heart-failure-or-heart-attack")
HIP_FRACTURE = CODE_LISTS.get("hip-fracture")
HISTORY_OF_FALLS = CODE_LISTS.get("history-of-falls")
HYPERTENSION = CODE_LISTS.get("hypertension")
INFLUENZA_VACCINATION = CODE_LISTS.get("influenza-vaccination")
INHALER_TECHNIQUE_CHECKED = CODE_LISTS.get("inhaler-technique-checked")
KETOACIDOSIS_OR_HYPOGLYCAEMIA = CODE_LISTS.get("ketoacidosis-or-hypoglycaemia")
KIDNEY_FUNCTION = CODE_LISTS.get("serum-creatinine-or-egfr")
LIPID_LOWERING_MEDICINES = CODE_LISTS.get("lipid-lowering-medicines")
MAJOR_LOWER_LIMB_AMPUTATION = CODE_LISTS.get("major-lower-limb-amputation")
MEDICINES_FOR_ASTHMA_AND_COPD = CODE_LISTS.get("medicines-for-asthma-and-copd")
MILD_FRAILTY = CODE_LISTS.get("frailty-mild")
NON_DIABETIC_HYPERGLYCAEMIA = CODE_LISTS.get("non-diabetic-hyperglycaemia")
PALLIATIVE_CARE = CODE_LISTS.get("palliative-care")
PERIPHERAL_ARTERIAL_DISEASE = CODE_LISTS.get("peripheral-arterial-disease")
PULMONARY_REHABILITATION = CODE_LISTS.get("pulmonary-rehabilitation")
SHORT_ACTING_RELIEVER = CODE_LISTS.get("short-acting-reliever-inhaler")
SMOKING_STATUS = CODE_LISTS.get("smoking-status")
SPIROMETRY = CODE_LISTS.get("spirometry")
STATIN = CODE_LISTS.get("statin")
STROKE = CODE_LISTS.get("stroke")
STRUCTURED_EDUCATION = CODE_LISTS.get("structured-education-attended")
SYSTOLIC = CODE_LISTS.get("systolic-blood-pressure")
TRANSIENT_ISCHAEMIC_ATTACK = CODE_LISTS.get("transient-ischaemic-attack")
TYPE_1_DIABETES = CODE_LISTS.get("diabetes-type-1")
TYPE_2_DIABETES = CODE_LISTS.get("diabetes-type-2")
URINE_ALBUMIN = CODE_LISTS.get("urine-albumin")

ALL_CONTACTS = contacts()
EMERGENCY_ADMISSION = "emergency_admission"

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
ON_A_STATIN = prescriptions(STATIN).any()
