"""What activity and money is a care area's own, as its file says it: `claims=Claims(diagnoses=icd10("E10-E14"), …)`.

Every contact and every pound has exactly one primary care area. Of all areas the first of these ranks decides:
1. ages, where the system's setting says that children and young people come first; 2. the primary diagnosis;
3. the treatment function, team or point of delivery; 4. the medicine; 5. contacts in general practice, shared equally
among the areas that the person is in; 6. nobody's. Overlays stand beside the others and are never added to them.
"""

from stewardship.measures.allocation_claims import Claims, clash
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.expressions import ExpressionError

__all__ = ["Claims", "bnf", "clash", "icd10"]


def icd10(*codes: str) -> CodeList:
    """ICD-10 codes without dots, each with all below it; "E10-E14" is a range with both ends."""
    return _codes("ICD10", "diagnoses claimed", codes)


def bnf(*codes: str) -> CodeList:
    """Chapters, sections and paragraphs of the British National Formulary; "0201-0207" is a range with both ends."""
    return _codes("BNF", "medicines claimed", codes)


def _codes(system: str, title: str, codes: tuple[str, ...]) -> CodeList:
    for code in codes:
        first, dash, last = code.partition("-")
        if not first.isalnum() or (dash and (not last.isalnum() or last < first)) or code != code.upper():
            raise ExpressionError(
                f'claims: "{code}" is no {system} code. Write it in capitals without dots, such as "E10", or a range, '
                'such as "E10-E14".'
            )
    rules = tuple(CodeRule(system, code, "range" if "-" in code else "prefix") for code in codes)
    return CodeList(title.replace(" ", "-"), title.capitalize(), "", rules)
