"""Which questions are told to be asked in the language of the documents."""

import pytest

from content.documents import Understanding
from content.language import is_foreign


@pytest.mark.parametrize(
    ("question", "missing", "foreign"),
    [
        ("Wie viel hat Alibaba für KI zugesagt?", "Wie viel hat für KI zugesagt", True),
        ("Welche Modelle hat Baidu veröffentlicht?", "Welche hat veröffentlicht", True),
        ("¿Cuánto invirtió Alibaba en IA?", "Cuánto invirtió en IA", True),
        ("¿Qué es Qwen?", "Qué es", True),
        ("Combien Alibaba a-t-il investi dans l'IA ?", "il dans l IA", True),
        ("阿里巴巴承诺了多少?", "阿里巴巴承诺了多少", True),
        ("Сколько вложила Alibaba?", "Сколько вложила", True),
        ("what dividend does Alibaba pay?", "dividend", False),
        ("Alibaba dividend payout Zhejiang Shaoxing", "dividend payout Zhejiang Shaoxing", False),
        ("Nestlé dividend", "Nestlé dividend", False),
        ("who is 马云?", "马云", False),
        ("modlescoop", "modlescoop", False),
        ("how much?", "", False),
        ("?", "", False),
    ],
)
def test_a_question_in_another_language(question: str, missing: str, foreign: bool) -> None:
    assert is_foreign(Understanding(question, missing=tuple(missing.split()))) is foreign
