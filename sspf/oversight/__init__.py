"""The auditor's pages over ``audit``: the log listed, one entry opened, the whole of it verified.

Ids become names of staff, organisations and cases here; nothing that is sealed about
a family can be reached from this package, since it never asks the vault's door.
"""
