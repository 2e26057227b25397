"""Names that care areas share: code lists, and phrases that several measures use."""

from pathlib import Path

from stewardship.people.code_lists import CodeListFolder
from stewardship.people.language import contacts, counted, latest, prescriptions, procedures, recorded
from stewardship.people.periods import YEAR

CODE_LISTS = CodeListFolder(Path(__file__).parent / "codelists")

ATHEROSCLEROTIC_DISEASE = CODE_LISTS.get("atherosclerotic-cardiovascular-disease")
BODY_MASS_INDEX = CODE_LISTS.get("body-mass-index")
CHOLESTEROL = CODE_LISTS.get("cholesterol")
CONTINUOUS_GLUCOSE_MONITORING = CODE_LISTS.get("continuous-glucose-monitoring")
DEATHS_FROM_DIABETES = CODE_LISTS.get("deaths-from-diabetes")
DIABETES = CODE_LISTS.get("diabetes")
DIABETES_MEDICINES = CODE_LISTS.get("diabetes-medicines")
DIABETES_PREVENTION_REFERRAL = CODE_LISTS.get("diabetes-prevention-referral")
DIABETIC_EYE_DISEASE = CODE_LISTS.get("diabetic-eye-disease")
DIABETIC_KIDNEY_DISEASE = CODE_LISTS.get("diabetic-kidney-disease")
DIABETIC_NEUROPATHY = CODE_LISTS.get("diabetic-neuropathy")
DIASTOLIC = CODE_LISTS.get("diastolic-blood-pressure")
FOOT_EXAMINATION = CODE_LISTS.get("foot-examination")
HBA1C = CODE_LISTS.get("hba1c")
KETOACIDOSIS_OR_HYPOGLYCAEMIA = CODE_LISTS.get("ketoacidosis-or-hypoglycaemia")
KIDNEY_FUNCTION = CODE_LISTS.get("serum-creatinine-or-egfr")
MAJOR_LOWER_LIMB_AMPUTATION = CODE_LISTS.get("major-lower-limb-amputation")
NON_DIABETIC_HYPERGLYCAEMIA = CODE_LISTS.get("non-diabetic-hyperglycaemia")
SMOKING_STATUS = CODE_LISTS.get("smoking-status")
STATIN = CODE_LISTS.get("statin")
STRUCTURED_EDUCATION = CODE_LISTS.get("structured-education-attended")
SYSTOLIC = CODE_LISTS.get("systolic-blood-pressure")
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
