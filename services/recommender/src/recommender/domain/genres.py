"""The genres that people say, and other names for them."""

from collections.abc import Iterable

from recommender.domain.normalisation import normalise

GENRES = (
    *("pop", "rock", "hip hop", "r&b", "electronic", "dance", "indie", "folk", "country", "jazz", "blues", "classical"),
    *("metal", "punk", "soul", "funk", "reggae", "latin", "k-pop", "bollywood", "ambient", "soundtrack", "gospel"),
)
_ALIASES = {
    "hip hop": ("rap", "hiphop", "trap", "hip hop rap"),
    "r&b": ("rnb", "r and b", "rhythm and blues", "urban contemporary", "contemporary r&b"),
    "electronic": ("electronica", "electro", "edm", "techno", "idm", "synthpop", "trip hop", "downtempo", "triphop"),
    "dance": ("house", "trance", "disco", "eurodance", "drum and bass"),
    "indie": ("indie pop", "indie rock", "alternative", "alternative rock"),
    "folk": ("singer songwriter", "acoustic", "americana"),
    "classical": ("classic", "classical music", "opera", "piano"),
    "metal": ("heavy metal", "death metal", "black metal", "metalcore", "nu metal"),
    "punk": ("punk rock", "pop punk", "hardcore", "hardcore punk"),
    "reggae": ("ska", "dub", "dancehall"),
    "k-pop": ("kpop", "k pop", "korean pop"),
    "bollywood": ("hindi", "filmi"),
    "ambient": ("new age", "chillout", "lounge"),
    "soundtrack": ("soundtracks", "film score", "score", "musical", "show tunes"),
    "gospel": ("christian", "worship", "christian music"),
}
_KNOWN = {normalise(genre): genre for genre in GENRES} | {
    normalise(alias): genre for genre, aliases in _ALIASES.items() for alias in aliases
}


def genre_named(name: str) -> str:
    """Return the genre that people call so, or the name itself where it is no name of one."""
    return _KNOWN.get(normalise(name), name.strip())


def genres_named(names: Iterable[str]) -> tuple[str, ...]:
    """Return the genres that people call so, each once."""
    return tuple(dict.fromkeys(genre_named(name) for name in names if name.strip()))
