"""Notes: what one organisation knows and has written down, in a few sentences, for those who need it.

The writer's organisation owns the note. Whom it is for is chosen before anything is
written, and each of them is told only what the family has said yes to; judged once for
the preview and once more, under the case's lock, when it is saved.
"""
