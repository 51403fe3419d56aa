"""What the interface says on the timeline and among the claims: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Narrow, Plural, nN_

TEXTS: Final[dict[str, str | Plural | Narrow]] = {
    "timeline": N_("Timeline"),
    "claims": N_("Claims"),
    "statements n": nN_("{n} statement", "{n} statements"),
    "claims n": nN_("{n} claim", "{n} claims"),
    "in conflict n": nN_("{n} in conflict", "{n} in conflict"),
    "of one article": N_("of one article"),
    "of every article": N_("of every article"),
    # gathering
    "gathering dates": N_("Looking for dated sentences…"),
    "gathering claims": N_("Comparing figures…"),
    "gathering stopped": N_("Stopped. Tab shows the other view; W closes and begins anew."),
    "not read n": nN_("{n} article not read yet", "{n} articles not read yet"),
    # nothing there
    "no statements": N_(
        "No sentence of these articles says when.\n"
        "Dates of every kind are read: 12 May 2024, last week, the eighties, Hijri ones.\n"
        "o changes between the open article and all results."
    ),
    "no statements in": N_("Nothing is said of this time.\nx shows the whole line of time again."),
    "no claims": N_(
        "No two of these articles give figures for one thing.\n"
        "Members, deaths, money and more are compared, where sentences name the same\n"
        "body or place. A wider search finds more to compare."
    ),
    "no conflicts": N_("All figures agree.\nv shows them."),
    "no results in time": N_(
        "The search finds no article, so there is nothing to date or to compare.\n"
        "W closes this: / changes the words, F8 the filters."
    ),
    "none read": N_(
        "These articles have not been read yet.\n"
        "Reading goes on in the background; what was read is shown here by itself."
    ),
    # periods
    "zoom decade": N_("by decade"),
    "zoom year": N_("by year"),
    "zoom month": N_("by month"),
    "zoom day": N_("by day"),
    "without a year": N_("no year, or not decided"),
    "only time": N_("only {first} – {last}"),
    "only from": N_("only from {first} on"),
    "only until": N_("only until {last}"),
    "axis from right": N_("older at the right"),
    # evidence
    "evidence stated": N_("date stated"),
    "evidence publication": N_("date counted from publication"),
    "evidence approximate": N_("date approximate"),
    "evidence open": N_("date open"),
    "published on": N_("published {date}"),
    "told by n": nN_("told by {n} outlet", "told by {n} outlets"),
    "signs of dates": N_("* counted from publication   ~ about"),
    # claims
    "verdict agree": N_("agree"),
    "verdict conflict": N_("conflict"),
    "verdict changed": N_("differ, at different times"),
    "grouped copies": N_("together because: copies of one text"),
    "grouped body": N_("together because: members of one body"),
    "grouped words": N_("together because: same names, and {words}"),
    "grouped names": N_("together because: same names"),
    "only differing": N_("only those that do not agree"),
    "of one day": N_("of one day"),
    "figure of": N_("figure of {date}"),
    "figure of span": N_("figure of {first} – {last}"),
    "choose a statement": N_("Choose a statement first"),
    "no open article": N_("No article is open"),
}  # fmt: skip

# What makes a date less than sure, in the words of its reader.
NOTES: Final = (
    N_("no year is said: the one nearest to the day of publication"),
    N_("no year is said"),
    N_("a weekday alone: the last one before publication"),
    N_("a weekday alone: the next one after publication"),
    N_("the weekday is another"),
    N_("two months"),
    N_("counted from the day of publication, which is not known"),
    N_("how long is not said"),
    N_("counted from something the text tells of"),
    N_("about"),
    N_("which days is not said exactly"),
    N_("a week from Monday to Sunday"),
    N_("the winter at either end of the year"),
    N_("no century is said"),
    N_("Hijri by the tabular calendar: right to a day or two"),
    N_("a number taken for a year"),
    N_("may mean nowadays"),
    N_("part of a name"),
    N_("hours from publication may be another day"),
    N_("counted in round units from the day of publication"),
    N_("longer ago than that"),
    N_("Hijri or Gregorian"),
    N_("the weekday decides"),
    N_("may be counted from another time"),
    N_("less long ago than that"),
    N_("a decade or the last ten years"),
    N_("a century of the Hijra"),
    N_("before the common era"),
    N_("the season nearest to publication"),
    N_("of which year or month is not said"),
    N_("day first"),
    N_("month first"),
    N_("year of two digits"),
    N_("Hijri or Persian"),
)
