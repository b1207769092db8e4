"""The vault: what is known about a child lies here under keys, and leaves by one door.

A disclosure is a key with a reason. Every envelope has a data key of its own;
the data key is wrapped once for each organisation that may read it, bound to the
ground, the purpose, who decided, from when and until when. ``door.open`` is the
only way back to plaintext, and what it opens is on the record before it is sent.

The vault knows organisations, cases and users as ids only. Which of them may come
in is decided above it and handed over as an ``Access``.

Read from the bottom up: ``packing`` and ``sealing`` (bytes), ``wrap`` (the reason),
``keyring`` and ``keys`` (the key tree), ``columns`` and ``models`` (tables), then
``writing``, ``disclosing``, ``disclosed``, ``ending`` and ``door``.
"""
