"""A contact about a worry, before any case: what was seen or heard, and never about whom.

A name is written down only after the family has said yes to being contacted, for thirty
days and for coordination alone. Whether an organisation has reported to the social
services is its own, and nobody else's page tells.
"""
