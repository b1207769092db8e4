"""Who is asking, and what they may do: accounts, sign-in, sessions, roles and decisions.

A small library below the application. It knows no HTTP and no cases, stands on
``audit`` alone, and never commits: each function works in the transaction it is
handed, and says so where it wants a short one of its own.

- ``decisions`` and ``permissions``: the vocabulary of yes and no; pure
- ``actor``: the one who acts, as values that outlive the transaction
- ``sign_in``, ``outcomes``, ``sessions``, ``own_sessions``: from a name to an ``Actor`` and back
- ``accounts``, ``enrolment``: people, their roles, and how they get a password
- ``passwords``, ``totp``, ``opaque``, ``tokens``, ``limits``, ``throttle``: one primitive each
"""
