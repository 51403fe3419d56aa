"""The Unicode Bidirectional Algorithm, Arabic shaping, and layout into terminal cells. Pure: no files, no terminal.

    text -> levels (P2-P3, X1-X10, W1-W7, N0-N2, I1-I2)     `levels`, `resolve`, over the codes of `classes`
         -> clusters, shaped (The Unicode Standard, 9.2)    `shaping`, `width`
         -> lines, broken in logical order                  `wrap`
         -> cells in visual order (L1-L4)                   `order`, `layout`

`layout` is what the rest of Kashaf uses; offsets are code points `[start, end)` of the paragraph given, widths and
columns are terminal cells. All of UAX #9 (revision 46, Unicode 15.0) is here but for these, which are choices:

- P1: the caller splits a text into paragraphs. A paragraph separator inside one closes embeddings (X8) and counts
  as a separator (L1), but what follows has the same base.
- L3: marks stay behind their base, in its cell, at any level; no renderer that wants them before it is served.
- L4: by Bidi_Mirroring_Glyph. A mirrored character without one is shown as it is.
- HL1: `Options.base` and `direction` override P2 and P3. HL2: digits may be shown in another set, with the levels of
  those written. HL3: addresses, paths and the like are isolated left to right, see `links`. HL4 to HL6 are not used.
"""
