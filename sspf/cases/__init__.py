"""A case around one young person: its state, its people, and who sits at its table.

``policy.access_to`` is the one decision about who may come in; ``queries.visible_to``
is the same decision as a statement. No routes: the pages are in ``casefile``.
"""
