"""Messages that an interface in another language can still take apart: English text that remembers its template."""

from __future__ import annotations

from collections.abc import Mapping


class Said(str):
    """English text made of `template` with `values` in its `{fields}`.

    A plain str to everyone, so that errors and JSON need not know. It is not for YAML, whose safe dumper takes
    exact types only.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]


def said(template: str, /, **values: object) -> Said:
    """`template` with its fields filled in. The literal given here is what the catalogues translate."""
    text = Said(template.format(**values) if values else template)
    text.template = template
    text.values = values
    return text
