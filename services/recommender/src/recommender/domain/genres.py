"""The genres that people say, and other names for them."""

from collections.abc import Iterable
from itertools import pairwise

from recommender.domain.normalisation import normalise

GENRES = (
    *("pop", "rock", "hip hop", "r&b", "electronic", "dance", "indie", "folk", "country", "jazz", "blues", "classical"),
    *("metal", "punk", "soul", "funk", "reggae", "latin", "k-pop", "bollywood", "ambient", "soundtrack", "gospel"),
)
# Other names of a genre. A finer genre, as "melodic death metal", has the genres of the words in it.
_ALIASES = {
    "pop": ("adult standards", "easy listening", "boy band", "girl group", "brill building", "soft rock", "britpop"),
    "rock": ("grunge", "rock and roll", "rockabilly", "mellow gold", "rock n roll", "emo", "shoegaze"),
    "hip hop": ("rap", "hiphop", "trap", "hip hop rap", "gangsta rap"),
    "r&b": ("rnb", "r b", "r and b", "rhythm and blues", "urban contemporary", "new jack swing"),
    "electronic": (
        *(
            "electronica",
            "electro",
            "edm",
            "techno",
            "idm",
            "synthpop",
            "synth pop",
            "electropop",
            "trip hop",
            "triphop",
        ),
        *("downtempo", "industrial", "dubstep", "ebm", "new wave"),
    ),
    "dance": ("house", "trance", "disco", "eurodance", "drum and bass", "europop"),
    "indie": ("alternative",),
    "folk": ("singer songwriter", "acoustic", "americana"),
    "country": ("bluegrass", "nashville sound"),
    "jazz": ("swing", "big band", "bebop", "bossa nova", "dixieland"),
    "classical": ("classical music", "opera", "piano", "baroque", "orchestral"),
    "metal": ("metalcore", "deathcore", "grindcore", "thrash"),
    "punk": ("hardcore", "oi"),
    "soul": ("motown",),
    "reggae": ("ska", "dub", "dancehall"),
    "latin": ("salsa", "bachata", "latino", "spanish", "espanol", "bolero"),
    "k-pop": ("kpop", "korean"),
    "bollywood": ("hindi", "filmi"),
    "ambient": ("new age", "chillout", "lounge", "chill out"),
    "soundtrack": ("soundtracks", "film score", "score", "musical", "musicals", "show tunes", "disney", "broadway"),
    "gospel": ("christian", "worship", "ccm"),
}
_KNOWN = {normalise(genre): genre for genre in GENRES} | {
    normalise(alias): genre for genre, aliases in _ALIASES.items() for alias in aliases
}
_MOST_WORDS = 4


def genre_named(name: str) -> str:
    """Return the genre that people call so, or the name itself where it is no name of one."""
    return _KNOWN.get(normalise(name), name.strip())


def genres_named(names: Iterable[str]) -> tuple[str, ...]:
    """Return the genres that people call so, each once."""
    return tuple(dict.fromkeys(genre_named(name) for name in names if name.strip()))


def genres_in(name: str) -> tuple[str, ...]:
    """Return the genres that a finer one belongs to: by its whole name, else by the words in it."""
    words = normalise(name).split()
    if " ".join(words) in _KNOWN:
        return (_KNOWN[" ".join(words)],)
    if not 1 < len(words) <= _MOST_WORDS:
        return ()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    found = [_KNOWN[part] for part in pairs if part in _KNOWN] or [_KNOWN[word] for word in words if word in _KNOWN]
    return tuple(dict.fromkeys(found))
