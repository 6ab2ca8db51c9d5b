"""Figures → where they disagree: one quantity, told differently by those who tell it (DESIGN §6, relations).

A false alarm is worse than a miss. Figures are of one quantity when whose it is, what is measured, what is done with
it, the period, the scope and the way it is meant (fact, plan, estimate) all agree; where what is measured is told
more loosely ("infrastructure commitment" beside "AI and cloud infrastructure") the values must be near each other too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz

from content.changes import comes_from
from content.dates import known_date, stated_date
from content.documents import Disagreement, Document, Figure, Relation
from content.measures import QUANTITIES, Measure, measure, names, owner
from content.relations import FLOWS, Entry, Pair, differing_pairs, order
from content.synonyms import synonyms
from content.values import near, same, value

#: How a line about each relation begins, the strongest first.
OPENINGS: Mapping[Relation, str] = {
    "changed": "This has changed",
    "contradicts": "Sources contradict each other",
    "reported_differently": "Sources differ",
}
#: … where it is told beneath one of the figures: what took the place of another, and what another took its place.
STEPS = ("Before", "Since then")
_Key = tuple[str | None, ...]
#: Figures of one quantity that are looked at, and groups a figure is compared with: what bounds the work.
_MOST_MEMBERS = 12
_MOST_COMPARED = 48
#: rapidfuzz ratio (0..100) from which two stems are one word.
_SAME_WORD = 90
#: Share of the words of two sentences that must be common where neither says what is measured.
_SAME_SENTENCE = 0.6
#: Between an amount and the same in another currency: "380 billion yuan ($53 billion)".
_RESTATES = re.compile(r"\s*(?:\(|\[|,? or |/|=|≈|,? equivalent to )\s*$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which figures tell of one quantity, and where they do not agree; by their positions among those compared."""

    #: two figures at least in each
    alike: tuple[tuple[int, ...], ...]
    disagreements: tuple[Disagreement, ...]
    #: of each disagreement the figures that differ, two by two
    pairs: tuple[tuple[Pair, ...], ...]
    #: what can be compared at all; a base ("up from $40 billion") or a part cannot
    measured: frozenset[int]

    def members(self, differing: Disagreement) -> tuple[int, ...]:
        """All that tell of the quantity, also those that the disagreement leaves out."""
        return next(one for one in self.alike if differing.figures[0] in one)


def source_of(figure: Figure, document: Document | None) -> str:
    """Who stands behind a figure: whom the text names, else the publisher, else the document."""
    stated = (document.publisher or document.title) if document else None
    return figure.attributed_to or stated or figure.document


def opening(relation: Relation, head: int | None, figures: Sequence[int]) -> str:
    """How a line beneath the figure ``head`` begins that names the others of a disagreement.

    >>> opening("changed", 7, (2, 7)), opening("changed", 2, (2, 7)), opening("changed", None, (2, 7))
    ('Before', 'Since then', 'This has changed')
    """
    if relation != "changed" or head not in figures:
        return OPENINGS[relation]
    return STEPS[0] if figures[-1] == head else STEPS[1]


def disagreements(figures: Sequence[Figure], documents: Mapping[str, Document]) -> tuple[Disagreement, ...]:
    """Where the figures disagree; positions are those in ``figures``, ``documents`` say who published what and when."""
    return compare(figures, documents).disagreements


def compare(figures: Sequence[Figure], documents: Mapping[str, Document]) -> Comparison:
    """The figures side by side; those of one document stand together, in the order of its text."""
    twins = _twins(figures)
    entries = list(_entries(figures, twins, documents))
    groups = _groups(entries)
    alike = (tuple(one.position for one in group) for group in groups if len(group) > 1)
    found = list(_differing(groups, twins))
    differing, pairs = tuple(one for one, _ in found), tuple(pairs for _, pairs in found)
    return Comparison(tuple(alike), differing, pairs, frozenset(one.position for one in entries))


