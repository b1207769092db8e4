"""The numbers a demo accepts: Skatteverket's test series, reserved so that no person ever gets one.

``test_numbers.txt`` holds those born from 1976 on (open data of Skatteverket, CC0).
"""

from functools import cache
from importlib.resources import files


@cache
def test_numbers() -> frozenset[str]:
    """Twelve digits each."""
    return frozenset((files("sspf.demo") / "test_numbers.txt").read_text(encoding="ascii").split())
