"""SSPF meetings: when and where, which cases, who is in the room, and what was decided.

A meeting is coordination's. Others know of it only through a case on its agenda that
they may know of, and see no more of it than that case.
"""
