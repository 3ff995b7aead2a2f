"""Searches by words: the songs that they find, their order, and their pages."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.facts_file import HEADER, FactsFile
from recommender.catalogue.loading import load
from recommender.domain.normalisation import normalise
from recommender.domain.query import Filters, Query

ALPHABET = " ".join("abcdefghijklmnopqrstuvwxyz0123456789")
NAMES = [
    ("Alphabet", ALPHABET),
    ("The Beatles", "Help!"),
    ("The Beatles", "Love Me Do"),
    ("Queen", "Bohemian Rhapsody"),
    ("Queen", "Somebody to Love"),
    ("The Beat", "Mirror in the Bathroom"),
    ("AC/DC", "Back in Black"),
    ("R.E.M.", "Everybody Hurts"),
    ("Beyoncé", "Halo"),
    ("Adele", "Hello"),
    ("Lionel Richie", "Hello"),
    ("Love", "Alone Again Or"),
    ("Lovers Rock", "Beloved Lovely Loves"),
    ("宇多田ヒカル", "東京ナイツ"),
    *[("Filler", f"Song {number}") for number in range(60)],
]


def song(artist: str, title: str) -> dict[str, str]:
    name = f"{normalise(artist)}\n{normalise(title)}"
    facts = {"id": hashlib.sha256(name.encode()).hexdigest()[:12], "artist": artist, "title": title}
    return dict.fromkeys(HEADER, "") | facts | {"angry": "0", "sad": "0", "happy": "1", "relaxed": "0"}


@pytest.fixture
def catalogue(engine: Engine, write_facts: Callable[[list[dict[str, str]]], Path]) -> Catalogue:
    facts_file = write_facts([song(*name) for name in NAMES])
    return Catalogue(engine, load(engine, FactsFile(facts_file)).version)


def found(catalogue: Catalogue, text: str, **facts: object) -> list[str]:
    hits = catalogue.search(Query(text, filters=Filters(**facts)), None, 100)  # type: ignore[arg-type]
    return [f"{hit.track.artist}: {hit.track.title}" for hit in hits]


def pages(catalogue: Catalogue, query: Query, length: int) -> Iterator[list[str]]:
    after = None
    while hits := catalogue.search(query, after, length):
        yield [hit.track.id for hit in hits]
        after = hits[-1].position


def test_typing_errors_are_forgiven(catalogue: Catalogue) -> None:
    assert {"The Beatles: Help!", "The Beatles: Love Me Do"} == set(found(catalogue, "beatels"))
    assert found(catalogue, "bohemian rapsody") == ["Queen: Bohemian Rhapsody"]
    assert found(catalogue, "qeuen sombody") == ["Queen: Somebody to Love"]
    assert found(catalogue, "adele halo") == found(catalogue, "hello beyonse") == []


def test_the_most_similar_songs_come_first(catalogue: Catalogue) -> None:
    assert found(catalogue, "beat")[0] == "The Beat: Mirror in the Bathroom"
    assert set(found(catalogue, "beat")[1:]) == {"The Beatles: Help!", "The Beatles: Love Me Do"}
    assert found(catalogue, "love")[3:] == ["Lovers Rock: Beloved Lovely Loves"]
    assert {"Adele: Hello", "Lionel Richie: Hello"} == set(found(catalogue, "hello")[:2])


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("acdc", "AC/DC: Back in Black"),
        ("ac/dc", "AC/DC: Back in Black"),
        ("BLACK ac dc", "AC/DC: Back in Black"),
        ("rem hurts", "R.E.M.: Everybody Hurts"),
        ("beyonce", "Beyoncé: Halo"),
        ("東京ナイツ", "宇多田ヒカル: 東京ナイツ"),
        ("ナイツ", "宇多田ヒカル: 東京ナイツ"),
    ],
)
def test_punctuation_accents_and_scripts_are_no_obstacle(catalogue: Catalogue, text: str, finds: str) -> None:
    assert found(catalogue, text) == [finds]


@pytest.mark.parametrize("text", ["", "❤", "xyzzy", "love xyzzy", "x" * 200])
def test_words_of_no_song_find_nothing(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == []


def test_filters_limit_a_search_by_words(catalogue: Catalogue) -> None:
    assert found(catalogue, "love", language="en") == []


@pytest.mark.parametrize("query", [Query("song"), Query("lov"), Query("the"), Query("so"), Query()])
@pytest.mark.parametrize("length", [1, 7, 50])
def test_pages_hold_every_hit_once_and_in_order(catalogue: Catalogue, query: Query, length: int) -> None:
    whole = catalogue.search(query, None, 100)
    paged = [track_id for page in pages(catalogue, query, length) for track_id in page]
    assert paged == [hit.track.id for hit in whole]
    assert len(set(paged)) == len(paged) > 1
    assert [hit.position for hit in whole] == sorted(
        (hit.position for hit in whole), key=lambda position: (-position.similarity, position.id)
    )


def test_as_many_words_as_a_query_can_hold_are_searched(catalogue: Catalogue) -> None:
    assert found(catalogue, ALPHABET) == [f"Alphabet: {ALPHABET}"]
    assert found(catalogue, " ".join(["love"] * 40)) == found(catalogue, "love")
