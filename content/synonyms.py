"""Words that ask for the same thing in business news: a question rarely uses the article's own."""

from functools import cache

from content.words import stem

#: One group a line. Only words that replace each other in a question belong here.
_GROUPS = """
pledge invest spend commit pour earmark allocate fund investment commitment spending money budget outlay
rival competitor compete competition opponent contender battle fight battling challenger
partner partnership collaborate ally alliance team cooperation
launch release unveil introduce debut create build develop built made make
risk challenge hurdle obstacle threat danger problem difficulty concern barrier downside overcome
goal aim target ambition objective plan intend seek want
reduce cut lower decrease reduction shrink cheaper
increase grow boost rise expand growth expansion gain
company firm business corporation enterprise
customer client buyer user consumer
chip semiconductor processor
restriction limit curb ban sanction constraint
profit earnings margin income profitability
revenue sales turnover
stock share shares equity
law regulation rule regulatory regulator regulatory compliance
report say state announce declare tell according mention cite
publication magazine newspaper outlet
model llm
shop merchant seller retailer store
delivery shipping logistics
executive leader leadership boss manager chief head
area region market country
advantage strength edge benefit
better outperform beat surpass exceed superior
trust confidence
important significant crucial critical
use apply application employ adopt
offer provide give supply deliver
phase stage era period
start begin launch
end finish conclude conclusion over
difference differ differentiate different distinguish
reorganize restructure restructuring reorganization
cheap cost price expensive
help support assist
abroad international overseas global foreign worldwide world
project forecast predict expect estimate outlook anticipate
run operate running operating
expand enter target reach move
manager executive boss official spokesperson
rise gain improve boost optimistic
hesitate hesitant caution concern trust
cautious wary skeptical sceptical hesitant distrust mistrust doubt reluctant
cope handle deal manage despite
restriction sanction export
write wrote publish cover highlight detail note
news media press
agency outlet
optimize optimise improve enhance upgrade efficiency efficient
rent lease subscribe
fast rapid quick speed
big large massive huge giant
small limited modest
new recent latest
old previous former past
boss executive
staff employee worker team people
car vehicle automotive carmaker automaker autonomous
phone smartphone mobile device
train teach learn
code coding program programming software developer
language linguistic translation
video film clip
rise risen climb jump surge gain
fall fell drop decline slump slow
win lead dominate dominance leader leadership
lose lag behind
cheap affordable accessible low
safe secure security privacy data
money fund capital cash resource
result outcome tangible
investor shareholder
analyst expert observer
trader merchant seller vendor
website platform marketplace site
tool application app
assistant chatbot bot helper
open openness semi open source
closed proprietary
censor censorship filter filtering content control
government state authority authorities beijing
west western american
asia asian
factory manufacture manufacturing production industrial
medium channel
future upcoming ahead forward next
ask question wonder
show reveal signal demonstrate
name call label
focus concentrate specialize
rent lease hire
depend dependence rely reliance
own possess hold have
attract draw lure
sell offer market vend rent
parcel package delivery shipment route logistics
hurt harm damage pressure weaken squeeze burden hamper
home domestic local national
main key central major chief biggest primary core
owner proprietor seller merchant
boost efficiency productivity
forbid prohibit ban block restrict restriction
overtake outperform surpass beat exceed
reply answer respond response
announce announcement reveal unveil declare
stop cease end halt conclude
earlier previous before past
trial experiment experimentation pilot test testing
profitable profitability profit roi return
sum amount total
decade year
worry worried concern fear anxious cautious
slogan motto quote
spread expand reach penetration adoption
popular popularity adoption widespread
everyday daily ordinary routine mundane
hard difficult harder tough costly
loyal loyalty sticky dependence dependency
shopping ecommerce commerce retail
factory plant manufacturing
doctor hospital health medical
bank finance financial banking lender
movie film video media entertainment
clip short-form video
self-driving autonomous driverless vehicle car
handle tackle address solve resolve overcome
hope ambition aspire goal
strategy plan approach
fierce intense relentless aggressive stiff
scrutiny oversight supervision control regulation
hardware chip device equipment
server data center infrastructure
programmer developer engineer coder
cleverness intelligence reasoning
praise applaud laud tout acclaim
criticise criticize blame fault
revive reclaim regain recover rebound
shift pivot change turn move transform transformation
bet gamble wager stake
subsidiary unit division arm department branch part
headquarters base
free open open-source
giveaway free release
chief executive leader
collaboration partnership alliance cooperation
belong own part
origin root begin start roots
compare comparison versus
switch leave migrate move
important matter significance
reason cause why
believe think assume
"""


@cache
def _alike() -> dict[str, frozenset[str]]:
    alike: dict[str, frozenset[str]] = {}
    for line in _GROUPS.strip().splitlines():
        group = frozenset(stem(word) for word in line.split())
        for term in group:
            alike[term] = alike.get(term, frozenset()) | group
    return alike


def synonyms(term: str) -> frozenset[str]:
    """The stems that may stand for a stem, itself not among them.

    >>> "rival" in synonyms("competitor")
    True
    """
    return _alike().get(term, frozenset()) - {term}
