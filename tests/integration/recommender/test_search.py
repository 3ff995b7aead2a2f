"""Searches by words: the songs that they find, their order, and their pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.facts_file import HEADER, FactsFile
from recommender.catalogue.loading import load
from recommender.domain.query import Filters, Query
from recommender.domain.track import song_id

WriteTo = Callable[[Path, list[dict[str, str]]], Path]
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
    ("P!nk", "So What", "305"),
    ("Pink", "Sober", "39"),
    ("Pink Floyd", "Time"),
    ("Filler", "Any Time Now"),
    ("Aerosmith", "Pink", "91"),
    ("Ke$ha", "TiK ToK"),
    ("2Pac", "Dear Mama"),
    ("Guns N' Roses", "November Rain"),
    ("Simon & Garfunkel", "Cecilia"),
    ("Mike + The Mechanics", "The Living Years"),
    ("Fun.", "Carry On"),
    ("fun. feat. Janelle Monáe", "We Are Young"),
    ("Fat Fun", "Fun Fun Fun"),
    ("Eminem feat. Rihanna", "Love the Way You Lie"),
    ("Rihanna", "Diamonds", "484"),
    ("Diamonds", "Little Darlin'"),
    ("Chris Rea", "Diamonds", "10"),
    ("Rick Astley", "Never Gonna Give You Up"),
    ("Sinéad O'Connor", "Nothing Compares 2 U"),
    ("Fjørt", "Ænema scheiße"),
    ("Молчат Дома", "Судно"),
    ("Νατάσσα Μποφίλιου", "Άνοιξη"),
    ("أم كلثوم", "إنت عمري"),
    ("लता मंगेशकर", "लग जा गले"),
    ("방탄소년단", "봄날"),
    ("คาราบาว", "บัวลอย"),
    *[("Filler", f"Song {number}") for number in range(60)],
]


def song(artist: str, title: str, listeners: str = "") -> dict[str, str]:
    facts = {"id": song_id(artist, title), "artist": artist, "title": title, "listeners": listeners}
    return dict.fromkeys(HEADER, "") | facts | {"angry": "0", "sad": "0", "happy": "1", "relaxed": "0"}


@pytest.fixture(scope="module")
def catalogue(shared_engine: Engine, tmp_path_factory: pytest.TempPathFactory, write_to: WriteTo) -> Catalogue:
    facts_file = write_to(tmp_path_factory.mktemp("search") / "catalogue.csv.gz", [song(*name) for name in NAMES])
    return Catalogue(shared_engine, load(shared_engine, FactsFile(facts_file)).version)


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
    assert found(catalogue, "love")[-1:] == ["Lovers Rock: Beloved Lovely Loves"]
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


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("pink so what", "P!nk: So What"),
        ("p!nk sober", "Pink: Sober"),
        ("kesha tik tok", "Ke$ha: TiK ToK"),
        ("2 pac dear mama", "2Pac: Dear Mama"),
        ("guns and roses november rain", "Guns N' Roses: November Rain"),
        ("guns & roses rain", "Guns N' Roses: November Rain"),
        ("simon garfunkel", "Simon & Garfunkel: Cecilia"),
        ("simon + garfunkel", "Simon & Garfunkel: Cecilia"),
        ("mike and the mechanics", "Mike + The Mechanics: The Living Years"),
        ("everybody hurts - remastered 2016", "R.E.M.: Everybody Hurts"),
        ("everybody hurts remastered rem", "R.E.M.: Everybody Hurts"),
        ("love the way you lie eminem ft rihanna", "Eminem feat. Rihanna: Love the Way You Lie"),
        ("love way you lie eminem x rihanna", "Eminem feat. Rihanna: Love the Way You Lie"),
        ("halo by beyonce", "Beyoncé: Halo"),
        ("nothing compares to you sinead oconnor", "Sinéad O'Connor: Nothing Compares 2 U"),
        ("fjort aenema scheisse", "Fjørt: Ænema scheiße"),
        ("guns n' rosse", "Guns N' Roses: November Rain"),
        ("lvoe me do", "The Beatles: Love Me Do"),
        ("wueen bohemian", "Queen: Bohemian Rhapsody"),
        ("thebeatles help", "The Beatles: Help!"),
        ("молчат дома", "Молчат Дома: Судно"),
        ("ΑΝΟΙΞΗ", "Νατάσσα Μποφίλιου: Άνοιξη"),
        ("ام كلثوم", "أم كلثوم: إنت عمري"),
        ("लग जा गले", "लता मंगेशकर: लग जा गले"),
        ("봄날", "방탄소년단: 봄날"),
        ("บัวลอย", "คาราบาว: บัวลอย"),
        ("京ナイ", "宇多田ヒカル: 東京ナイツ"),
    ],
)
def test_names_are_found_as_people_write_them(catalogue: Catalogue, text: str, finds: str) -> None:
    assert found(catalogue, text)[0] == finds


def test_an_artist_s_own_songs_come_before_songs_that_mention_the_name(catalogue: Catalogue) -> None:
    assert set(found(catalogue, "pink")[:2]) == {"P!nk: So What", "Pink: Sober"}
    assert found(catalogue, "pink")[2:] == ["Aerosmith: Pink", "Pink Floyd: Time"]
    assert set(found(catalogue, "Fun.")[:2]) == {"Fun.: Carry On", "fun. feat. Janelle Monáe: We Are Young"}


def test_among_equals_the_more_popular_come_first(catalogue: Catalogue) -> None:
    assert found(catalogue, "diamonds") == [
        "Rihanna: Diamonds",
        "Chris Rea: Diamonds",
        "Diamonds: Little Darlin'",
    ]


def test_an_exact_title_comes_before_longer_titles(catalogue: Catalogue) -> None:
    assert found(catalogue, "hello adele") == ["Adele: Hello"]
    assert found(catalogue, "time")[0] == "Pink Floyd: Time"
    assert found(catalogue, "love")[0] == "Love: Alone Again Or"


def test_one_of_three_words_may_be_wrong_where_no_song_holds_all(catalogue: Catalogue) -> None:
    assert found(catalogue, "never gonna let you up")[0] == "Rick Astley: Never Gonna Give You Up"
    assert found(catalogue, "adele hello lyrics") == ["Adele: Hello"]
    assert found(catalogue, "adele lyrics") == []
    assert found(catalogue, "adele hello lyrics video") == []


def test_a_wrong_word_is_not_forgiven_where_only_the_filters_leave_nothing(catalogue: Catalogue) -> None:
    assert found(catalogue, "queen bohemian rhapsody", language="en") == []
    (last,) = catalogue.search(Query("queen bohemian rhapsody"), None, 10)
    assert catalogue.search(Query("queen bohemian rhapsody"), last.position, 10) == []


@pytest.mark.parametrize("artist", ["Pink", "P!nk", "p!NK", " pink"])
def test_an_artist_is_meant_in_any_spelling(catalogue: Catalogue, artist: str) -> None:
    names = {hit.track.artist for hit in catalogue.search(Query(artist=artist), None, 10)}
    assert names == {"P!nk", "Pink"}


def test_filters_limit_a_search_by_words(catalogue: Catalogue) -> None:
    assert found(catalogue, "love", language="en") == []


QUERIES = [Query("song"), Query("lov"), Query("the"), Query("so"), Query("filler song wrong"), Query()]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("length", [1, 7, 50])
def test_pages_hold_every_hit_once_and_in_order(catalogue: Catalogue, query: Query, length: int) -> None:
    whole = catalogue.search(query, None, 100)
    paged = [track_id for page in pages(catalogue, query, length) for track_id in page]
    assert paged == [hit.track.id for hit in whole]
    assert len(set(paged)) == len(paged) > 1
    assert [hit.position for hit in whole] == sorted(
        (hit.position for hit in whole), key=lambda position: (-position.relevance, position.id)
    )


def test_as_many_words_as_a_query_can_hold_are_searched(catalogue: Catalogue) -> None:
    assert found(catalogue, ALPHABET) == [f"Alphabet: {ALPHABET}"]
    assert found(catalogue, " ".join(["love"] * 40)) == found(catalogue, "love")
