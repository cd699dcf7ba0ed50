"""The least of an input that still fails."""

from collections.abc import Callable

ATTEMPTS = 2_000
"""Times that a smaller input is tried."""


def failure(check: Callable[[bytes], None], data: bytes) -> str | None:
    """The kind of failure, None if there is none."""
    try:
        check(data)
    except Exception as error:  # noqa: BLE001  (whatever a target raises is what is looked for)
        return type(error).__name__
    return None


def shrink(check: Callable[[bytes], None], data: bytes) -> bytes:
    """Cut stretches out, long ones first, as long as it fails in the same way."""
    parts, kind, left = _parts(data), failure(check, data), ATTEMPTS
    size = len(parts) // 2
    while size and kind and left:
        at = 0
        while at < len(parts) and left:
            fewer, left = [*parts[:at], *parts[at + size :]], left - 1
            if failure(check, b"".join(fewer)) == kind:
                parts = fewer
            else:
                at += size
        size //= 2
    return b"".join(parts)


def _parts(data: bytes) -> list[bytes]:
    """Characters, or single bytes of what is no text."""
    try:
        return [char.encode("utf-8", "surrogatepass") for char in data.decode("utf-8", "surrogatepass")]
    except UnicodeDecodeError:
        return [bytes([byte]) for byte in data]
