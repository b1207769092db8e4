"""The second factor: six digits from an authenticator app (TOTP, RFC 6238), each good for one sign-in.

SHA-1, six digits, thirty seconds: what every authenticator app supports. The clock may be one
step off in either direction. A step that has been used, or an earlier one, is refused
(RFC 6238, 5.2), which is why the last step is stored with the user.
"""

import hmac
import re
from datetime import datetime

import pyotp

STEP_SECONDS = 30
WINDOW = 1
ISSUER = "SSPF"


def new_secret() -> str:
    """A fresh seed: 160 bits as 32 characters of base32 (RFC 4226, 4 R6)."""
    return pyotp.random_base32(32)


def provisioning_uri(secret: str, account: str) -> str:
    """The ``otpauth://`` address that an app reads from a QR code. As secret as the seed it holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def code_at(secret: str, at: datetime) -> str:
    """The six digits that an authenticator app shows at that moment."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).at(at)


def matching_step(secret: str, code: str, at: datetime, last_step: int | None) -> int | None:
    """The time step a code belongs to, or None if it is wrong, too old, too new or used.

    Blanks in the code are ignored. All steps in the window are computed and compared in constant time,
    whatever the code. Store the answer as the user's ``totp_last_step`` in the same transaction.
    """
    typed = re.sub(r"\s", "", code).encode(errors="surrogatepass")
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    now = int(at.timestamp()) // STEP_SECONDS
    found = None
    for step in range(now - WINDOW, now + WINDOW + 1):
        is_right = hmac.compare_digest(totp.generate_otp(step).encode(), typed)
        if is_right and (last_step is None or step > last_step):
            found = step
    return found
