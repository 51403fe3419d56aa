"""Measure which copies of an article are found to be one, and which different articles are not.

Usage: measure_stories.py CORPUS.jsonl [PAIRS]    one object a line, with `title` and `content`

Copies are made of articles of the corpus, each in every way of `WAYS`; prints the table of docs/stories.md.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

from kashaf.corpus.duplicates import fingerprints, hashed_words, likeness
from kashaf.corpus.story_groups import is_held, is_near, shares_enough

_CHROME = (
    "شارك هذا المقال عبر مواقع التواصل اقرأ أيضا أهم الأخبار تابعونا على صفحاتنا الرسمية اشترك في النشرة البريدية "
    "ليصلك كل جديد جميع الحقوق محفوظة سياسة الخصوصية اتصل بنا من نحن أضف تعليقا حجم الخط طباعة إرسال الأكثر "
    "قراءة اليوم"
)
_FORMULA = (
    "تابعوا آخر أخبارنا عبر تطبيق الهاتف وانضموا إلى قناتنا ليصلكم كل جديد لحظة بلحظة من مراسلينا في جميع المدن "
    "والقرى حيث ننقل لكم الحدث كما هو بلا زيادة ولا نقصان"
)


class Maker:
    """Copies of articles. Every one is made of an article and, where it needs foreign words, of another."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def changed(self, text: str, other: str, part: float) -> str:
        """A part of the words replaced by words of another article, in their order."""
        foreign = other.split()
        return " ".join(
            self._chance.choice(foreign) if self._chance.random() < part else word for word in text.split()
        )

    def respelt(self, text: str, part: float) -> str:
        """A part of the longer words spelt with a letter more, as names are that two desks transliterate."""
        words = text.split()
        for at, word in enumerate(words):
            if len(word) > 3 and self._chance.random() < part:
                cut = self._chance.randrange(1, len(word) - 1)
                words[at] = word[:cut] + "ا" + word[cut:]
        return " ".join(words)

    def shuffled(self, text: str) -> str:
        """Its sentences in another order."""
        found = sentences(text)
        self._chance.shuffle(found)
        return " ".join(found)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!؟\n])\s+", text) if one]


def first(text: str, part: float) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * part)])


def last(text: str, part: float) -> str:
    words = text.split()
    return " ".join(words[round(len(words) * (1 - part)) :])


Way = Callable[[Maker, str, str, str], tuple[str, str]]
"""Maker, title and text of an article, and another text, to the two texts to be compared."""

COPIES: dict[str, Way] = {
    "other marks, alef forms and digits": lambda _m, t, a, _b: (
        f"{t}\n{a}",
        f"{t}\n{a}".replace("أ", "ا").replace("ة", "ه").replace("،", " ").replace("1", "١"),
    ),
    "other title": lambda _m, t, a, b: (f"{t}\n{a}", f"{first(b, 0.03)}\n{a}"),
    "other title and dateline, a line about the outlet": lambda _m, t, a, b: (
        f"{t}\n{a}",
        f"{first(b, 0.03)}\nالمدينة - وكالات\n{a}\nالمصدر: وكالات",
    ),
    "60 words of chrome": lambda _m, t, a, _b: (f"{t}\n{a}", f"{t}\n{a}\n{_CHROME}"),
    "paragraphs in another order": lambda m, t, a, _b: (f"{t}\n{a}", f"{t}\n{m.shuffled(a)}"),
    "3 % of the words changed": lambda m, t, a, b: (f"{t}\n{a}", m.changed(f"{t}\n{a}", b, 0.03)),
    "10 % of the words changed": lambda m, t, a, b: (f"{t}\n{a}", m.changed(f"{t}\n{a}", b, 0.1)),
    "20 % of the words changed": lambda m, t, a, b: (f"{t}\n{a}", m.changed(f"{t}\n{a}", b, 0.2)),
    "5 % of the words respelt": lambda m, t, a, _b: (f"{t}\n{a}", m.respelt(f"{t}\n{a}", 0.05)),
    "80 % copied, 20 % its own": lambda _m, t, a, b: (f"{t}\n{a}", f"{first(a, 0.8)} {last(b, 0.2)}"),
    "60 % copied, 40 % its own": lambda _m, t, a, b: (f"{t}\n{a}", f"{first(a, 0.6)} {last(b, 0.4)}"),
    "40 % copied, 60 % its own": lambda _m, t, a, b: (f"{t}\n{a}", f"{first(a, 0.4)} {last(b, 0.6)}"),
    "20 % copied, 80 % its own": lambda _m, t, a, b: (f"{t}\n{a}", f"{first(a, 0.2)} {last(b, 0.8)}"),
    "cut to 80 %": lambda _m, t, a, _b: (f"{t}\n{a}", first(a, 0.8)),
    "cut to 60 %": lambda _m, t, a, _b: (f"{t}\n{a}", first(a, 0.6)),
    "cut to 40 %": lambda _m, t, a, _b: (f"{t}\n{a}", first(a, 0.4)),
    "cut to 20 %": lambda _m, t, a, _b: (f"{t}\n{a}", first(a, 0.2)),
    "whole within an article twice as long": lambda _m, t, a, b: (f"{t}\n{a}", f"{b} {a} {b[::-1]}"),
}
OTHERS: dict[str, Way] = {
    "two articles by chance": lambda _m, t, a, b: (f"{t}\n{a}", b),
    "one title, two texts": lambda _m, t, a, b: (f"{t}\n{a}", f"{t}\n{b}"),
    "two texts with the same quotation of 25 words": lambda _m, _t, a, b: (
        a,
        f"{first(b, 0.5)} {' '.join(a.split()[40:65])} {last(b, 0.5)}",
    ),
    "two briefs of 60 words with a formula of 35": lambda _m, _t, a, b: (
        f"{' '.join(a.split()[:60])}\n{_FORMULA}",
        f"{' '.join(b.split()[:60])}\n{_FORMULA}",
    ),
    "two briefs of 25 words with a formula of 35": lambda _m, _t, a, b: (
        f"{' '.join(a.split()[:25])}\n{_FORMULA}",
        f"{' '.join(b.split()[:25])}\n{_FORMULA}",
    ),
}


def measure(articles: list[tuple[str, str]], pairs: int) -> None:
    chance = random.Random(5)
    maker = Maker(chance)
    lengths = {"100-199": (100, 200), "200-499": (200, 500), "40-99": (40, 100)}
    for title, (low, high) in lengths.items():
        fitting = [one for one in articles if low <= len(one[1].split()) < high]
        print(f"\nArticles of {title} words ({len(fitting)})\n")
        print("| What was done | found | one story | holds | mean Jaccard |")
        print("| --- | --- | --- | --- | --- |")
        for way, make in {**COPIES, **OTHERS}.items():
            found = near = held = 0
            total = 0.0
            for _ in range(pairs):
                (name, text), (_, other) = chance.sample(fitting, 2)
                left, right = (hashed_words(one) for one in make(maker, name, text, other))
                found += shares_enough(fingerprints(left), fingerprints(right))
                alike = likeness(left, right)
                total += alike.jaccard
                one = is_near(alike, min(len(left), len(right)))
                near += one
                held += not one and is_held(alike)
            print(
                f"| {way} | {found / pairs:.1%} | {near / pairs:.1%} | {held / pairs:.1%} | {total / pairs:.2f} |"
            )


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    measure(
        [(one["title"], one["content"]) for one in records], int(sys.argv[2]) if len(sys.argv) > 2 else 500
    )


if __name__ == "__main__":
    main()
