"""What somebody has typed and not sent yet: sealed on the server for a day, for nobody but them.

Knows a form by its address alone and never what it is about.
"""
