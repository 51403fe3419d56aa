"""Every rule by its name, with how often it was right: what a mention's confidence is made of.

Precision is the share of a rule's candidates that overlap an entity of its type: of those that stand in the end
beside the tagger, on the seen half of the gold and on annotated texts that the tagger had not learnt from; where
hardly any do, on the training parts of NewsFANE, AQMAR and Wojood without the tagger, as
`python -m tests.benchmarks.ner.rules` measures them again. Where a rule was met fewer than twenty times, its share is
drawn towards 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """precision: share of `count` candidates that were right. doubts: it asks what the tagger half sees."""

    name: str
    precision: float
    count: int
    what: str
    doubts: bool = False


_TABLE: Final = (
    Rule("book_marks", 0.8, 0, "a name of the book with the very marks that the book writes"),
    Rule("book_cued", 0.92, 742, "a name of the book beside a cue"),
    Rule("book_tagged", 0.93, 353, "a name of the book that the tagger sees too"),
    Rule("book_plain", 0.8, 55, "a name of the book that is no other word"),
    Rule("book_known", 0.92, 51, "an ambiguous name of the book whose entity the article names in full"),
    Rule("title_name", 0.96, 196, "a title, adjectives, a name"),
    Rule("given_name", 0.94, 577, "a given name and what follows it"),
    Rule("rare_name", 0.82, 2, "two words that are in no list, a title some words before"),
    Rule("headed_place", 0.88, 166, "a kind of place that is no part of the name, a name"),
    Rule("kind_of_place", 0.93, 114, "a kind of place that is part of the name, a name"),
    Rule("weak_place", 0.83, 13, "a kind that common nouns follow more often, a rare word", doubts=True),
    Rule("enumerated", 0.77, 2, "places in a row behind a plural"),
    Rule("rare_place", 0.85, 10, "a rare word behind a preposition of place", doubts=True),
    Rule("row_place", 0.86, 6, "a rare word joined to a place with و", doubts=True),
    Rule("row_start", 0.83, 3, "a word before a place joined with و", doubts=True),
    Rule("definite_body", 0.95, 15, "a definite head, adjectives, a complement in ل"),
    Rule("described_body", 0.75, 20, "a definite head with two adjectives", doubts=True),
    Rule("numbered_unit", 0.73, 3, "a unit of an army with its number"),
    Rule("headed_body", 0.8, 20, "a sound head with a definite complement or a name"),
    Rule("weak_body", 0.84, 99, "a weak head with its complement", doubts=True),
    Rule("business_body", 0.85, 20, "a head, a name, a complement in لل"),
    Rule(
        "brand_tail",
        0.98,
        42,
        "a word that names of outlets and companies end in, with what stands before it",
    ),
    Rule(
        "half_seen_body",
        0.95,
        21,
        "a head and words in all of which the tagger half sees a name",
        doubts=True,
    ),
    Rule("doubted_place", 0.74, 46, "what the tagger half sees behind a preposition of place", doubts=True),
    Rule("trade_tail", 0.88, 8, "a trade with للـ behind a name", doubts=True),
    Rule("brand_row", 0.87, 7, "a rare word joined to an organisation with و", doubts=True),
    Rule("bracketed_body", 0.86, 16, "a head and all words up to an acronym in brackets"),
    Rule("quoted_body", 0.93, 18, "a name in quotation marks behind a head"),
    Rule("quoted_whole", 0.95, 15, "words in quotation marks that begin with a head"),
    Rule("quoted_called", 0.81, 1, "a name in quotation marks behind `called`, a head before"),
    Rule("quoted_listener", 0.81, 1, "whom somebody spoke to, in quotation marks"),
    Rule("quoted_employer", 0.83, 3, "where somebody works, in quotation marks"),
    Rule("quoted_listed", 0.82, 2, "in quotation marks, joined to an organisation"),
    Rule("club_beside", 0.8, 5, "a definite word behind ضيفه or شباك in the report of a match"),
    Rule("club_meets", 0.84, 4, "two definite words of whom one beats or meets the other"),
    Rule(
        "compound_place", 0.8, 35, "the first word of a place's name, a definite noun, a preposition before"
    ),
    Rule("body_of_a_place", 0.77, 7, "a head of an office, its business, a place"),
    Rule("quoted_rare", 0.83, 3, "a word in no list, in quotation marks behind who leads or fights it"),
    Rule("club_player", 0.85, 5, "a name of two words behind a place in the team, in the report of a match"),
    Rule("guard_body", 0.9, 10, "a guard of coasts or borders"),
    Rule("group_body", 0.81, 6, "the head of a group, a noun, a definite noun"),
    Rule("dateline", 0.78, 3, "an outlet in a dateline"),
    Rule("doing_office", 0.85, 10, "an office, what it does, a definite noun"),
    Rule("placed_office", 0.92, 39, "an office of a place behind it"),
    Rule("local_body", 0.82, 2, "a committee of resistance or a room of emergencies, and its place"),
    Rule("gazetteer_place", 0.93, 76, "a place of the tagger's lists behind a preposition"),
    Rule("kindred_place", 0.83, 8, "a word that is used as places are behind a preposition"),
    Rule("row_comma", 0.81, 1, "a word behind a place and a comma, in a row"),
    Rule("echo", 0.93, 41, "a name that the article has taught"),
    Rule("tagger", 0.9, 515, "the tagger alone"),
)
RULES: Final = {rule.name: rule for rule in _TABLE}
