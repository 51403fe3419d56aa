"""The style sheet of a dossier: for the screen, light and dark, for a phone, and for A4.

Fonts are those that systems have for Arabic: nothing is fetched. Letters are never spaced out, and lines are never
filled by stretching: both break Arabic. Colour never says anything alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.notes.codebook import Code

_SHEET: Final = """
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1d1b18;--soft:#5c574f;--line:#d8d2c6;--card:#fff;
--link:#0b4f8a;--mark:#f6d860;--good:#1d6b3a;--warn:#8a4b00;--bad:#9b1c1c;
--text:"Noto Naskh Arabic","Amiri","Scheherazade New","Geeza Pro","Arabic Typesetting","Traditional Arabic",
"Noto Serif","Times New Roman",serif;
--plain:"Noto Sans Arabic","Segoe UI","Geeza Pro","Tahoma","Noto Sans","DejaVu Sans",sans-serif;
--fixed:"DejaVu Sans Mono","Noto Sans Mono",Consolas,Menlo,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#191816;--ink:#ece7dd;--soft:#b0a898;--line:#45413a;--card:#22201d;
--link:#8fc4f2;--mark:#b48a00;--good:#7fd09b;--warn:#f0b45c;--bad:#ff9d94}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:48rem;background:var(--paper);color:var(--ink);
font:1.0625rem/1.8 var(--plain);letter-spacing:normal;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.25em}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
h1,h2,h3,h4{line-height:1.5;text-wrap:balance;margin:0 0 .5rem}
h1{font-size:2rem}
h2{font-size:1.5rem;margin-top:3rem;padding-top:1rem;border-top:3px double var(--line)}
h3{font-size:1.2rem;margin-top:2rem}
.kind{font-size:1.05rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin-top:0}
p{margin:.4rem 0}
ol,ul{margin:.4rem 0;padding-inline-start:1.6rem}
.skip{position:absolute;inset-inline-start:-100rem}
.skip:focus{position:static}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem 1.25rem;margin:1rem 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.contents ol{list-style:none;padding:0}
.contents li,.index li{padding:.15rem 0}
.count{color:var(--soft)}
.about{color:var(--soft);margin-top:0}
.description{white-space:pre-wrap}
.note{background:var(--card);border:1px solid var(--line);border-inline-start:.4rem solid var(--code,var(--line));
border-radius:.3rem;padding:1rem 1.1rem;margin:1.1rem 0}
.note:target{outline:3px solid var(--link);outline-offset:3px}
.state{font-weight:normal;font-size:.9rem;border:1px solid currentcolor;border-radius:1rem;padding:0 .7rem}
.sign{margin-inline-end:.4em}
.exact,.moved{color:var(--good)}
.changed{color:var(--warn)}
.orphan,.missing{color:var(--bad)}
.stands{margin:.3rem 0}
blockquote{margin:.5rem 0;padding:.1rem 1rem;border-inline-start:3px solid var(--line);
font:1.25rem/2 var(--text);white-space:pre-line}
blockquote p{margin:.3rem 0}
.context{color:var(--soft)}
mark{background:var(--mark);color:var(--ink)}
.coded mark{background:color-mix(in srgb,var(--code) 38%,var(--card))}
mark.proposal{background:none;text-decoration:underline dashed 2px var(--warn);text-underline-offset:.35em}
.other{text-decoration-line:underline;text-decoration-color:var(--soft);text-decoration-thickness:2px;
text-underline-offset:.35em;text-decoration-skip-ink:none}
.u1{text-decoration-style:solid}.u2{text-decoration-style:dashed}.u3{text-decoration-style:dotted}
.u4{text-decoration-style:double}.u5{text-decoration-style:wavy}
.several{text-decoration-style:solid;text-decoration-thickness:4px}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1rem}
.label{font:.9rem/1.6 var(--plain);color:var(--soft);margin:.6rem 0 0}
.body{margin:.8rem 0;white-space:pre-wrap}
.near,.elsewhere{font-size:.95rem;color:var(--soft)}
.chips{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem .6rem}
.chips li{max-width:100%}
.chips a{display:inline-block;max-width:100%;border:1px solid var(--line);border-radius:1rem;padding:0 .7rem;
text-decoration:none}
.swatch{display:inline-block;width:.85em;height:.85em;border:1px solid var(--ink);border-radius:.15em;
background:var(--code,none);margin-inline-end:.4em;vertical-align:-.05em}
.fine{font-size:.9rem;color:var(--soft);margin:.5rem 0 0}
.fact{display:inline-block;max-width:100%}
.cite{font-size:.8rem;line-height:1.6;color:var(--soft);border-top:1px dotted var(--line);margin-top:.8rem;
padding-top:.4rem}
.cite p{margin:0}
@media (max-width:36rem){
body{padding:1rem .8rem 3rem}.pair,.facts{grid-template-columns:minmax(0,1fr)}.facts dd{margin-bottom:.4rem}
.note{padding:.8rem}h1{font-size:1.6rem}h2{font-size:1.3rem}blockquote{padding:.1rem .7rem;font-size:1.15rem}}
@page{size:A4;margin:20mm 18mm 18mm}
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#999;--link:#000;--mark:#e8e2c8;
--good:#000;--warn:#000;--bad:#000;color-scheme:light}
body{max-width:none;padding:0;font-size:10.5pt;line-height:1.6}
blockquote{font-size:12.5pt;line-height:1.8}
h1{font-size:20pt}h2{font-size:15pt;margin-top:1.5rem}h3{font-size:12pt;margin-top:1rem}.kind{font-size:11pt;margin-top:0}
main,main+.index{break-before:page}
main>section:first-of-type>h2,main+.index>h2{margin-top:0;border-top:none}
.note{padding:.5rem .8rem;margin:.6rem 0}
.cite{font-size:7.5pt;line-height:1.5;margin-top:.4rem;padding-top:.2rem}
.cite p{display:inline}
.cite p+p::before{content:' · '}
h2,h3,h4,.label,.about{break-after:avoid}
.note,.contents li,.index li,dl>div{break-inside:avoid}
.note{border-radius:0}
.skip{display:none}
a{text-decoration:none}
p{orphans:3;widows:3}
mark,.swatch,.note{-webkit-print-color-adjust:exact;print-color-adjust:exact}
mark{border-bottom:1px solid #000}}
"""


def sheet(codes: Iterable[Code], header: str, page: str) -> str:
    """The whole sheet; the class `c1` has the colour of the first code, and so on.

    header and page: the dossier's own words, for the margins of a printed page.
    """
    colours = "".join(f".c{number}{{--code:{code.colour}}}\n" for number, code in enumerate(codes, 1))
    margins = (
        f"@page{{@top-center{{content:{_string(header)};font:9pt sans-serif}}"
        f"@bottom-center{{content:{_string(page)} ' ' counter(page) ' / ' counter(pages);font:9pt sans-serif}}}}\n"
    )
    return f"{_SHEET}{margins}{colours}"


def _string(text: str) -> str:
    return "'" + re.sub(r"[^\w ·:،]", "", text) + "'"
