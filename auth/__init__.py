"""Who is asking, and what they may do: accounts, sign-in, sessions, roles and decisions.

A small library below the application. It knows no HTTP and no cases, stands on
``audit`` alone, and never commits: each function works in the transaction it is
handed, and says so where it wants a short one of its own.

- ``decisions`` and ``permissions``: the vocabulary of yes and no; pure
- ``actor``: the one who acts, as values that outlive the transaction
- ``sign_in``, ``outcomes``, ``sessions``, ``own_sessions``: from a name to an ``Actor`` and back
- ``returning``: from a session that has just run out, to keep what was being typed
- ``accounts``, ``enrolment``, ``preferences``: people, their roles, how they get a password, what they chose
- ``policy``, ``lifetime``: who may change an account, and how long a session lives; pure
- ``passwords``, ``totp``, ``opaque``, ``tokens``, ``limits``, ``throttle``, ``emails``: one primitive each
- ``seeds``, ``ticket_keys``, ``throttle_key``: secrets at rest
- ``sweep``: forgets what is over
"""
