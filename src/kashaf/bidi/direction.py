"""Base direction of a document: a higher-level protocol in the sense of UAX #9, rule HL1.

Rules P2 and P3 look at the first strong character of each paragraph. In press text that puts an Arabic paragraph
which opens with "CNN" on the wrong side; one direction for the whole document does not.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from kashaf.bidi.links import link_spans
from kashaf.bidi.properties import BIDI_CLASS

Direction = Literal["rtl", "ltr"]


def direction(text: str) -> Direction:
    """The direction most strong letters (Bidi_Class L, R, AL) of `text` have; addresses in it do not count.

    As many of each is "rtl", no strong letter at all "ltr", as rule P3 has it. Fit for `Options.base`. Linear in
    the length of the text.
    """
    counted = Counter(text)
    for start, end in link_spans(text):
        counted.subtract(text[start:end])
    strong = {"L": 0, "R": 0, "AL": 0}
    for char, count in counted.items():
        kind = BIDI_CLASS[char]
        if kind in strong:
            strong[kind] += count
    rtl = strong["R"] + strong["AL"]
    return "rtl" if rtl and rtl >= strong["L"] else "ltr"
