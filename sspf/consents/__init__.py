"""What the family has agreed to: each person's answers, and what they add up to.

A *consent* is one person's. A *waiver* is what everyone who must agree has agreed
to: one source may tell one recipient one kind of information about one person.
Disclosures, participations and pages ask the waivers only.
"""
