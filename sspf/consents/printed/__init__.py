"""The municipality's own form, version by version: whom the family is asked about, and what each may tell whom."""
