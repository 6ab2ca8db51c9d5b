"""What numbers are counted in: currencies and measures, from the tables Babel carries (Unicode CLDR).

The tables are built at first use, some 20 ms, and kept.
"""

from functools import lru_cache
from typing import NamedTuple

from babel import localedata

from content.documents import Kind


class Unit(NamedTuple):
    """A unit under its canonical name; ``name`` is ``None`` where the writing leaves it open ("¥", "francs")."""

    name: str | None
    kind: Kind


def _pairs(table: str) -> dict[str, str]:
    """ "key:value key:value" as a mapping; an underscore stands for a blank."""
    return dict(pair.replace("_", " ").rsplit(":", 1) for pair in table.split())


#: Signs and abbreviations before or behind a number, in lower case, that CLDR lists otherwise or not at all; "?":
#: nobody can tell. "PS" and "Y=" are what "£" and "¥" become where news is reduced to ASCII.
_SIGNS = _pairs(
    """$:USD us$:USD u.s.$:USD u.s$:USD $us:USD usd$:USD a$:AUD au$:AUD aud$:AUD $a:AUD $au:AUD c$:CAD ca$:CAD cad$:CAD
    $c:CAD $ca:CAD nz$:NZD nzd$:NZD $nz:NZD hk$:HKD hkd$:HKD $hk:HKD s$:SGD sg$:SGD nt$:TWD r$:BRL mx$:MXN mxn$:MXN
    mex$:MXN €:EUR £:GBP ps:GBP ₹:INR rs:INR ₩:KRW ¥:? ￥:? y=:? cn¥:CNY jp¥:JPY rmb:CNY 元:CNY rm:MYR rp:IDR ₫:VND
    ฿:THB ₽:RUB ₺:TRY ₴:UAH ₦:NGN ₪:ILS ₱:PHP ₵:GHS ₡:CRC ₾:GEL ₭:LAK ₮:MNT ₸:KZT ₼:AZN ₲:PYG zł:PLN kč:CZK kr:? kn:HRK
    ₿:BTC btc:BTC usd:USD eur:EUR gbp:GBP cny:CNY inr:INR jpy:JPY hkd:HKD ரூ:LKR"""
)
#: Names several countries share, and the currency meant where nothing more is said.
_SHARED = _pairs(
    """dollar:USD buck:USD pound:GBP quid:GBP euro:EUR yuan:CNY renminbi:CNY kuai:CNY rupee:INR rouble:RUB ruble:RUB
    shekel:ILS rand:ZAR lira:TRY baht:THB dong:VND rupiah:IDR ringgit:MYR zloty:PLN forint:HUF naira:NGN hryvnia:UAH
    bitcoin:BTC taka:BDT peseta:ESP markka:FIM drachma:GRD crown:? krone:? kroner:? krona:? kronor:? franc:? peso:?
    dinar:? dirham:? riyal:? guilder:? shilling:? escudo:?"""
)
#: The nation before or behind a currency's plain name: "Chinese yuan", "$5 million Canadian".
NATIONS = _pairs(
    """us:USD u.s.:USD u.s:USD american:USD australian:AUD canadian:CAD hong_kong:HKD singapore:SGD new_zealand:NZD
    taiwan:TWD british:GBP chinese:CNY japanese:JPY korean:KRW indian:INR danish:DKK swedish:SEK norwegian:NOK swiss:CHF
    mexican:MXN israeli:ILS russian:RUB turkish:TRY dutch:NLG finnish:FIM"""
)
#: Hundredths have no ISO code: the amount stays as written and the unit is their name.
_HUNDREDTHS = _pairs(
    """cent:cents cents:cents ¢:cents penny:pence pennies:pence pence:pence p:pence sen:sen fen:fen satoshi:satoshis
    satoshis:satoshis"""
)
#: ISO codes that are English words when a line is in capitals.
_WORDS = frozenset("ALL TOP CUP PEN".split())


@lru_cache(maxsize=1)
def signs() -> dict[str, Unit]:
    """What may stand before an amount: signs and abbreviations in lower case, ISO codes in capitals."""
    codes = {code: code for code in localedata.load("en")["currency_symbols"] if code not in _WORDS}
    return {sign: Unit(None if code == "?" else code, "money") for sign, code in (codes | _SIGNS).items()}


@lru_cache(maxsize=1)
def currencies() -> dict[str, Unit]:
    """What may stand behind an amount: signs, codes, names ("US dollars") and hundredths ("cents")."""
    data = localedata.load("en")
    names: dict[str, str] = {}
    for code, forms in sorted(data["currency_names_plural"].items()):
        names.update({form.lower(): code for form in sorted(forms.values()) if "(" not in form})
    for nation, code in NATIONS.items():
        plain = data["currency_names_plural"][code]["other"].split()[-1].lower()
        names |= {f"{nation} {plain}": code, f"{nation} {plain.removesuffix('s')}": code}
    names |= {f"{nation} crowns": code for nation, code in NATIONS.items() if code in ("DKK", "SEK", "NOK")}
    names |= {name + plural: code for name, code in _SHARED.items() for plural in ("", "s")} | {
        "yen": "JPY",
        "won": "KRW",
    }
    table = signs() | {name: Unit(None if code == "?" else code, "money") for name, code in names.items()}
    return table | {name: Unit(hundredth, "money") for name, hundredth in _HUNDREDTHS.items()}


