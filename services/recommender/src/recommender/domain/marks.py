"""Marks of songs that their titles tell: season, kind and harm. All titles are compared as `normalise` leaves them."""

import re
from collections.abc import Mapping
from typing import TypeVar

from recommender.domain.normalisation import normalise
from recommender.domain.track import Harm, Kind, Season

Mark = TypeVar("Mark", Season, Kind, Harm)

# Patterns of words; `*` stands for any end of a word.
_SEASONS: Mapping[Season, tuple[str, ...]] = {
    Season.CHRISTMAS: (
        *(
            "christmas*",
            "x ?mas",
            "noel",
            "nativity",
            "mistletoe",
            "rudolph",
            "reindeer*",
            "grinch",
            "hanukk?ah",
            "chanukah",
        ),
        *("santa( claus*)?(?! (fe|monica|ana|barbara|maria|cruz|clarita|rosa)\\b)", "jingle bells?", "silver bells"),
        *(
            "jingle bell rock",
            "silent night",
            "o holy night",
            "deck the halls?",
            "(little )?drummer boy",
            "let it snow",
        ),
        *("winter wonderland", "frosty the snow*", "sleigh (ride|bells)", "oh? come all ye faithful", "adeste fid*"),
        *("hark the herald*", "joy to the world", "away in a manger", "oh? little town of beth*", "the first no[ew]*"),
        *("carol of the bells", "it came upon (a|the) midnight*", "we three kings", "what child is this", "navidad*"),
        *(
            "feliz navidad",
            "weihnacht*",
            "stille nacht",
            "good king wenceslas*",
            "god rest (ye|you)*",
            "oh? tannenbaum",
        ),
        *("angels we have heard*", "angels from the realms*", "do you hear what i hear", "have yourself a merry*"),
        *("mary did you know", "baby it s cold outside", "here we come a (wassail|carol)*", "up on the house ?top"),
        *("chestnuts roasting*", "go tell it on the mountain", "pretty paper", "the nutcracker", "sugar ?plum*"),
    ),
    Season.HALLOWEEN: ("hallow*een", "monster mash", "trick or treat"),
    Season.NEW_YEAR: ("auld lang syne", "happy new year", "new years? s? ?eve"),
}
_KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.HYMN: (
        *("national anthem", "star spangled banner", "god bless america", "america the beautiful", "la marseillaise"),
        *("god save the (king|queen)", "battle hymn*", "amazing grace", "how great thou art", "rock of ages"),
        *("old rugged cross", "blessed assurance", "just a closer walk*", "pledge of allegiance", "ave maria"),
        *("holy holy holy", "great is thy faithfulness", "be thou my vision", "what a friend we have*", "kum ?bayah?"),
        *(
            "nearer my god*",
            "it is well with my soul",
            "agnus dei",
            "(the )?lord s prayer",
            "abide with me",
            "doxology",
        ),
        *("this land is your land", "o canada", "advance australia fair", "deutschlandlied"),
    ),
    Kind.SKETCH: ("skit", "interlude", "intermission", "spoken (word|intro*)", "public service announcement"),
    Kind.INSTRUMENTAL: ("instrumental( version)?", "karaoke version", "backing track"),
}
_HARMS: Mapping[Harm, tuple[str, ...]] = {
    Harm.SEXUAL_VIOLENCE: (
        "rape[ds]?",
        "raping",
        "rapists?",
        "molest*",
        "necro(phil|sadist)*",
        "pa?edophil*",
        "incest*",
    ),
    Harm.HATRED: (
        *("fagg?ots?", "white power", "sieg heil", "heil hitler", "master race"),
        "kill (all )?(the )?(jews|gays|queers|arabs|muslims|blacks|whites|niggaz)",
    ),
    Harm.KILLING: (
        "(?<!doesn t )(?<!doesnt )(?<!don t )kill (you|them|em|her|him|all|everyone|everybody|the poor|the children)",
        *("kill (children|kids|women|your (mother|father|parents|family|wife|friends))", "(i|we) (will|ll) kill*"),
        *("slaughter*", "massacre*", "genocid*", "homicid*", "dismember*", "decapitat*", "disembowel*", "mutilat*"),
        *("strangl*", "stab wounds?", "bloodbath", "butchered", "chainsaw*", "hammer smashed", "entrails", "gore"),
        *("dead babies", "murder (on my mind|one|was|tonight|her|him)", "shoot (you|them|her|him) (in|dead)"),
    ),
    Harm.SUICIDE: (
        *("suicid(e(?! blonde)|al)*", "kill (my|your) ?self", "hang my ?self", "slit(ting)? my wrists?", "noose"),
        *("(better off|wish i was|wish i were) dead", "(taking?|end|ending) my (own )?life", "i (want to|wanna) die"),
        "let me die",
    ),
}


def season_of(title: str) -> Season | None:
    """Return the season that a title names."""
    return _named(title, _SEASON_NAMES)


def kind_of(title: str) -> Kind | None:
    """Return the kind of recording that a title names, None for an ordinary song."""
    return _named(title, _KIND_NAMES)


def harm_of(title: str) -> Harm | None:
    """Return the harm that a title speaks of."""
    return _named(title, _HARM_NAMES)


def _named(title: str, names: Mapping[Mark, re.Pattern[str]]) -> Mark | None:
    plain = normalise(title)
    return next((mark for mark, pattern in names.items() if pattern.search(plain)), None)


def _patterns(words: Mapping[Mark, tuple[str, ...]]) -> dict[Mark, re.Pattern[str]]:
    return {mark: re.compile(rf"\b(?:{'|'.join(each).replace('*', '[a-z]*')})\b") for mark, each in words.items()}


_SEASON_NAMES = _patterns(_SEASONS)
_KIND_NAMES = _patterns(_KINDS)
_HARM_NAMES = _patterns(_HARMS)
