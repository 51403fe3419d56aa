"""Names of the book in an article: at once where they say one thing only, beside a cue where they say several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kashaf.entities.book.namebook import Claim, Match, Name, NameBook
from kashaf.entities.model import EntityType, Link
from kashaf.entities.page import Page, folded_words, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.glued import beginnings
from kashaf.entities.rules.spans import Candidate, Taken, settle
from kashaf.text.letters import MARKS

_WIRE: Final = "وكاله"
# The tagger's word counts as a cue from this probability on.
_AFFIRMS: Final = 0.5
_AFFIRMS_SURNAME: Final = 0.9
_MARKS: Final = "".join(MARKS)


def book_candidates(page: Page, book: NameBook, tagged: Iterable[Candidate] = ()) -> list[Candidate]:
    """Every mention that the book and the words beside it decide, without overlaps.

    tagged: what the tagger sees; where it sees the same words as an entity of the same type, that is a cue too.
    """
    seen = {(one.first, one.last): one.type for one in tagged if one.chance >= _least(one)}
    sure: list[Candidate] = []
    doubtful: list[Match] = []
    starts = beginnings(book)
    for index, word in enumerate(page.folds):
        if not is_one(word, starts):
            continue
        for match in book.matches(page, index):
            found = _judge(page, match, None, frozenset(), seen)
            if found is not None:
                sure.append(found)
            else:
                doubtful.append(match)
    held = settle(sure)
    taken = Taken(held)
    known = frozenset((one.type, one.name) for one in held)
    more = (found for match in doubtful if (found := _judge(page, match, taken, known, seen)))
    return settle([*sure, *more])


def _least(one: Candidate) -> float:
    """How sure the tagger must be: a surname alone is a common word more often (توغل بري) than a place is."""
    return _AFFIRMS_SURNAME if one.type == "person" and one.length == 1 else _AFFIRMS


def _judge(
    page: Page,
    match: Match,
    taken: Taken | None,
    known: frozenset[tuple[str | None, str]],
    seen: Mapping[tuple[int, int], EntityType | None],
) -> Candidate | None:
    """The claim that holds for a match. `taken` and `known`: what the article is sure of, None at first."""
    first, last, skip, claims = match
    if first == last and (page.indefinite_accusative(first) or (skip and len(page.folds[first]) - skip < 3)):
        return None
    if not skip and any(claim.name is None and _hides(page, match, claim) for claim in claims):
        return Candidate(first, last, skip, "", None, "book")
    if _part_of_more(page, match):
        return None
    rule, chosen = _choose(page, match, taken, known, seen)
    if chosen is None or chosen.name is None:
        return None
    link: Link = "" if _is_itself(page, match, chosen.name) else "alias"
    return Candidate(first, last, skip, chosen.name.canonical, chosen.name.type, "book", rule, link=link)


def _is_itself(page: Page, match: Match, name: Name) -> bool:
    words = folded_words(name.canonical)
    return page.folds[match.first].endswith(words[0]) and words[1:] == tuple(
        page.folds[match.first + 1 : match.last + 1]
    )


def _hides(page: Page, match: Match, claim: Claim) -> bool:
    """A hidden phrase that bears marks hides only what bears the same: «حمّص» hides no حمص."""
    if match.first != match.last or not any(char in MARKS for char in claim.surface):
        return True
    return page.exacts[match.first] == claim.surface


def _part_of_more(page: Page, match: Match) -> bool:
    """Whether the word before makes a match something else: «وزير الخارجية الأميركية», «راشد بن محمد بن راشد»."""
    if not page.joined(match.first) or match.skip:
        return False
    before = page.folds[match.first - 1]
    types = {claim.name.type for claim in match.claims if claim.name}
    if "organization" in types and is_one(before, cues.MINISTERS):
        return True
    return types == {"person"} and before in {"بن", "ابن", "بنت"}


def _choose(
    page: Page,
    match: Match,
    taken: Taken | None,
    known: frozenset[tuple[str | None, str]],
    seen: Mapping[tuple[int, int], EntityType | None],
) -> tuple[str, Claim | None]:
    """The claim that holds, after the rule that decides for it."""
    claims = [claim for claim in match.claims if claim.name is not None]
    written = [claim for claim in claims if _written_alike(page, match, claim)]
    if len(written) == 1:
        return "book_marks", written[0]
    cued = [claim for claim in claims if cue_beside(page, match, claim)]
    if cued:
        return "book_cued", next((claim for claim in cued if claim.ambiguous), cued[0])
    plain = [claim for claim in claims if not claim.ambiguous and not _misspelt(page, match, claim)]
    kind = seen.get((match.first, match.last))
    told = [claim for claim in claims if claim.name and claim.name.type == kind]
    if len(told) == 1 or (told and plain):
        return "book_tagged", next((claim for claim in told if claim in plain), told[0])
    if plain:
        return "book_plain", plain[0]
    if taken is None:
        return "", None
    return "book_known", next(
        (claim for claim in claims if _supported(page, match, claim, taken, known)), None
    )


def _written_alike(page: Page, match: Match, claim: Claim) -> bool:
    """Whether the text bears the very marks that the book writes: عُمان and عمّان are told apart by them."""
    if match.first != match.last or match.skip or not any(char in MARKS for char in claim.surface):
        return False
    if claim.name is not None and claim.name.type == "person":
        return False  # توغل برّي is no Mr Berri
    return page.exacts[match.first] == claim.surface


def _misspelt(page: Page, match: Match, claim: Claim) -> bool:
    """Whether a single word ends in ه where the book writes ة: «جده» is his grandfather as often as Jeddah."""
    if match.first != match.last or not claim.surface.endswith("ة"):
        return False
    return page.exacts[match.first].rstrip(_MARKS).endswith("ه")


def cue_beside(page: Page, match: Match, claim: Claim) -> bool:
    """Whether the words right before a match say that it is what the claim says."""
    name = claim.name
    if name is None:
        return False
    first, last = match.first, match.last
    before = page.fold_at(first - 1) if page.joined_or_opened(first) else ""
    if name.type == "place":
        return match.skip == 0 and is_one(before, cues.PLACE_CUES)
    if name.type == "organization":
        if match.skip == 0 and any(is_one(before, kind) for kind in _kinds(name)):
            return True
        bracketed = page.opener(first) in {"(", "["} and page.enclosed(first, last)
        return bracketed and any(_first_fold(alias) == _WIRE for alias in (name.canonical, *name.aliases))
    return match.skip == 0 and (title_before(page, first) or is_one(before, _REIGNS))


_REIGNS: Final = cues.word_set("نظام حكومة عهد حكم رئاسة")


@lru_cache(maxsize=4096)
def _kinds(name: Name) -> tuple[frozenset[str], ...]:
    """The cues that fit an organisation: those of the kind that its own names begin with, or all."""
    heads = {_first_fold(surface).removeprefix("ال") for surface in (name.canonical, *name.aliases)}
    return tuple(kind for kind in cues.BODY_CUES if not heads.isdisjoint(kind)) or cues.BODY_CUES


def title_before(page: Page, index: int) -> bool:
    """Whether a title stands right before a word, or with no more than two adjectives between."""
    for back in range(index - 1, max(index - 4, -1), -1):
        if not page.joined_or_opened(back + 1):
            return False
        if is_one(page.folds[back], cues.TITLES):
            return True
        if not describes(page.folds[back]):
            return False
    return False


def describes(word: str) -> bool:
    """Whether a folded word reads like an adjective behind a title: of the list, or definite in -ي or -ية."""
    return word in cues.ADJECTIVES or (len(word) > 5 and word.startswith("ال") and word.endswith(("ي", "يه")))


def speech_beside(page: Page, first: int, last: int) -> bool:
    """Whether a verb of saying stands right before or right after words first..last."""
    before = page.joined(first) and is_one(page.fold_at(first - 1), cues.SPEECH)
    return before or (page.joined(last + 1) and page.fold_at(last + 1) in cues.SPEECH)


def _supported(
    page: Page, match: Match, claim: Claim, taken: Taken, known: frozenset[tuple[str | None, str]]
) -> bool:
    name = claim.name
    if name is None:
        return False
    named = (name.type, name.canonical) in known
    if name.type == "place":
        return _in_a_row(page, match, taken) or (named and _located(page, match))
    if name.type == "organization":
        return named and page.enclosed(match.first, match.last)
    return named and surname_stands(page, match.first, match.last, match.skip)


def _in_a_row(page: Page, match: Match, taken: Taken) -> bool:
    """A place beside a place: `حلب والباب`, `منبج، الباب`."""
    first, last = match.first, match.last
    with_and = page.folds[first][0] == "و" and match.skip
    if taken.type_at(first - 1) == "place" and (with_and or _comma(page, first)):
        return True
    if page.fold_at(first - 1) == "او" and taken.type_at(first - 2) == "place" and page.joined(first):
        return True
    following = page.fold_at(last + 1)
    return (
        taken.type_at(last + 1) == "place"
        and match.skip == 0
        and (
            _comma(page, last + 1)
            or (page.joined(last + 1) and following[0] == "و" and _glued(taken, last + 1))
        )
    )


def _glued(taken: Taken, index: int) -> bool:
    held = taken.at(index)
    return held is not None and held.first == index and held.skip > 0


def _comma(page: Page, index: int) -> bool:
    return 0 < index < len(page) and page.gaps[index].strip() in {"،", ","}


def _located(page: Page, match: Match) -> bool:
    """After a preposition of place, glued or apart."""
    if match.skip:
        return page.folds[match.first][match.skip - 1] in "بل"
    return page.joined_or_opened(match.first) and is_one(page.fold_at(match.first - 1), cues.LOCATIVES)


def surname_stands(page: Page, first: int, last: int, skip: int) -> bool:
    """Whether words first..last, which end somebody's name in this article, name that person here too.

    Not after a given name or a particle (that is somebody else), not after the head of a place or a body (that is
    named for him), and only beside a title or a verb of saying when the surname is a common word.
    """
    word = page.folds[first][skip:]
    before = page.fold_at(first - 1) if page.joined(first) else ""
    if skip == 0 and (before in GIVEN or before in cues.PARTICLES):
        return False
    if skip == 0 and is_one(before, cues.PLACE_CUES | cues.QUOTED_HEADS):
        return False
    if word in cues.NATIONALITIES or word in cues.NEVER:
        return False
    if first == last and (
        word in cues.COMMON_SURNAMES or (skip and not word.startswith("ال") and len(word) < 4)
    ):
        return title_before(page, first) or speech_beside(page, first, last)
    return True


def _first_fold(surface: str) -> str:
    return folded_words(surface)[0]