#: Percent in all its spellings, and measures CLDR lacks or writes otherwise, by sign or name.
_PERCENTS = _pairs(
    """
    %:percent percent:percent per_cent:percent percents:percent pct:percent pc:percent percentage:percent
    percentage_point:percentage_points percentage_points:percentage_points percent_points:percentage_points
    %_points:percentage_points pp:percentage_points ppt:percentage_points ppts:percentage_points
    basis_point:basis_points basis_points:basis_points bp:basis_points bps:basis_points
    """
)
_MEASURES = _pairs(
    """
    rpm:revolutions_per_minute km/hr:kilometers_per_hour kmh:kilometers_per_hour kph:kilometers_per_hour
    m2:square_meters sqm:square_meters sq_m:square_meters cm2:square_centimeters km2:square_kilometers
    sq_km:square_kilometers m3:cubic_meters sqft:square_feet lbs:pounds pounds:pounds pound:pounds
    lb-ft:pound-feet pound-feet:pound-feet Nm:newton-meters mAh:milliampere-hours MWh:megawatt-hours
    GWh:gigawatt-hours TWh:terawatt-hours Wh:watt-hours TW:terawatts gigawatt-hours:gigawatt-hours
    megawatt-hours:megawatt-hours terawatt-hours:terawatt-hours terawatts:terawatts GPa:gigapascals
    gigapascals:gigapascals dB:decibels decibels:decibels µm:micrometers EB:exabytes exabytes:exabytes
    ZB:zettabytes zettabytes:zettabytes Gbps:gigabits_per_second Mbps:megabits_per_second
    Tbps:terabits_per_second GB/s:gigabytes_per_second TB/s:terabytes_per_second petaflops:petaflops
    teraflops:teraflops exaflops:exaflops TFLOPS:teraflops PFLOPS:petaflops TOPS:tera-operations_per_second
    celsius:degrees_celsius °C:degrees_celsius °F:degrees_fahrenheit °:degrees mpg:miles_per_gallon
    ppb:parts_per_billion ppm:parts_per_million fahrenheit:degrees_fahrenheit C:degrees_celsius degree:degrees
    degrees:degrees tons:tons tonnes:metric_tons tonne:metric_tons bhp:horsepower PS:horsepower ″:inches
    A/cm2:amperes_per_square_centimeter
    """
)
_TIMES = _pairs(
    """
    ms:milliseconds ns:nanoseconds μs:microseconds hrs:hours mins:minutes secs:seconds yr:years yrs:years
    year-old:years years-old:years year_old:years years_old:years month-old:months months-old:months
    month_old:months months_old:months
    """
)
#: Letters are units only where they touch their number ("64W", not "64 A grades"); the second row may stand apart.
_LETTERS = _pairs("m:meters g:grams W:watts V:volts A:amperes L:liters l:liters F:farads")
_APART = _pairs("W:watts V:volts F:farads")
#: CLDR's short signs are taken from these groups only: in others they are words or parts of names far more often.
_SIGNED = (
    "area",
    "digital",
    "electric",
    "energy",
    "frequency",
    "length",
    "mass",
    "power",
    "pressure",
    "speed",
    "volume",
)
_MISLEADING = frozenset("in ac st pt au dec em rev light tn kt ct fur mi ly pc pm ms mc qt bu Cal cal bar CD".split())


@lru_cache(maxsize=1)
def measures() -> dict[str, Unit]:
    """Percent, times and measures: names in lower case and American spelling, signs as written ("kWh")."""
    table: dict[str, Unit] = {}
    for key, forms in localedata.load("en")["unit_patterns"].items():
        group = key.partition("-")[0]
        long = {form: _bare(pattern) for form, pattern in forms.get("long", {}).items() if form in ("one", "other")}
        if "other" not in long or group in ("graphics", "concentr", "angle"):
            continue
        unit = Unit(long["other"].lower(), "duration" if group == "duration" else "other")
        table |= {name.lower(): unit for name in long.values()}
        table |= {name.lower().replace("-", " "): unit for name in long.values() if "-" in name}
        short = _bare(forms.get("short", {}).get("other", ""))
        if (group in _SIGNED or short in ("min", "sec", "hr")) and len(short) > 1 and short not in _MISLEADING:
            table.setdefault(short, unit)
    for group_, kind in ((_PERCENTS, "percent"), (_MEASURES, "other"), (_TIMES, "duration")):
        table |= {name: Unit(unit, kind) for name, unit in group_.items()}  # type: ignore[arg-type]
    return table


def _bare(pattern: str) -> str:
    return pattern.replace("{0}", "").strip()


def american(name: str) -> str:
    """A unit's name as the tables spell it.

    >>> american("square metres"), american("litre")
    ('square meters', 'liter')
    """
    return name.replace("metre", "meter").replace("litre", "liter")


def letter(sign: str, *, touching: bool) -> Unit | None:
    """The unit of a one-letter sign, which mostly counts only where it touches the number."""
    name = (_LETTERS if touching else _APART).get(sign)
    return Unit(name, "other") if name else None
