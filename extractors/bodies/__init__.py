"""One name for one body: "BTV Tỉnh ủy" in a text about Vĩnh Phúc is "Ban Thường vụ Tỉnh ủy Vĩnh Phúc".

- `forms`: a name taken apart into core, kind of place and place, and put together again
- `canonical`: which body each mention of a text means
- `kin`: to which body a body belongs, and which one follows it
"""

from extractors.bodies.canonical import canonical_units
from extractors.bodies.forms import CanonicalUnit
from extractors.bodies.kin import Successor, parent_of, successor_of

__all__ = ["CanonicalUnit", "Successor", "canonical_units", "parent_of", "successor_of"]
