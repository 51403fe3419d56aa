"""Figures about the same thing, side by side."""

from __future__ import annotations

from tests.statements_support import Corpus

from kashaf.entities.statements.model import Claim

NAME = "تحالف السواحل الآمنة"


def numbers(claim: Claim) -> list[float]:
    return [figure.quantity.low for figure in claim.figures]


def coalition() -> Corpus:
    corpus = Corpus()
    corpus.add(
        f"قالت الوزيرة إن بلدها سيصبح ⟦الدولة الـ90|ordinal|90⟧ التي تنضم إلى ⟦{NAME}|org|{NAME}⟧ هذا العام.",
        "المرفأ",
    )
    corpus.add(f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦89 عضوا|members|89⟧ بحسب موقعه الرسمي.", "سدرة")
    corpus.add(
        f"وللتحالف بيانات أخرى. يشارك في ⟦التحالف|org|{NAME}⟧ ⟦أكثر من 80 دولة|other|>80⟧ من أعضاء المنظمة.",
        "الهلال",
    )
    return corpus


def test_members_of_one_body_stand_together_however_they_are_counted() -> None:
    (claim,) = coalition().claims()
    assert sorted(numbers(claim)) == [80, 89, 90]
    assert claim.counting == "members"
    assert [entity.name for entity in claim.about] == [NAME]
    assert claim.verdict == "conflict"
    assert claim.articles == 3
    assert set(claim.outlets) == {"المرفأ", "سدرة", "الهلال"}


def test_each_figure_leads_to_its_words() -> None:
    corpus = coalition()
    (claim,) = corpus.claims()
    for figure in claim.figures:
        text = corpus.sources[figure.article_id].text
        assert text[figure.start : figure.end] == figure.text
        low, high = figure.number_span
        assert figure.text[low:high] == figure.quantity.form


def test_figures_of_other_days_may_each_have_been_right() -> None:
    corpus = Corpus()
    corpus.add(f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦23 عضوا|members|23⟧ الآن.", "المرفأ", "2025-11-03")
    corpus.add(
        f"ارتفع عدد أعضاء ⟦{NAME}|org|{NAME}⟧ إلى ⟦24 دولة|other|24⟧ بانضمام المملكة.", "سدرة", "2025-11-01"
    )
    (claim,) = corpus.claims()
    assert claim.verdict == "changed"
    assert numbers(claim) == [24, 23]
    corpus.add(f"قال مسؤول إن عدد أعضاء ⟦{NAME}|org|{NAME}⟧ ⟦25 عضوا|members|25⟧.", "الهلال", "")
    assert corpus.claims()[0].verdict == "conflict"  # nobody knows when that was


def test_a_date_in_the_sentence_says_what_time_a_figure_is_of() -> None:
    corpus = Corpus()
    corpus.add(
        f"تأسس ⟦{NAME}|org|{NAME}⟧ في ⟦شباط 2024|date|2024-02⟧ ب⟦تسع دول|other|9⟧ أعضاء، ويضم "
        "⟦اليوم|date|@2025-11-03⟧ ⟦23 عضوا|members|23⟧.",
        "المرفأ",
    )
    corpus.add(f"⟦{NAME}|org|{NAME}⟧ له ⟦23 عضوا|members|23⟧ كما قال الناطق.", "سدرة")
    (claim,) = corpus.claims()
    assert sorted(numbers(claim)) == [9, 23, 23]
    assert claim.verdict == "changed"


def test_a_body_is_meant_by_the_first_word_of_its_name() -> None:
    corpus = Corpus()
    corpus.add(
        f"عقد ⟦{NAME}|org|{NAME}⟧ مؤتمرا.\nوقال القائد إن التحالف يضم اليوم ⟦23 عضوا|members|23⟧.", "المرفأ"
    )
    corpus.add(f"عدد أعضاء ⟦{NAME}|org|{NAME}⟧ ⟦24 دولة|other|24⟧.", "سدرة")
    (claim,) = corpus.claims()
    assert claim.verdict == "conflict"
    other = "تحالف المزارعين"
    corpus.add(
        f"لا ⟦{NAME}|org|{NAME}⟧ ولا ⟦{other}|org|{other}⟧ حضر.\nيضم التحالف ⟦30 عضوا|members|30⟧.", "الهلال"
    )
    assert 30 not in numbers(corpus.claims()[0])  # which of the two nobody knows


def test_figures_of_other_bodies_do_not_stand_together() -> None:
    corpus = Corpus()
    corpus.add(f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦23 عضوا|members|23⟧.")
    corpus.add("يضم ⟦اتحاد الموانئ|org|اتحاد الموانئ⟧ ⟦40 عضوا|members|40⟧.")
    assert corpus.claims() == ()


def test_states_are_no_members_without_a_word_of_membership() -> None:
    corpus = Corpus()
    corpus.add(f"زار رئيس ⟦{NAME}|org|{NAME}⟧ ⟦12 دولة|other|12⟧ في جولته.")
    corpus.add(f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦23 عضوا|members|23⟧.")
    assert corpus.claims() == ()


def test_a_part_of_the_members_is_another_figure() -> None:
    corpus = Corpus()
    corpus.add(f"امتنعت ⟦3 دول|other|3⟧ أعضاء في ⟦{NAME}|org|{NAME}⟧ عن التصويت.", "المرفأ")
    corpus.add(f"أيدت القرار في ⟦{NAME}|org|{NAME}⟧ أمس الجمعة ⟦14 دولة|other|14⟧ من أعضائه.", "سدرة")
    corpus.add(f"وقال قائد ⟦{NAME}|org|{NAME}⟧ إن ⟦5 من أعضاء|members|5⟧ هيئته استقالوا.", "الهلال")
    corpus.add(
        f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦15 عضوا|members|15⟧ من بينها ⟦6 دول|other|6⟧ على الساحل و⟦4 دول عربية|other|4⟧.",
        "الموج",
    )
    corpus.add(f"الدول ⟦الـ15 عضوا|members|15⟧ في ⟦{NAME}|org|{NAME}⟧ بدأت عملها، وعددها لن يتغير.", "الريح")
    for claim in corpus.claims():
        assert set(numbers(claim)) == {15}


def test_the_nearest_body_has_the_members() -> None:
    corpus = Corpus()
    corpus.add(
        f"قال ⟦مجلس الموانئ|org|مجلس الموانئ⟧ وله ⟦15 عضوا|members|15⟧ إن قائد ⟦{NAME}|org|{NAME}⟧ استقال."
    )
    corpus.add(f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦23 عضوا|members|23⟧.")
    corpus.add("يتألف ⟦مجلس الموانئ|org|مجلس الموانئ⟧ من ⟦15 عضوا|members|15⟧ منتخبا.")
    (claim,) = corpus.claims()
    assert [entity.name for entity in claim.about] == ["مجلس الموانئ"]
    assert claim.verdict == "agree"


SAILORS = (
    "أعلن ⟦حرس السواحل|org|حرس السواحل⟧ أن زورقين هاجما الناقلة قرب ⟦جزيرة القطرس|place|جزيرة القطرس⟧ "
    "وأنه أنقذ جميع أفراد الطاقم وعددهم ⟦{0} بحارا|rescued|{0}⟧."
)


def test_a_copy_with_another_number_shows() -> None:
    corpus = Corpus()
    corpus.add(SAILORS.format(17), "سدرة", story="s")
    corpus.add(SAILORS.format(19), "الهلال", story="s")
    (claim,) = corpus.claims()
    assert numbers(claim) == [19, 17] or numbers(claim) == [17, 19]
    assert claim.verdict == "conflict"
    assert claim.copies


def test_an_event_of_another_month_is_another_event() -> None:
    sentence = (
        "قتل ⟦{0} جنود|killed|{0}⟧ في انفجار لغم على طريق ⟦العاصمة|place|العاصمة⟧ قرب "
        "⟦القاعدة|place|القاعدة⟧ كما قال الناطق العسكري."
    )
    near, far = Corpus(), Corpus()
    near.add(sentence.format(5), "سدرة", "2025-03-03")
    near.add(sentence.format(7), "الهلال", "2025-03-04")
    far.add(sentence.format(5), "سدرة", "2025-03-03")
    far.add(sentence.format(7), "الهلال", "2025-06-04")
    assert [claim.verdict for claim in near.claims()] == ["changed"]
    assert far.claims() == ()


def test_a_shared_place_alone_is_not_enough() -> None:
    corpus = Corpus()
    corpus.add("قتل ⟦5 أشخاص|killed|5⟧ في حادث سير جنوب ⟦العاصمة|place|العاصمة⟧ فجر الأحد.", "سدرة")
    corpus.add(
        "أودى قصف على سوق الخضار في ⟦العاصمة|place|العاصمة⟧ بحياة ⟦12 شخصا|killed|12⟧ بينهم نساء.", "الهلال"
    )
    assert corpus.claims() == ()


def test_two_figures_of_one_sentence_do_not_cross() -> None:
    sentence = (
        "أصيب في ⟦الميناء|place|الميناء⟧ خلال الحريق الكبير ⟦3 عمال|wounded|3⟧ من الشركة "
        "الأولى و⟦{0} عمال|wounded|{0}⟧ من الشركة الثانية."
    )
    corpus = Corpus()
    corpus.add(sentence.format(5), "سدرة", story="s")
    corpus.add(sentence.format(5), "الهلال", story="s")
    assert [claim.verdict for claim in corpus.claims()] == ["agree", "agree"]
    assert sorted(tuple(numbers(claim)) for claim in corpus.claims()) == [(3, 3), (5, 5)]


def test_another_unit_or_another_thing_is_another_claim() -> None:
    sentence = "خصصت ⟦الوزارة|org|وزارة الأشغال⟧ لترميم الجسر القديم فوق النهر ⟦{0}|money:{1}|{0}⟧ هذا العام."
    corpus = Corpus()
    corpus.add(sentence.format("40", "USD"), "سدرة")
    corpus.add(sentence.format("40", "EUR"), "الهلال")
    assert corpus.claims() == ()
    corpus.add(sentence.format("45", "USD"), "المرفأ")
    (claim,) = corpus.claims()
    assert (claim.unit, claim.verdict) == ("USD", "conflict")
    assert "لترميم" in claim.words


def test_one_article_alone_makes_no_claim() -> None:
    corpus = Corpus()
    corpus.add(
        f"يضم ⟦{NAME}|org|{NAME}⟧ ⟦23 عضوا|members|23⟧.\nبل يضم ⟦{NAME}|org|{NAME}⟧ ⟦24 عضوا|members|24⟧."
    )
    assert corpus.claims() == ()


def test_conflict_comes_first() -> None:
    corpus = coalition()
    corpus.add("يتألف ⟦مجلس الموانئ|org|مجلس الموانئ⟧ من ⟦15 عضوا|members|15⟧ منتخبا.", "سدرة")
    corpus.add("في ⟦مجلس الموانئ|org|مجلس الموانئ⟧ ⟦15 عضوا|members|15⟧.", "المرفأ")
    assert [claim.verdict for claim in corpus.claims()] == ["conflict", "agree"]


def test_chains_do_not_join_two_subjects() -> None:
    words = [
        "الأول",
        "الثاني",
        "الثالث",
        "الرابع",
        "الخامس",
        "السادس",
        "السابع",
        "الثامن",
        "التاسع",
        "العاشر",
    ]
    corpus = Corpus()
    for number, part in enumerate((words[:6], words[2:8], words[4:])):
        corpus.add(
            f"نسبة {' '.join(part)} في ⟦البلاد|place|البلاد⟧ ⟦{number + 5}|percent:%|{number + 5}⟧ تقريبا."
        )
    for claim in corpus.claims():
        assert claim.articles == 2


def test_what_happens_again_is_not_one_thing() -> None:
    sentence = (
        "جد حادث مرور على الطريق السيارة قرب ⟦المدينة|place|المدينة⟧ تمثل في انقلاب شاحنة عند الكيلومتر "
        "⟦{0} كيلومترا|distance:km|{0}⟧."
    )
    near, far, untimed = Corpus(), Corpus(), Corpus()
    for number, day in ((16, "2025-03-03"), (48, "2025-06-04")):
        near.add(sentence.format(number), published="2025-03-03")
        far.add(sentence.format(number), published=day)
    untimed.add(sentence.format(16), published="")
    untimed.add(
        sentence.format(48).replace("تمثل في انقلاب شاحنة", "أمس بين حافلة ودراجة نارية"), published=""
    )
    assert [claim.verdict for claim in near.claims()] == ["conflict"]
    assert far.claims() == ()
    assert untimed.claims() == ()


def test_a_thing_that_lasts_is_one_thing_a_year_later() -> None:
    sentence = "بلغت نسبة النمو الاقتصادي في ⟦البلاد|place|البلاد⟧ ⟦{0}|percent:%|{0}⟧ بحسب البنك المركزي."
    corpus = Corpus()
    corpus.add(sentence.format(2), published="2024-03-03")
    corpus.add(sentence.format(3), published="2025-03-03")
    assert [claim.verdict for claim in corpus.claims()] == ["changed"]


def test_a_list_of_names_is_no_sentence() -> None:
    names = " ".join(f"⟦نادي{number}|org|نادي{number}⟧" for number in range(9))
    corpus = Corpus()
    for number in (5, 7):
        corpus.add(f"نتائج الجولة الأولى من الدوري: {names} ⟦{number} أهداف|other|{number}⟧.")
    assert corpus.claims() == ()
