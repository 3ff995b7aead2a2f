"""Songs under the names that people use: one row a song, with the ids that it had under other spellings."""

import pandas as pd

from musicalface_training.catalogue.spelling import Name, Spellings, learn_spellings, respell, same_songs
from recommender.domain.facts import join_names
from recommender.domain.track import song_id


def as_people_spell(songs: pd.DataFrame, others: Spellings) -> pd.DataFrame:
    """Return the songs with mended names, each once, with its `id` and `former_ids`.

    Rows of one song are merged with the first known value of each column; a name with capitals comes before others.
    """
    names = [Name(*name) for name in zip(songs["artist"], songs["title"], strict=True)]
    own = learn_spellings(names)
    known = Spellings({**own.songs, **others.songs}, {**own.artists, **others.artists})
    spelled = [respell(name, known) for name in names]
    songs = songs.assign(
        artist=[name.artist for name in spelled],
        title=[name.title for name in spelled],
        changed=[name != before for name, before in zip(spelled, names, strict=True)],
    )
    songs = songs.sort_values(["changed", "id"]).drop(columns="changed")
    kept = same_songs(dict(zip(songs["id"], map(Name, songs["artist"], songs["title"]), strict=True)))
    return _merged(songs, songs["id"].map(kept))


def _merged(songs: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    merged = songs.mask(songs == "").groupby(kept, sort=False).first().fillna("").reset_index(drop=True)
    named = [
        {old, *(song_id(*name) for name in zip(rows["artist"], rows["title"], strict=True)), *rows["id"]}
        for old, rows in songs.groupby(kept, sort=False)
    ]
    merged["id"] = [song_id(*name) for name in zip(merged["artist"], merged["title"], strict=True)]
    former = [join_names(sorted(ids - {new})) for ids, new in zip(named, merged["id"], strict=True)]
    return merged.assign(former_ids=former)
