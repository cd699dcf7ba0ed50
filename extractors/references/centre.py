"""Documents of the centre: bodies that stand near them and did not issue them.

The code TW is that of the Central Committee, the Politburo and the Secretariat (issuer_codes.toml).
"""

from extractors.symbols import Symbol, stands_for

CENTRE = "TW"
ORGANISATIONS = ("đảng bộ", "chi bộ", "tỉnh ", "thành phố ", "huyện ", "thị xã ", "quận ", "xã ", "phường ")
"""Beginnings of names, in lower case, of organisations and places that carry documents of the centre out."""


def carried_out_by(symbol: Symbol | None, body: str) -> bool:
    """Whether `body`, in lower case, carried a document out behind which it is named: "tổng kết Chỉ thị 30-CT/TW của Đảng bộ Khối"."""
    return _is_central(symbol) and body.startswith(ORGANISATIONS)


def is_of_another(symbol: Symbol | None, body: str) -> bool:
    """Whether a document is announced by a `body`, in lower case, for which its code does not stand."""
    return symbol is not None and _is_central(symbol) and not stands_for(symbol, body)


def _is_central(symbol: Symbol | None) -> bool:
    return symbol is not None and symbol.issuer_code == CENTRE
