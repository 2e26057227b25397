"""A summary of a person, as it leaves the register: a FHIR document, and a printed page for an ambulance crew."""
