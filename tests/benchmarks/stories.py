"""How fast articles are grouped into stories, three in ten of them copies made in the ways that outlets copy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.articles import Made, load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from kashaf.corpus.stories import StoryArticle

_COPIES: Final = 0.3
_NEW: Final = 100
_SEED: Final = 7


def measure(folder: Path) -> list[Row]:
    ours = run("stories", "ours", folder)
    return [
        Row("stories, articles compared", "articles/CPU s", ours.values["rate"], more=True),
        Row(f"stories, {_NEW} articles more", "s", ours.values["more"]),
        Row("stories, peak memory", "MiB", ours.peak),
    ]


def ours(folder: str) -> Mapping[str, float]:
    from kashaf.corpus.stories import update

    store = Path(folder) / "stories"
    store.mkdir()
    known = list(_articles(load(Path(folder)), "a"))
    spent = process_time()
    done = update(store, known)
    rate = len(known) / (process_time() - spent)
    assert done.copied
    new = list(_articles(load(Path(folder))[:_NEW], "b"))
    started = perf_counter()
    update(store, new)
    return {"rate": rate, "more": perf_counter() - started}


def _articles(made: Sequence[Made], name: str) -> Iterator[StoryArticle]:
    """As many as were made: some as they are, some in the place of another's copy."""
    from kashaf.corpus.stories import StoryArticle

    chance = random.Random(_SEED)
    for number, one in enumerate(made):
        text = one.text
        if number and chance.random() < _COPIES:
            text = chance.choice(_WAYS)(made[chance.randrange(number)].text, chance)
        yield StoryArticle(f"{name}{number}", text, f"{name}{number}", one.published, "2026-01-01T00:00:00Z")


def _as_it_is(text: str, _chance: random.Random) -> str:
    return text


def _framed(text: str, _chance: random.Random) -> str:
    return f"عنوان آخر للخبر نفسه\n{text}\nالمصدر: وكالات"


def _reworded(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(chance.choice(words) if chance.random() < 0.04 else word for word in words)


def _shortened(text: str, _chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(words[: len(words) * 3 // 4])


_WAYS: Final[tuple[Callable[[str, random.Random], str], ...]] = (_as_it_is, _framed, _reworded, _shortened)
