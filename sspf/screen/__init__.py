"""The screen that a meeting shares: what everyone asked to come may see of the case in front of them, and nothing else.

One screen a meeting, in a second window of the leader's browser and on another computer if a code is typed there.
"""
