"""Reading any bytes whatever: an article that keeps its promises, or a refusal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus.readers import read
from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean

LINES = st.lists(
    st.sampled_from(
        [
            "عنوان الخبر",
            "بحث",
            "شارك المقال",
            "A",
            "04/07/2025",
            "نوفمبر 03, 2025 2516",
            "بقلم: فلان",
            "مقالات ذات صلة",
            "© صحيفة 2025",
            "",
            "\u00a0",
            "قالت الوزيرة إن العمل يبدأ في الربيع وإن الكلفة معروفة سلفا ولا زيادة عليها.",
            "قالت الوزيرة إن العمل يبدأ في الربيع وإن الكلفة معروفة سلفا",
            "# عنوان",
            "---",
            "title: كذا",
            "<p>فقرة</p>",
            '{"text": "نص"}',
            "[",
            "\x1b]0;x\x07\u202e",
        ]
    ),
    max_size=14,
).map("\n".join)
NAMES = st.sampled_from(["a.txt", "a.html", "a.md", "a.json", "a.jsonl", "a"])


@given(
    st.one_of(
        LINES.map(str.encode),
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace")),
    ),
    NAMES,
)
@settings(max_examples=150, deadline=None)
def test_a_draft_keeps_its_promises(data: bytes, name: str) -> None:
    try:
        result = read(name, data)
    except BadInput as refusal:
        if not refusal.cure:
            raise
        return
    for member in result.members:
        draft = member.draft
        assert is_clean(draft.text)
        assert draft.text.strip()
        assert "\n\n" not in draft.text
        assert draft.text == draft.text.strip("\n")
        assert 0 <= draft.body_start <= len(draft.text)
        if draft.body_start:
            assert draft.text.split("\n")[0] == draft.metadata.title
            assert draft.body_start in {len(draft.metadata.title) + 1, len(draft.text)}
        else:
            assert "no stated title" in draft.provenance.warnings
        assert (draft.metadata.published is None) == (draft.metadata.published_evidence == "")
        assert draft.metadata.title
