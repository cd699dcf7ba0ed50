"""Characters that files of any format may hold."""

import re

_CONTROL = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML does not allow, and what drives a terminal."""


def clean(text: str) -> str:
    r"""Text without characters that XML does not allow or that drive a terminal.

    >>> clean("a\x1b[31m\tb")
    'a\ufffd[31m\tb'
    """
    return _CONTROL.sub("\ufffd", text)