def newest_first(figures: Sequence[Figure], documents: Mapping[str, Document]) -> tuple[Figure, ...]:
    """The figures by the stated dates of their documents, the undated last; of one date they keep their order."""

    def published(figure: Figure) -> str:
        document = documents.get(figure.document)
        return stated_date(document.published) if document else ""

    return tuple(sorted(figures, key=published, reverse=True))


def _differing(
    groups: Iterable[Sequence[Entry]], twins: Mapping[int, Sequence[int]]
) -> Iterator[tuple[Disagreement, tuple[Pair, ...]]]:
    """Each quantity once: an amount that is restated in another currency does not differ there again."""
    told: set[int] = set()
    for group in groups:
        if told.issuperset(one.position for one in group) or not (pairs := differing_pairs(group)):
            continue
        yield _disagreement(group, pairs), pairs
        told.update(twin for one in group for twin in twins.get(one.position, ()))


def _groups(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The figures of one quantity together, each in the first group whose every member it fits."""
    groups: list[list[Entry]] = []
    known: defaultdict[_Key, list[list[Entry]]] = defaultdict(list)
    for entry in entries:
        keys = sorted(_keys(entry), key=lambda key: len(known[key]))
        met = islice(_met(known, keys), _MOST_COMPARED)
        group = next((one for one in met if _belongs(entry, one)), None)
        if group is None:
            group = []
            groups.append(group)
            for key in keys:
                known[key].append(group)
        if len(group) < _MOST_MEMBERS:
            group.append(entry)
    return groups


def _met(known: Mapping[_Key, Sequence[list[Entry]]], keys: Iterable[_Key]) -> Iterator[list[Entry]]:
    """The groups under these keys, each once; of a key that many have, the last."""
    seen: set[int] = set()
    for key in keys:
        for group in known[key][-_MOST_COMPARED:]:
            if id(group) not in seen:
                seen.add(id(group))
                yield group


def _entries(
    figures: Sequence[Figure], twins: Mapping[int, Sequence[int]], documents: Mapping[str, Document]
) -> Iterator[Entry]:
    """The figures that can be compared at all: with a unit (an amount in "billions" of nothing has none) and bounds."""
    owners = [owner(figure) for figure in figures]
    subjects = _subjects(figures, owners, documents)
    for position, figure in enumerate(figures):
        document = documents.get(figure.document)
        if figure.unit is None and figure.kind != "other":
            continue
        read = measure(figure, owners[position], document, subjects[figure.document])
        said = value(figure, signed=read.shape == "movement") if read else None
        if read and said:
            others = [figures[twin] for twin in twins.get(position, ())]
            yield Entry(
                position,
                figure,
                said,
                read,
                source_of(figure, document),
                stated_date(document.published) if document else "",
                known_date(document.published, document.inferred) if document else "",
                tuple((one.unit, other) for one in others if (other := value(one, signed=False))),
            )


def _subjects(
    figures: Sequence[Figure], owners: Sequence[Sequence[str]], documents: Mapping[str, Document]
) -> dict[str, frozenset[str]]:
    """Whom each document is about: the first name of its title, and the owner of most of its figures."""
    owned: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for figure, named in zip(figures, owners, strict=True):
        owned[figure.document].update(named[:1])
    found = {}
    for name, counted in owned.items():
        document = documents.get(name)
        titled = [run[0] for _, run in names((document.title or "") if document else "")[:1]]
        found[name] = frozenset(titled) | frozenset(sorted(counted, key=lambda one: (-counted[one], one))[:1])
    return found


def _twins(figures: Sequence[Figure]) -> dict[int, tuple[int, ...]]:
    """Which figures restate which: neighbours in one sentence, in two units, a bracket or an "or" between them."""
    found: dict[int, tuple[int, ...]] = {}
    for right in range(1, len(figures)):
        if _restates(figures[right - 1], figures[right]):
            found[right - 1], found[right] = (right,), (right - 1,)
    return found


def _restates(left: Figure, right: Figure) -> bool:
    apart = right.start - left.end
    if left.document != right.document or left.kind != right.kind or left.unit == right.unit or not 0 <= apart < 20:
        return False
    at = left.sentence.find(left.text) + len(left.text)
    return left.sentence == right.sentence and bool(_RESTATES.match(left.sentence[at : at + apart]))


def _keys(entry: Entry) -> list[_Key]:
    """Where figures of the same quantity meet: by whose it is and each thing that is measured, else by whose it is.

    What has no owner has its equals among the others without one, and in its own document.
    """
    figure, read = entry.figure, entry.measure
    block = (figure.kind, None if figure.kind == "count" else figure.unit, read.shape, read.act)
    alike = sorted({other for term in read.terms for other in (term, *synonyms(term))})
    owners = sorted(read.owners)
    keys: list[_Key] = [(*block, name, term) for name in owners or [""] for term in alike]
    return [*keys, *((*block, "of", name) for name in owners), (*block, "in", figure.document)]


def _belongs(entry: Entry, group: Sequence[Entry]) -> bool:
    return all(_one_quantity(entry, one) for one in group)


def _one_quantity(left: Entry, right: Entry) -> bool:
    """Whether two figures evidently tell of one quantity."""
    a, b = left.measure, right.measure
    same_document = left.figure.document == right.figure.document
    stepped = same_document and a.earlier != b.earlier
    if (same_document and left.source == right.source and not stepped) or (a.act, a.shape, a.scope) != (
        b.act,
        b.shape,
        b.scope,
    ):
        return False
    if not (_same_owner(a, b, same_document) and _same_period(a, b) and _same_stance(a, b)):
        return False
    if _of_another_month(left, right) or not _same_doing(left, right):
        return False
    close = near(left.value, right.value) or a.supersedes != b.supersedes or stepped
    loosely = a.indefinite or b.indefinite or a.stance != b.stance
    return (close or not loosely) and (_same_thing(a, b) or (close and _loosely_same_thing(left, right)))


def _same_owner(a: Measure, b: Measure, same_document: bool) -> bool:
    if a.owners and b.owners:
        return bool(a.owners & b.owners)
    return same_document or (a.owners == b.owners and len(a.terms) > 1)


def _same_period(a: Measure, b: Measure) -> bool:
    """Of one period: what one of them leaves open fits; a pledge made "in 2025" may run "over three years"."""
    left, right = a.period, b.period
    differ = any(x and y and x != y for x, y in ((left.span, right.span), (left.date, right.date)))
    if differ or left.rate != right.rate or (left.basis and right.basis and left.basis != right.basis):
        return False
    crossed = (left.span and right.date and not right.span) or (right.span and left.date and not left.span)
    return not crossed or {a.stance, b.stance} <= {"plan", "open"}


def _same_stance(a: Measure, b: Measure) -> bool:
    """A noun ("its $53 billion investment") may be a plan or a fact; an estimate is neither."""
    return a.stance == b.stance or ("open" in (a.stance, b.stance) and "estimate" not in (a.stance, b.stance))


def _of_another_month(left: Entry, right: Entry) -> bool:
    """Whether two flows are told in different months, and nothing says that they are of one quarter all the same.

    "Last quarter" is another one then; "the September quarter" is, when it is told of in another year.
    """
    a, b = left.measure, right.measure
    flows = a.act in FLOWS or a.shape == "movement" or left.figure.kind == "percent"
    if not (order(left, right) and a.stance == "statement" and flows):
        return False
    if not (a.period.named and b.period.named):
        return True
    return not (a.period.has_year and b.period.has_year) and left.published[:4] != right.published[:4]


def _same_doing(left: Entry, right: Entry) -> bool:
    """Whether the same is said of a share or a number: "8% of workers" strike, or are ill; more must fit than not."""
    a, b = left.measure, right.measure
    share = left.figure.kind in ("percent", "other") and a.shape == "level" and a.act not in QUANTITIES
    if not share and a.act is not None:
        return True
    alone = sum(not _covers(b.things, [term]) for term in a.things - b.things)
    alone += sum(not _covers(a.things, [term]) for term in b.things - a.things)
    return 2 * alone <= len(a.things | b.things)


def _same_thing(a: Measure, b: Measure) -> bool:
    if not (a.terms and b.terms):
        return a.terms == b.terms and a.act is not None and bool(a.things) and a.things == b.things
    if _covers(a.terms, b.terms) and _covers(b.terms, a.terms):
        return True
    return fuzz.ratio("".join(sorted(a.terms)), "".join(sorted(b.terms))) >= _SAME_WORD


def _covers(wide: frozenset[str], terms: Iterable[str]) -> bool:
    return all(term in wide or any(_same_word(term, other) for other in wide) for term in terms)


@lru_cache(maxsize=50_000)
def _same_word(term: str, other: str) -> bool:
    if term == other or other in synonyms(term):
        return True
    return min(len(term), len(other)) > 4 and fuzz.ratio(term, other) >= _SAME_WORD


def _loosely_same_thing(left: Entry, right: Entry) -> bool:
    """One of two pledges is told in fewer words, or one figure's sentence says what it measures elsewhere."""
    a, b = left.measure, right.measure
    pledged = left.figure.kind == "money" and a.act == "spend" and {a.stance, b.stance} <= {"plan", "open"}
    if a.terms and b.terms:
        return pledged and (_covers(a.terms, b.terms) or _covers(b.terms, a.terms))
    if a.terms or b.terms:
        said, other = (a, b) if a.terms else (b, a)
        return a.act is not None and (pledged or _covers(other.context, said.terms))
    shared, either = a.things & b.things, a.things | b.things
    return a.act is not None and (pledged or len(shared) >= _SAME_SENTENCE * max(1, len(either)))


def _disagreement(group: Sequence[Entry], pairs: Sequence[Pair]) -> Disagreement:
    relations = {pair.relation for pair in pairs}
    relation = next(one for one in OPENINGS if one in relations)
    about = next((one.figure.about for one in group if one.figure.about), "")
    told = _step(group, pairs) if relation == "changed" else _sides(group, pairs, relation)
    said = dict.fromkeys(f"{one.figure.text} ({', '.join(filter(None, (one.source, one.published)))})" for one in told)
    values = (" → " if relation == "changed" else " · ").join(said)
    note = f"{OPENINGS[relation]}{f' on {about}' if about else ''}: {values}"
    return Disagreement(about, relation, tuple(one.position for one in told), note)


def _sides(group: Sequence[Entry], pairs: Sequence[Pair], relation: Relation) -> Sequence[Entry]:
    """All who tell of a quantity; where some contradict each other, only those: "tens of billions" denies nothing."""
    if relation == "reported_differently":
        return group
    told = {at for pair in pairs if pair.relation == relation for at in (pair.left, pair.right)}
    return [one for one in group if one.position in told]


def _step(group: Sequence[Entry], pairs: Sequence[Pair]) -> tuple[Entry, Entry]:
    """The latest value and the one it took the place of: what its sentence names, else the latest with a date."""
    by_position = {one.position: one for one in group}
    steps = [
        (by_position[pair.left], by_position[pair.right]) for pair in reversed(pairs) if pair.relation == "changed"
    ]
    return max(steps, key=lambda step: _as_step(step[0], step[1], group))


def _as_step(old: Entry, new: Entry, group: Sequence[Entry]) -> tuple[str, bool, bool, str]:
    """How well it tells a change: the latest, what the new one's text names, said by somebody else."""
    elsewhere = old.figure.document != new.figure.document
    own = (one for one in group if one.measure.earlier and one.figure.document == new.figure.document)
    named = comes_from(new.figure, old.figure) or any(same(one.value, old.value) for one in own)
    return new.when, named, elsewhere, old.when
