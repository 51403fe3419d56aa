"""Words too common to tell articles apart. They are indexed; only queries set them aside, and phrases never do.

The list is that of Lucene's Arabic analyser (Jacques Savoy's), folded, with the clitic forms of its
prepositions and pronouns that the press writes as one word, and the words of questions.
"""

from __future__ import annotations

from typing import Final

from kashaf.text.fold import fold_word

_WORDS: Final = """
من ومن منها منه منهم فمن في وفي فيها فيه فيهم ففي و ف ب ل ك ثم او أو أم بها به بهم بهذا بهذه بذلك أ اي أي لا ولا فلا
ألا إلا لكن ولكن لكنه لكنها ما وما كما فما مما عما بما عن وعن عنه عنها عنهم مع ومع معه معها إذا وإذا أن إن أنها إنها
أنه إنه أنهم إنهم بأن فإن فأن وأن وإن بأنه بأنها وأنه وأنها لأن لأنه لأنها التي الذي الذين اللذين اللتين اللواتي والتي
والذي والذين إلى وإلى إليه إليها على وعلى عليها عليه عليهم أما وأما أيضا كل وكل لم ولم لن ولن هي هو وهي وهو فهي فهو هم
وهم هما أنت نحن أنا لك لي لنا لها له لهم لهذا لهذه لذلك هذه هذا هذان هذين هؤلاء وهذا وهذه تلك ذلك وذلك وتلك كذلك وكذلك
هناك هنا كانت كان يكون تكون وكانت وكان كانوا ليس ليست غير بعض قد وقد فقد لقد سوف نحو بين وبين بينما منذ ومنذ ضمن حيث
الآن خلال وخلال بعد وبعد قبل وقبل حتى عند عندما وعندما لدى لديه لديها جميع حول دون عبر أمام فوق تحت ل كي لو ولو يا
ماذا بماذا لماذا ولماذا متى ومتى كيف وكيف أين وأين هل كم أية بأي لأي ماهي ماهو
"""

#: Folded forms.
STOP_WORDS: Final = frozenset(fold_word(word) for word in _WORDS.split())
