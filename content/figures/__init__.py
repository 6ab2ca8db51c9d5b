"""Figures: the numbers of a text as data (DESIGN §6 says what counts as one).

    reader         extract: what is no figure, where quantities begin, the hedges that touch them
    exclusions     dates, times, labels, ordinals, idioms: numbers that are no figures
    quantities     the rules: counts, ranges, shares, multiples, orders of magnitude
    amounts        a number with its sign and unit
    numerals       tokens, digits, number words, scales
    units          currencies and measures, from Babel's tables
    nouns          how far a noun phrase reaches
    contexts       what the sentence says about a figure:
    periods        … when,
    subjects       … of what,
    speakers       … who says so,
    movements      … up or down

The ``text`` of a figure is its hedge, sign, number and scale and the words of its unit, rate or counted noun: "more
than $52 billion", "over 100 large language models", "$80 per sq m". "One" before a noun is an article in all but
name ("one category"), "those two domains" only points back, and a heading In Title Case counts what the text below
will: none of the three is a figure. A share ("a third of") is its value below one, of kind "other", without unit;
hundredths ("19 cents") have no ISO code and stay as written; "fell from $75 to $45" is two figures, "between 8% and
10%" one.
"""

from content.figures.reader import extract

__all__ = ["extract"]
