"""The books that are part of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

NAMES: Final = Path(__file__).with_name("names.yaml")
SPELLINGS: Final = Path(__file__).with_name("spellings.yaml")
