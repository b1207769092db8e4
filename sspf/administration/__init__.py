"""What the administrator keeps: settings, accounts and organisations, and whether the installation is fit to serve.

Knows no case.
"""
