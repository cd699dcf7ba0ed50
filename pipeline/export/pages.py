"""Pages from templates, with everything escaped that is put into them."""

from functools import cache
from typing import TYPE_CHECKING

from pipeline.export.labels import shortened

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (only pages need it)

    loader = PackageLoader("pipeline.export", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["shortened"] = shortened
    return made


def page(template: str, **values: object) -> str:
    """A template filled with values."""
    return _environment().get_template(template).render(**values)
