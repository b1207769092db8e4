"""The label somebody knows their own sessions by."""

import pytest

from sspf.signin import devices

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (CHROME, "Chrome, Windows"),
        (CHROME + " Edg/156.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_own_name(user_agent: str, label: str):
    assert devices.label(user_agent) == label


def test_a_browser_we_do_not_know_is_said_to_be_unknown():
    assert str(devices.words("")) == "Okänd webbläsare"
    assert devices.words("Chrome, Windows") == "Chrome, Windows"
