"""What an authenticator app shows (RFC 6238: SHA-1, 30 seconds, 6 digits)."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(key: str, *, steps: int = 0) -> str:
    """The code of a key now, or some steps of 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(key.replace(" ", "")), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
