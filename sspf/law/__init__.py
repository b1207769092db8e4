"""The law of disclosure, as dated data and small pure rules. Knows no database, no page and no case.

The law gives no fixed ages and few fixed answers here. What this package says is
a default that the municipality's lawyer decides on.
"""
