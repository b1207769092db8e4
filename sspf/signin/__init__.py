"""The pages of ``auth``: signing in and out, one's own sessions, and the first visit with a one-time code.

Knows no case. ``auth`` decides everything; here it gets words, forms and cookies.
"""
