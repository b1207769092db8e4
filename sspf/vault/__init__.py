"""The vault: what is known about a child lies here under keys, and leaves by one door.

A disclosure is a key with a reason. Every envelope has a data key of its own;
the data key is wrapped once for each organisation that may read it, bound to the
ground, the purpose, who decided, from when and until when. ``door.open`` is the
only way back to plaintext, and what it opens is on the record before it is sent.

The vault knows organisations, cases and users as ids only. Which of them may come
in is decided above it and handed over as an ``Access``.

Read from the bottom up:

- bytes: ``packing``, ``sealing``, and ``wrap``, which binds the reason
- the key tree: ``keyring``, ``units``, ``keys``, and ``sealers`` for ``audit`` and ``auth``
- tables: ``columns``, ``models``, and ``live``, which disclosures hold now
- what is done: ``writing``, ``granting``, ``disclosing``, ``ending``; by ``actors``, told to the trail as ``events``
- what is so: ``holding``, ``disclosed``, ``changes``
- the way back to plaintext: ``access``, ``door``, ``reading``
"""
