"""Question → what else the documents say to it, beyond the few sentences of an answer."""

from content.citations import Quoted
from content.documents import Understanding
from content.index import Index
from content.leaning import leans
from content.selection import is_said, quote_of
from content.store import Store
from content.weighing import weighing


def further(store: Store, index: Index, understanding: Understanding) -> list[Quoted]:
    """Every sentence that alone would do for an answer, the best first, none that says what another has said.

    Those that are about something named before them come last.
    """
    weighed = weighing(store, index, understanding)
    told: list[Quoted] = []
    sure = map(quote_of, filter(weighed.answers, weighed.ranked))
    for passage, sentence in sorted(sure, key=lambda one: leans(one[1].text)):
        if not is_said(sentence, told):
            told.append((passage, sentence))
    return told
