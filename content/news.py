"""The figures of new documents beside those known before → what is new, what changed, what now differs.

What was told before is no news: a value that an older document has, a difference between two of them. Of each quantity
one difference is told, and each value once, by whoever published it first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.changes import comes_from, is_vague
from content.documents import Disagreement, Document, Figure, Relation
from content.ledger import OPENINGS, compare
from content.relations import Pair

#: Sides of a disagreement that are told.
_MOST_SIDES = 4


@dataclass(frozen=True, slots=True)
class Differing:
    """Figures of one quantity that do not say the same, one of which is new."""

    relation: Relation
    about: str
    #: one for each value; where it has changed, the old and the new
    figures: tuple[Figure, ...]
    #: the new one
    new: Figure


@dataclass(frozen=True, slots=True)
class News:
    """What the figures of new documents tell that was not known."""

    differing: tuple[Differing, ...]
    #: each told by nobody before, and once
    figures: tuple[Figure, ...]
    #: new figures that tell of one quantity, two at least in each
    alike: tuple[tuple[Figure, ...], ...]


def news(new: Sequence[Figure], known: Sequence[Figure], documents: Mapping[str, Document]) -> News:
    """Compare the figures of new documents with each other and with those ``known`` before.

    In both, those of one document stand together in the order of its text.
    """
    figures = (*new, *known)
    compared = compare(figures, documents)
    groups = [
        _Group(one, compared.members(one), pairs, len(new), figures, documents)
        for one, pairs in zip(compared.disagreements, compared.pairs, strict=True)
    ]
    told = {at for group in groups for at in group.members}
    for alike in compared.alike:
        nobodys_news = any(at >= len(new) for at in alike) or not told.isdisjoint(alike)
        told.update(alike if nobodys_news else alike[1:])
    quoted = {(figure.text, figure.sentence) for figure in known}
    measured = (new[at] for at in sorted(compared.measured - told) if at < len(new))
    fresh = tuple(figure for figure in measured if (figure.text, figure.sentence) not in quoted)
    together = (tuple(new[at] for at in alike if at < len(new)) for alike in compared.alike)
    differing = tuple(one for group in groups for one in group.differing())
    return News(differing, fresh, tuple(alike for alike in together if len(alike) > 1))


@dataclass(frozen=True, slots=True)
class _Group:
    """A quantity that is told differently; figures are positions, the new ones come before ``old``."""

    told: Disagreement
    members: Sequence[int]
    pairs: Sequence[Pair]
    old: int
    figures: Sequence[Figure]
    documents: Mapping[str, Document]

    def differing(self) -> Iterator[Differing]:
        """What is new of it: that it has changed, else that somebody says otherwise."""
        news = [at for at in self.members if at < self.old and not any(k >= self.old for k in self._saying(at))]
        changed = [pair for pair in self.pairs if pair.relation == "changed" and pair.right in news]
        if changed:
            yield self._changed(changed)
        elif others := [
            pair for pair in self.pairs if pair.relation != "changed" and {pair.left, pair.right} & set(news)
        ]:
            yield self._disagreeing(others, news)

    def _changed(self, pairs: Sequence[Pair]) -> Differing:
        """The latest value in the place of the latest before it."""
        latest = self._saying(max((pair.right for pair in pairs), key=self._when))
        right = min((pair.right for pair in pairs if pair.right in latest), key=self._when)
        replaced = (pair.left for pair in pairs if pair.right == right)
        before = self._saying(max(replaced, key=lambda at: self._as_base(at, right)))
        left = min(before, key=self._when)
        return self._told("changed", (left, right), right)

    def _disagreeing(self, pairs: Sequence[Pair], news: Sequence[int]) -> Differing:
        relation = next(one for one in OPENINGS if any(pair.relation == one for pair in pairs))
        new = min((at for pair in pairs for at in (pair.left, pair.right) if at in news), key=self._when)
        sides = [new]
        for at in sorted((at for pair in pairs for at in (pair.left, pair.right)), key=self._when):
            if all(self._differ(at, side) for side in sides) and len(sides) < _MOST_SIDES:
                sides.append(at)
        if relation == "reported_differently":
            vague = (at for at in sorted(self.members, key=self._when) if is_vague(self.figures[at]))
            sides += [at for at in vague if at not in sides][: _MOST_SIDES - len(sides)]
        return self._told(relation, tuple(sorted(sides, key=self._when)), new)

    def _told(self, relation: Relation, sides: Sequence[int], new: int) -> Differing:
        return Differing(relation, self.told.about, tuple(self.figures[at] for at in sides), self.figures[new])

    def _saying(self, at: int) -> list[int]:
        """The members with the value of one, itself among them; an order of magnitude does not tell an exact value."""
        exact = not is_vague(self.figures[at])
        return [
            other
            for other in self.members
            if not self._differ(at, other) and not (exact and is_vague(self.figures[other]))
        ]

    def _as_base(self, at: int, new: int) -> tuple[bool, bool, tuple[str, bool, int]]:
        """How well it is what the new one took the place of: named in its sentence, else the latest with a date."""
        when = self._when(at)
        return comes_from(self.figures[new], self.figures[at]), when[0] != "~", when

    def _differ(self, at: int, other: int) -> bool:
        return any({pair.left, pair.right} == {at, other} for pair in self.pairs)

    def _when(self, at: int) -> tuple[str, bool, int]:
        """When it was published; what nobody dated comes last, and what is new after what was known."""
        document = self.documents.get(self.figures[at].document)
        published = document and (document.published or document.inferred)
        return published or "~", at < self.old, at
