"""The register of people with frailty, with dementia or nearing the end of life: one entry a person, many teams.

How an entry is made (`actions_entry`):

- `propose(candidates=…, by=…, now=…)` puts people on the list of those to be confirmed. It never puts anybody on the
  register. Proposed again with nothing new, nothing changes; somebody who was rejected comes back only with evidence
  that was not there when they were rejected.
- `add_entry(person_id=…, place=…, found=…, clinician=…, …)` makes an entry that a clinician confirms at once, as from a
  call; whoever has an entry already gets that one back.
- `confirm` and `reject` are a named clinician's decision, with a reason; `end` closes an entry with a reason.

Everything else about a person hangs on an `Entry` by a foreign key and is read with `Entry.family()`, so that what came
with a merged duplicate is shown too. Who may see whom is asked of `scope.viewer_of(request).entries()` alone.
"""
