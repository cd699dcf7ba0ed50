"""A timeline as one page that needs nothing else: the picture, zoomed by the wheel, the table, what has no date."""

import json

from pipeline.export.labels import LABELS, Language
from pipeline.export.pages import page
from pipeline.export.provenance import Provenance
from pipeline.query.timeline import Timeline

SNIPPET = "window.vegaEmbed = vegaEmbed;"
ZOOM = {"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}
"""Wheel and mouse change the period that is seen."""


def as_page(found: Timeline, come: Provenance, language: Language, spec: dict[str, object] | None) -> str:
    """The page; without a picture if nothing has a date that can be drawn."""
    if spec and isinstance(layers := spec.get("layer"), list):
        spec = {**spec, "layer": [{**layers[0], "params": [ZOOM]}, *layers[1:]]}
    return page(
        "timeline.html", found=found, say=LABELS[language], language=language, come=come.line(),
        spec=_as_script(spec) if spec else None, bundle=_bundle() if spec else "",
    )  # fmt: skip


def _as_script(spec: dict[str, object]) -> str:
    """JSON that may stand in a script: nothing in it ends one."""
    return (
        json.dumps(spec, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed, as vl-convert brings them."""
    import vl_convert  # noqa: PLC0415

    return str(vl_convert.javascript_bundle(SNIPPET)).replace("</script", "<\\/script")
