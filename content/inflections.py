"""Verbs whose forms no stemmer brings together: "spent" and "spending" are one word to a reader."""

from functools import cache

from content.words import stem

#: An ending that no stemmer takes away, and letters a stem has before it: regulatory.
_ATORY, _SHORTEST = "atori", 4
#: The forms of one verb a line; regular ones ("spending", "builds") need no listing.
_VERBS = """
arise arose arisen
beat beaten
become became
begin began begun
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgo forwent forgone
freeze froze frozen
give gave given
go went gone
grow grew grown
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
lead led
lend lent
lose lost
make made
mean meant
meet met
outgrow outgrew outgrown
oversee oversaw overseen
overtake overtook overtaken
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shoot shot
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken
speed sped
spend spent
stand stood
steal stole stolen
stick stuck
strike struck stricken
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tell told
think thought
throw threw thrown
undergo underwent undergone
understand understood
undertake undertook undertaken
wear wore worn
weave wove woven
win won
withdraw withdrew withdrawn
write wrote written
"""


def inflections(term: str) -> frozenset[str]:
    """The stems of a verb's other forms, given one of them; none for every other word.

    >>> sorted(inflections("risen"))
    ['rise', 'rose']
    """
    return _forms().get(term, frozenset())


def derived(term: str) -> frozenset[str]:
    """The stem of the adjective in -atory to that of its verb, and back, which no stemmer brings together.

    >>> derived("regul"), derived("regulatori")
    (frozenset({'regulatori'}), frozenset({'regul'}))
    """
    verb = term.removesuffix(_ATORY)
    other = verb if verb != term else term + _ATORY
    return frozenset([other] if len(verb) >= _SHORTEST else [])


@cache
def _forms() -> dict[str, frozenset[str]]:
    verbs = [frozenset(map(stem, line.split())) for line in _VERBS.split("\n")]
    return {term: verb - {term} for verb in verbs for term in verb}
