"""The rows of `anchor_matrix.py`: ways to make an article and to change it, by what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scripts.anchor_cleaning import (
    Change,
    at_once,
    decomposed,
    lossy,
    other_digits,
    other_letters,
    other_signs,
    presented,
    spaced,
    stretched,
    unvowelled,
    vowelled,
)
from scripts.anchor_edits import (
    Edit,
    Make,
    article,
    at_head,
    at_tail,
    both,
    change,
    copied_elsewhere,
    delete,
    everywhere,
    formulas,
    insert,
    inside,
    long_article,
    look_alike_added,
    moved,
    neighbours_gone,
    no_chrome,
    paragraph_after,
    paragraph_before,
    paragraph_gone,
    paragraph_replaced,
    quote_alone_moved,
    quote_gone,
    rewritten,
    said_twice,
    shuffled,
    stretch_gone,
    swapped,
    with_chrome,
)

_CLEANED: Final = at_once(unvowelled, other_digits, other_signs, spaced)
_PLACES: Final[dict[str, Callable[[Change], Edit]]] = {"before": at_head, "inside": inside, "after": at_tail}


def _operations(where: str) -> dict[str, Callable[[str], Change]]:
    return {
        "insert": lambda size: insert(size, edges=where != "inside"),
        "delete": delete,
        "replace": change,
    }


ROWS: Final[dict[str, tuple[Make, Edit]]] = {
    **{
        f"{name} {size} {where}": (article, place(edit(size)))
        for where, place in _PLACES.items()
        for name, edit in _operations(where).items()
        for size in ("letter", "word", "words", "sentence")
        if (name, where, size) != ("delete", "inside", "sentence")
    },
    "paragraph put before": (article, paragraph_before),
    "paragraph put after": (article, paragraph_after),
    "edits on both sides": (article, both(at_head(change("words")), at_tail(change("words")))),
    "edits inside and on both sides": (
        article,
        both(at_head(change("word")), inside(change("word")), at_tail(change("word"))),
    ),
    "long article, word inside": (long_article, inside(change("word"))),
    "long article, shuffled": (long_article, shuffled),
    "quote rewritten by a quarter": (article, inside(lambda text, prose: rewritten(text, prose, 0.25))),
    "quote rewritten by half": (article, inside(lambda text, prose: rewritten(text, prose, 0.5))),
    "quote rewritten": (article, inside(lambda text, prose: rewritten(text, prose, 1.0))),
    "article rewritten by a tenth": (article, everywhere(lambda text, prose: rewritten(text, prose, 0.1))),
    "article rewritten by a third": (article, everywhere(lambda text, prose: rewritten(text, prose, 0.33))),
    "paragraph moved": (article, moved),
    "paragraph moved, word inside": (article, both(moved, inside(change("word")))),
    "paragraph moved, edits all over": (
        article,
        both(moved, at_head(change("word")), inside(change("word")), at_tail(change("word"))),
    ),
    "paragraphs swapped": (article, swapped),
    "paragraphs shuffled": (article, shuffled),
    "quote alone moved": (article, quote_alone_moved),
    "neighbour paragraphs deleted": (article, neighbours_gone),
    "quote deleted": (article, quote_gone),
    "paragraph deleted": (article, paragraph_gone),
    "paragraph and neighbours deleted": (article, stretch_gone),
    "paragraph replaced by another": (article, paragraph_replaced),
    "said twice: paragraph put before": (said_twice, paragraph_before),
    "said twice: letter inside": (said_twice, inside(change("letter"))),
    "said twice: word inside": (said_twice, inside(change("word"))),
    "said twice: words on both sides": (said_twice, both(at_head(change("words")), at_tail(change("words")))),
    "said twice: quote deleted": (said_twice, quote_gone),
    "said twice: paragraph deleted": (said_twice, paragraph_gone),
    "said twice: shuffled": (said_twice, shuffled),
    "copied below, letter inside": (article, both(copied_elsewhere, inside(change("letter")))),
    "copied below": (article, copied_elsewhere),
    "look-alike lines: put before": (formulas, paragraph_before),
    "look-alike lines: letter inside": (formulas, inside(change("letter"))),
    "look-alike lines: word inside": (formulas, inside(change("word"))),
    "look-alike lines: words before": (formulas, at_head(change("words"))),
    "look-alike lines: line deleted": (formulas, paragraph_gone),
    "look-alike lines: line and neighbours deleted": (formulas, stretch_gone),
    "look-alike lines: quote deleted": (formulas, quote_gone),
    "look-alike lines: swapped": (formulas, swapped),
    "look-alike lines: shuffled": (formulas, shuffled),
    "look-alike lines: shuffled, word inside": (formulas, both(shuffled, inside(change("word")))),
    "look-alike lines: one more": (formulas, look_alike_added),
    "look-alike lines: one more, line deleted": (formulas, both(look_alike_added, paragraph_gone)),
    "re-cleaned: chrome gone": (with_chrome, no_chrome),
    "re-cleaned: white space": (article, everywhere(spaced)),
    "re-cleaned: tatweel": (article, everywhere(stretched)),
    "re-cleaned: vowel signs gone": (article, everywhere(unvowelled)),
    "re-cleaned: vowel signs put": (article, everywhere(vowelled)),
    "re-cleaned: digits": (article, everywhere(other_digits)),
    "re-cleaned: quotation marks": (article, everywhere(other_signs)),
    "re-cleaned: all of these": (with_chrome, both(no_chrome, everywhere(_CLEANED))),
    "re-cleaned, moved": (with_chrome, both(no_chrome, everywhere(_CLEANED), moved)),
    "re-cleaned, moved, word inside": (
        with_chrome,
        both(no_chrome, everywhere(_CLEANED), moved, inside(change("word"))),
    ),
    "re-cleaned look-alike lines, line deleted": (formulas, both(everywhere(_CLEANED), paragraph_gone)),
    "re-encoded: presentation forms": (article, everywhere(presented)),
    "re-encoded: letter forms": (article, everywhere(other_letters)),
    "re-encoded: decomposed": (article, everywhere(decomposed)),
    "re-encoded: letters lost": (article, everywhere(lossy)),
    "re-encoded: letters lost, moved": (article, both(everywhere(lossy), moved)),
}
