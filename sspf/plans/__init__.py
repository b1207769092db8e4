"""Commitments: what somebody has promised to do, by when, and what became of it. The core of SSPF.

What is promised is a neutral short text, sealed by coordination and shared with
everyone the family wants at the table. Who, by when and how it stands are plain.
The family's own commitments are taken up at the meeting, and are never late.
"""
