"""Every rule by its name, with how often it was right: what a mention's confidence is made of.

`python -m tests.benchmarks.ner.rules` measures them again. Precision is the share of a rule's candidates that overlap
an entity of its type, on the training parts of NewsFANE, AQMAR and Wojood and the seen half of the gold, beside the
book and without the tagger; rules that ask for the tagger's doubts with it, on the development parts and the gold.
Where a rule was met fewer than twenty times, its share is drawn towards 0.8.
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
    Rule("book_plain", 0.86, 5561, "a name of the book that is no other word"),
    Rule("book_known", 0.92, 51, "an ambiguous name of the book whose entity the article names in full"),
    Rule("title_name", 0.96, 196, "a title, adjectives, a name"),
    Rule("minister_name", 0.97, 35, "a minister with the portfolio, a name"),
    Rule("given_name", 0.94, 577, "a given name and what follows it"),
    Rule("possessed_title_name", 0.82, 2, "a title with a pronoun, a name"),
    Rule("rare_name", 0.73, 18, "two words that are in no list, a title some words before"),
    Rule("headed_place", 0.88, 166, "a kind of place that is no part of the name, a name"),
    Rule("kind_of_place", 0.93, 114, "a kind of place that is part of the name, a name"),
    Rule("weak_place", 0.83, 3, "a kind that common nouns follow more often, a rare word", doubts=True),
    Rule("enumerated", 0.8, 0, "places in a row behind a plural"),
    Rule("rare_place", 0.76, 6, "a rare word behind a preposition of place", doubts=True),
    Rule("row_place", 0.76, 1, "a rare word joined to a place with و", doubts=True),
    Rule("row_start", 0.7, 5, "a word before a place joined with و", doubts=True),
    Rule("ministry", 0.8, 46, "a ministry with its portfolio"),
    Rule("state_body", 0.76, 25, "a body of a state with its nationality"),
    Rule("government", 0.81, 1, "a government or its like with its nationality", doubts=True),
    Rule("definite_body", 0.9, 51, "a definite head, adjectives, a complement in ل"),
    Rule("described_body", 0.81, 16, "a definite head with two adjectives", doubts=True),
    Rule("numbered_unit", 0.73, 3, "a unit of an army with its number"),
    Rule("headed_body", 0.93, 296, "a sound head with a definite complement or a name"),
    Rule("weak_body", 0.78, 13, "a weak head with its complement", doubts=True),
    Rule("business_body", 0.85, 20, "a head, a name, a complement in لل"),
    Rule("named_brand", 0.81, 26, "a head and a word that is in no list"),
    Rule("brand_tail", 0.82, 7, "a word that names of outlets and companies end in, with the word before it"),
    Rule("spelt_out", 0.82, 7, "words whose first letters an acronym in brackets spells"),
    Rule("bracketed_body", 0.86, 16, "a head and all words up to an acronym in brackets"),
    Rule("quoted_body", 0.85, 27, "a name in quotation marks behind a head"),
    Rule("quoted_whole", 0.88, 25, "words in quotation marks that begin with a head"),
    Rule("quoted_called", 0.81, 1, "a name in quotation marks behind `called`, a head before"),
    Rule("quoted_listener", 0.81, 1, "whom somebody spoke to, in quotation marks"),
    Rule("quoted_employer", 0.83, 3, "where somebody works, in quotation marks"),
    Rule("quoted_speaker", 0.8, 0, "in quotation marks between a verb of saying and أن"),
    Rule("quoted_listed", 0.82, 2, "in quotation marks, joined to an organisation"),
    Rule("club_beside", 0.8, 5, "a definite word behind ضيفه or شباك in the report of a match"),
    Rule("club_meets", 0.84, 4, "two definite words of whom one beats or meets the other"),
    Rule("quoted_national", 0.75, 5, "in quotation marks before an adjective of nationality in the feminine"),
    Rule("quoted_actor", 0.82, 2, "in quotation marks behind a verb that bodies are the subject of"),
    Rule(
        "compound_place", 0.8, 35, "the first word of a place's name, a definite noun, a preposition before"
    ),
    Rule("body_of_a_place", 0.77, 7, "a head of an office, its business, a place"),
    Rule("official_body", 0.7, 30, "a head of an office, a definite noun, an adjective"),
    Rule("quoted_rare", 0.83, 3, "a word in no list, in quotation marks behind who leads or fights it"),
    Rule("club_player", 0.85, 5, "a name of two words behind a place in the team, in the report of a match"),
    Rule("guard_body", 0.9, 10, "a guard of coasts or borders"),
    Rule("group_body", 0.81, 6, "the head of a group, a noun, a definite noun"),
    Rule("dateline", 0.84, 9, "an outlet in a dateline"),
    Rule("dateline_place", 0.85, 5, "the words before an outlet in brackets and a dash"),
    Rule("national_place", 0.81, 1, "an indefinite word that a definite adjective of nationality describes"),
    Rule("quoted_row", 0.77, 2, "a name in quotation marks joined to one found so"),
    Rule("doing_office", 0.85, 10, "an office, what it does, a definite noun"),
    Rule("paired_office", 0.84, 4, "an office with two definite nouns joined with و"),
    Rule("placed_office", 0.92, 39, "an office of a place behind it"),
    Rule("local_body", 0.82, 2, "a committee of resistance or a room of emergencies, and its place"),
    Rule("letters_body", 0.77, 7, "names of three Latin letters or more"),
    Rule("gazetteer_place", 0.93, 76, "a place of the tagger's lists behind a preposition"),
    Rule("kindred_place", 0.83, 8, "a word that is used as places are behind a preposition"),
    Rule("row_comma", 0.81, 1, "a word behind a place and a comma, in a row"),
    Rule("echo", 0.81, 101, "a name that the article has taught"),
    Rule("tagger", 0.9, 515, "the tagger alone"),
)
RULES: Final = {rule.name: rule for rule in _TABLE}
