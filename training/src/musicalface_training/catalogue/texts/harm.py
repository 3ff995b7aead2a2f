"""What English lyrics speak for: sexual violence, hatred, killing told with relish, suicide. And Christmas songs.

A word alone does not make a harm: "killer" is praise, and songs against violence name it. Several words of one kind, or
a threat in the first person, do. The marks keep a song out of lists, so a false alarm costs less than a miss.
"""

import re

from recommender.domain.track import Harm, Season

_RAPE = re.compile(r"\b(?:rap(?:ed?|es|ing|ists?)|molest\w*|necrophil\w*|pa?edophil\w*|incest\w*)\b")
_VICTIM = re.compile(
    r"\b(?:rap(?:ed?|ing)|molest(?:ed|ing)?)\W+(?:\w+\W+){0,2}(?:her|him|them|you|your|a|the|bitch\w*|girls?|wom[ae]n|kids?)\b",
)
_SLUR = re.compile(
    r"\b(?:fagg?ots?|fags|kikes?|white power|sieg heil|heil hitler|master race|wetbacks?|gooks?"
    r"|batty ?(?:boy|man|bwoy)s?|chi chi m[ae]n"
    r"|kill (?:all )?(?:the )?(?:jews|gays|queers|muslims|arabs|christians|immigrants))\b"
)
_STEMS = (
    *("slaughter", "massacr", "corpse", "gore", "dismember", "mutilat", "decapitat", "disembowel", "behead", "genocid"),
    *("butcher", "carnage", "entrail", "impal", "maim", "tortur", "murder", "strangl", "stab", "bloodbath", "homicid"),
    *("kill", "slay", "flesh", "guts", "skull", "throat", "execut", "sever", "rotting", "viscera", "carve", "chainsaw"),
    *("knife", "bleed"),
)
_GORE = re.compile(rf"\b({'|'.join(_STEMS)})".replace("stab", r"stab(?=s|b|\b)").replace("sever", "sever(?=ed|ing)"))
_THREAT = re.compile(
    r"\b(?:i|we)(?:'ll| will|'m gonna| am gonna|'m going to|'ma| wanna| want to| would| must| like to| love to"
    r"| have to)?\s+(?:\w+\s)?(?:kill|murder|shoot|stab|strangle|slit|slaughter|butcher|behead|torture)\s+"
    r"(?:you|ya|him|her|them|'em|em|your|his|their|the|all|every|that|this|yo|niggas?|a|my (?:wife|girl|mother))\b",
)
_SUICIDE = re.compile(
    r"\b(?:suicid(?:e(?! blonde)|al)\w*|kill(?:ing|ed)? my\s?self|hang(?:ing)? my\s?self"
    r"|(?:slit|slash|slic\w+|cut\w*)\s+my\s+(?:own\s+)?(?:wrists?|veins?|throat)|tak(?:e|in|ing) my own life"
    r"|end(?:ing)? my (?:own )?life|blow(?:ing)? my (?:\w+ )?(?:brains?|head) (?:out|off)"
    r"|(?:gun|pistol|barrel) (?:to|against|at) my (?:own )?(?:head|mouth|temple)"
    r"|(?<!never )(?<!don't )(?:wanna|want to) die(?! (?:for|young|with|in|happy|alive|before))"
    r"|wish i (?:was|were) dead|better off dead|noose)\b",
)
_DEED = re.compile(
    r"\b(?:i(?:'ll| will|'m gonna|'d| wanna| want to| could| should| might| tried to| just)?\s(?:\w+\s)?"
    r"(?:kill|hang) my\s?self|(?:slit|slash) my (?:own )?(?:wrists?|throat)"
    r"|i(?:'ll| will|'m gonna|'m| might)?\s(?:\w+\s)?(?:end|ending) my life|blow my (?:\w+ )?brains? out)\b"
)
_CHRISTMAS = re.compile(
    r"\b(?:christmas|x-?mas|santa|jingle|sleigh|mistletoe|reindeer|noel|bethlehem|manger|yuletide|rudolph)\b",
    re.IGNORECASE,
)
_RAPE_SIGNS = ("rape", "raping", "rapist", "molest", "philia", "incest")
_THREAT_SIGNS = ("kill", "murder", "shoot", "stab", "strangle", "slit", "slaughter", "butcher", "behead", "torture")
_DESPAIR_SIGNS = (
    *(
        "suicid",
        "kill myself",
        "killing myself",
        "killed myself",
        "hang",
        "my wrist",
        "my vein",
        "my throat",
        "own life",
    ),
    *("end my life", "ending my life", "brains", "my head", "wanna die", "want to die", "wish i", "off dead", "noose"),
)
_APOSTROPHE = str.maketrans({"’": "'"})


def harm_in(text: str) -> Harm | None:
    """Return the worst that English lyrics speak for, None where nothing is found."""
    text = text.translate(_APOSTROPHE).lower()
    return next((harm for harm, speaks_for in _HARMS.items() if speaks_for(text)), None)


def _of_rape(text: str) -> bool:
    return _has(text, _RAPE_SIGNS) and (len(_RAPE.findall(text)) >= 4 or _VICTIM.search(text) is not None)


def _of_hatred(text: str) -> bool:
    return len(_SLUR.findall(text)) >= 2


def _of_killing(text: str) -> bool:
    threats = len(_THREAT.findall(text)) if _has(text, _THREAT_SIGNS) else 0
    if threats >= 2:
        return True
    gore = _GORE.findall(text) if sum(stem in text for stem in _STEMS) >= 3 else []
    share = len(gore) / max(60, len(text.split()))
    dense = (len(set(gore)) >= 4 and share >= 0.03) or (len(set(gore)) == 3 and share >= 0.045)
    return dense or (threats > 0 and len(gore) >= 5)


def _of_suicide(text: str) -> bool:
    if not _has(text, _DESPAIR_SIGNS):
        return False
    despairs = len(_SUICIDE.findall(text))
    return _DEED.search(text) is not None or (despairs >= 2 and despairs >= 0.006 * max(60, len(text.split())))


def _has(text: str, signs: tuple[str, ...]) -> bool:
    """Return whether a text holds one of the signs. Much faster than the expression that it spares."""
    return any(sign in text for sign in signs)


_HARMS = {
    Harm.SEXUAL_VIOLENCE: _of_rape,
    Harm.HATRED: _of_hatred,
    Harm.KILLING: _of_killing,
    Harm.SUICIDE: _of_suicide,
}


def season_in(text: str) -> Season | None:
    """Return Christmas for lyrics that name it in three words."""
    return Season.CHRISTMAS if len(_CHRISTMAS.findall(text)) >= 3 else None
