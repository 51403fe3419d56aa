"""Files against the JSON Schemas that document them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from jsonschema import Draft202012Validator


@cache
def validator(name: str) -> Draft202012Validator:
    """Of a schema in `kashaf.export.schemas`, which is itself checked."""
    schema = json.loads((files("kashaf.export") / "schemas" / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(name: str, data: bytes) -> list[str]:
    """What is wrong with a file by the schema of that name."""
    return [f"{list(error.path)}: {error.message}" for error in validator(name).iter_errors(json.loads(data))]
