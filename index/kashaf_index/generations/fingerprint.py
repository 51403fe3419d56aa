"""What an index depends on beside the articles: its layout, and what the analysis makes of words."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from kashaf_index.analysis import positions

#: Raised when the layout of the index changes in a way that the sample words below do not show.
LAYOUT: Final = 4

_SAMPLE: Final = "أَحْمَدُ الشّرع وقسد لـ«قسد» سورية والسوريين ﻻ ٣٫٥ پوتین BBC الله للبنان مسؤولة ﷺ café الـ90"


def fingerprint() -> str:
    """Another one when an index has to be built anew.

    The analysis is judged by what it makes of sample words, so that a changed fold shows by itself.
    """
    found, count = positions(_SAMPLE)
    made = repr((sorted(found.items()), count, unicodedata.unidata_version))
    return f"{LAYOUT}-{hashlib.sha256(made.encode()).hexdigest()[:16]}"
