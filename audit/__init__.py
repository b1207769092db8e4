"""What happened, provably: an append-only Merkle log of commitments inside the application's own database.

Knows no HTTP, no users and no cases, only their ids. Begin with ``audit.events``
(what is said), ``audit.log`` (how it is recorded) and ``audit.verification``
(how an outsider checks it); the formats are told in ``docs/trail.md``.
"""
