import pytest

from recommender.domain.genres import GENRES, genre_named, genres_named
from recommender.domain.marks import harm_of, kind_of, season_of


@pytest.mark.parametrize(
    ("title", "season"),
    [
        ("All I Want For Christmas Is You", "christmas"),
        ("Happy X-Mas (War is Over)", "christmas"),
        ("Santa Baby", "christmas"),
        ("Santa Monica", None),
        ("O Come, All Ye Faithful", "christmas"),
        ("Monster Mash", "halloween"),
        ("Auld Lang Syne", "new-year"),
        ("New Year's Day", None),
        ("Summer Nights", None),
    ],
)
def test_titles_tell_the_season(title: str, season: str | None) -> None:
    assert season_of(title) == season


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("The Star-Spangled Banner", "hymn"),
        ("Amazing Grace", "hymn"),
        ("Hymn For The Weekend", None),
        ("Skit #2", "sketch"),
        ("Song (Interlude)", "sketch"),
        ("Again (Instrumental)", "instrumental"),
        ("Bitter Sweet Symphony", None),
    ],
)
def test_titles_tell_the_kind(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("title", "harm"),
    [
        ("Kill You", "killing"),
        ("Stronger (What Doesn't Kill You)", None),
        ("Killer Queen", None),
        ("Suicide Note Pt. I", "suicide"),
        ("Suicide Blonde", None),
        ("Grape Soda", None),
        ("The Rape", "sexual-violence"),
    ],
)
def test_titles_tell_of_harm(title: str, harm: str | None) -> None:
    assert harm_of(title) == harm


def test_genres_have_aliases() -> None:
    assert genre_named("RAP") == genre_named("Hip-Hop") == "hip hop"
    assert genre_named("EDM") == "electronic"
    assert genre_named("polka") == "polka"
    assert genres_named(["rap", "hip hop", "", "RnB"]) == ("hip hop", "r&b")
    assert all(genre_named(genre) == genre for genre in GENRES)
