"""Pathways as rows with the headings of the national cancer waiting times data set."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stewardship.synthetic.cancer.pathway import Pathways, Positions, joined
from stewardship.synthetic.cancer.published import MODALITIES, NO_CLOCK, UPGRADE, suspected, tumours
from stewardship.synthetic.cancer.referrals import CANCER, EXCLUDED
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import chosen, days, identifiers, nhs_numbers, numbers
from stewardship.synthetic.lives import NEVER, Days, People, Plan

# By route: urgent, screening, breast symptoms, upgrade, no clock. 17 is the screening programme, 03 a general
# practitioner, 05 another consultant, 04 an emergency department; priority 3 is urgent suspected cancer, 2 urgent,
# 1 routine.
SOURCES, PRIORITIES = ("03", "17", "03", "05", "04"), ("3", "2", "3", "1", "2")
END_REASONS = ("01", "02", "03", "04")
DECLINED = "98"
BASAL_CELLS = 0.05  # of skin cancers that are no melanoma; most of them are on no cancer pathway
ACCOUNTABLE = 0.85  # of those transferred: the provider accountable for investigating is recorded
STATUSES = ("14", "09", "03", "10", "11", "07", "08", "13", "21")


def pathway_rows(
    plan: Plan, people: People, first: Pathways, later: Pathways, providers: Sequence[str]
) -> tuple[Days, pa.Table]:
    """The day each row is sent by, and the rows: pathways, then later treatments."""
    made = joined([first, later])
    clock = made.route < UPGRADE
    told = np.where(clock, made.told, NEVER).astype(np.int32)
    treated = made.treated < NEVER
    diagnosis = _diagnosis(made)
    random = stream(plan.seed, people.batch, "what registers tell of cancer pathways")
    rows = pa.table({
        "PathwayID": identifiers(people.batch, len(made)),
        "NHSNumber": chosen(nhs_numbers(people.number), made.who),
        **_referral(made, providers),
        "FasterDiagnosisEndDate": days(told),
        "FasterDiagnosisEndReason": chosen(END_REASONS, np.where(told < NEVER, made.reason - 1, -1)),
        "FasterDiagnosisExclusionReason": _exclusion(people, made, told),
        "FasterDiagnosisProvider": chosen(providers, np.where(told < NEVER, made.provider, -1)),
        "PatientStatus": chosen(STATUSES, _status(made)),
        "PrimaryDiagnosisICD": diagnosis,
        "MorphologyFlag": _basal_cells(diagnosis, random),
        "Stage": chosen(("1", "2", "3", "4"), np.where(made.stage > 0, made.stage - 1, -1)),
        "AccountableInvestigatingProvider": _accountable(made, providers, random),
        "TransferDate": days(made.moved),
        "DecisionToTreatDate": days(made.decided),
        "TreatmentStartDate": days(made.treated),
        "TreatmentEventType": chosen([f"{event:02}" for event in range(13)], np.where(treated, made.event, -1)),
        "TreatmentModality": chosen([*MODALITIES.values(), DECLINED], np.where(treated, made.modality, -1)),
        "TreatmentAdjustmentDays": numbers(made.pause, ~treated),
        "TreatmentProvider": chosen(providers, np.where(treated, made.treater, -1)),
    })  # fmt: skip
    decides = np.where(made.received < NEVER, made.received, made.decided)
    return np.maximum(decides, plan.first).astype(np.int32), rows


def _referral(made: Pathways, providers: Sequence[str]) -> dict[str, pa.Array]:
    referred = made.received < NEVER
    way = np.where(referred, made.route, -1)
    types = [each.referral_type for each in suspected()]
    upgraded = np.where(referred & (made.route == UPGRADE), made.start, NEVER)
    seen = made.seen < NEVER
    return {
        "SourceOfReferral": chosen(SOURCES, way),
        "PriorityType": chosen(PRIORITIES, way),
        "ReferralType": chosen(types, np.where(made.route < NO_CLOCK, made.suspected, -1)),
        "ReferralReceivedDate": days(made.received),
        "ConsultantUpgradeDate": days(upgraded.astype(np.int32)),
        "DateFirstSeen": days(made.seen),
        "FirstSeenProvider": chosen(providers, np.where(seen, made.provider, -1)),
        "FirstSeenAdjustmentDays": numbers(made.adjustment, ~seen),
    }


def _status(made: Pathways) -> Positions:
    """Position of the patient status: suspected, found not, or found and how far on."""
    treated, later = made.treated < NEVER, made.received == NEVER
    found = np.select(
        [treated, made.closed < NEVER, made.decided < NEVER],
        [STATUSES.index(code) for code in ("08", "07", "11")],
        3,
    )
    open_still = np.where(made.route == 2, STATUSES.index("09"), STATUSES.index("14"))
    not_found = np.where((made.reason == 0) | (made.reason == EXCLUDED), open_still, STATUSES.index("03"))
    first = np.where(made.reason == CANCER, found, not_found)
    return np.where(later, np.where(treated, STATUSES.index("21"), STATUSES.index("13")), first)


def _diagnosis(made: Pathways) -> pa.DictionaryArray:
    codes = [code for each in tumours() for code in each.icd]
    before = np.cumsum([0, *(len(each.icd) for each in tumours())])
    return chosen(codes, np.where(made.tumour >= 0, before[made.tumour] + made.code, -1))


def _exclusion(people: People, made: Pathways, told: Days) -> pa.Array:
    """Why pathways were left out: 01 where the person died before being told, 02 for anything else."""
    out = (told < NEVER) & (made.reason == EXCLUDED)
    died = people.death[made.who] == told
    return chosen(("01", "02"), np.where(out, np.where(died, 0, 1), -1))


def _basal_cells(diagnosis: pa.DictionaryArray, random: np.random.Generator) -> pa.Array:
    """BCC for some of the skin cancers that are no melanoma."""
    skin = [at for at, code in enumerate(diagnosis.dictionary.to_pylist()) if code.startswith("C44")]
    other_skin = np.isin(diagnosis.indices.fill_null(-1).to_numpy(), skin)
    return chosen(("BCC",), np.where(other_skin & (random.random(len(diagnosis)) < BASAL_CELLS), 0, -1))


def _accountable(made: Pathways, providers: Sequence[str], random: np.random.Generator) -> pa.Array:
    """Who is accountable for investigating: whoever did, where somebody else treats, and where it was recorded."""
    told = (made.moved < NEVER) & (random.random(len(made)) < ACCOUNTABLE)
    return chosen(providers, np.where(told, made.provider, -1))
