"""What the screen of quotations says: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Narrow, Plural, nN_

TEXTS: Final[dict[str, str | Plural | Narrow]] = {
    "quotes": N_("Quotations"),
    "quotes of article": N_("of {title}"),
    "quotes of results": N_("of the results of {query}"),
    "quotes of all": N_("of all articles"),
    "quotes by": N_("by {name}"),
    "quotes about": N_("in whose words {name} is named"),
    "quotes n": nN_("{n} quotation", "{n} quotations"),
    "quotes first": N_("the newest {shown}, there are more"),
    "speakers n": nN_("{n} speaker", "{n} speakers"),
    "scope article": N_("this article"),
    "scope results": N_("the results"),
    "scope all": N_("all articles"),
    "quotes order speaker": N_("by speaker"),
    "quotes order article": N_("by article"),
    "quotes order verb": N_("by verb"),
    "kind direct": N_("only in their own words"),
    "kind reported": N_("only as reported"),
    "only speaker": N_("only {name}"),
    "direct": N_("own words"),
    "reported": N_("reported"),
    "quote unsure": N_("unsure"),
    "nobody named": N_("nobody named"),
    "no verb": N_("no verb"),
    "filter quotes": N_("words, a speaker or an outlet"),
    "gathering quotes": N_("Looking for quotations…"),
    "gathering quotes of": N_("looking for quotations: {done} of {all}"),
    "quotes waiting": nN_("{n} article has not been read yet", "{n} articles have not been read yet"),
    "no article for quotes": N_(
        "No article is open.\nv shows the quotations of the results, v again those of all articles."
    ),
    "no quotes in article": N_(
        "Nobody is quoted in this article.\nv shows the quotations of the results, v again those of all articles."
    ),
    "no quotes in results": N_(
        "Nobody is quoted in these articles, or they have not been read yet.\nv shows the quotations of all articles."
    ),
    "no quotes at all": N_(
        "No quotations yet. Articles are read for them in the background, after indexing;\n"
        "kashaf quotes --update does it at once."
    ),
    "no quotes by": N_("No words of {name} have been found."),
    "no quotes about": N_("{name} is named in nobody's words."),
    "quotes before": N_("Esc goes back to the quotations that were listed before."),
    "quotes below": N_("Esc closes this list and goes back to where you opened it."),
    "no results to quote": N_(
        "The search finds no article.\n"
        "v shows the quotations of all articles. Esc closes this: / changes the words, F8 the filters."
    ),
    "no such quotes": N_("No quotation has this.\nEsc takes the filter away."),
    "quote cancelled": N_("stopped"),
    "quotes legend": N_("«» own words · ≈ reported"),
}
