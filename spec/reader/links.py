"""Devices that are added by a code, and sign-ins by recovery words (identity.md)."""
import hashlib
import hmac

from encoding import base64url, frame, from_base64url
from identity import verify


def check_link(secret, device, label, mac):
    message = frame("commonhold/device-link/1", from_base64url(device, 32), label)
    return hmac.compare_digest(base64url(hmac.new(from_base64url(secret, 16), message, hashlib.sha256).digest()), mac)


def check_sign_in(house, statement, recovery_key, proof):
    message = frame("commonhold/recovery-sign-in/1", house, from_base64url(statement, 32))
    return verify(recovery_key, message, proof)
