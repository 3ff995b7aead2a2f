"""Names of songs as people spell them, and one row a song."""

import pandas as pd
import pytest

from musicalface_training.catalogue.merging import as_people_spell
from musicalface_training.catalogue.spelling import Name, Spellings, learn_spellings, mend, respell, same_songs
from recommender.domain.track import song_id

KNOWN = learn_spellings(
    [
        Name("R. Kelly Featuring T.I. & T-Pain", "I'm A Flirt"),
        Name("Ke$ha", "TiK ToK"),
        Name("P!nk", "Try"),
        Name("Earth, Wind & Fire", "September"),
    ]
)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        (
            Name("r kelly featuring ti and t-pain", "im a flirt"),
            Name("R. Kelly Featuring T.I. & T-Pain", "I'm A Flirt"),
        ),
        (Name("keha", "tik tok"), Name("Ke$ha", "TiK ToK")),
        (Name('m"otley cr"ue', "without you"), Name("Mötley Crüe", "Without You")),
        (Name("earth wind fire", "fantasy"), Name("Earth, Wind & Fire", "Fantasy")),
        (Name("nobody knows", "this one"), Name("Nobody Knows", "This One")),
        (Name("Metallica", "Seek &amp; Destroy"), Name("Metallica", "Seek & Destroy")),
        (Name('Gary "U.S." Bonds', "New Orleans"), Name('Gary "U.S." Bonds', "New Orleans")),
    ],
)
def test_names_are_spelled_as_people_do(name: Name, spelled: Name) -> None:
    assert respell(name, KNOWN) == spelled


def test_names_lose_leftovers_of_pages() -> None:
    assert mend("A &amp; B&#39;s") == "A & B's"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Name("The Who", "Substitute"), Name("Who", "Substitute"), True),
        (Name("A", "Secret Rendezvous"), Name("A", "Secret Rendesvous"), True),
        (Name("A", "Girl Like You"), Name("A", "A Girl Like You"), True),
        (Name("A", "Monumental Part I"), Name("A", "Monumental Part II"), False),
        (Name("A", "Second Chances"), Name("A", "Second Chance"), False),
        (Name("A", "Summer 1969"), Name("A", "Summer 1968"), False),
        (Name("A", "Love You"), Name("A", "Love Yo"), False),
        (Name("A", "Song"), Name("A", "Song (Live)"), False),
        (Name("A", "Song of Songs"), Name("B", "Song of Songs"), False),
    ],
)
def test_one_song_may_be_spelled_in_two_ways(one: Name, other: Name, same: bool) -> None:
    assert (len(set(same_songs({"1": one, "2": other}).values())) == 1) is same


def test_one_row_a_song_that_keeps_its_former_ids() -> None:
    names = [("keha", "tik tok"), ("Ke$ha", "TiK ToK"), ("Other", "Song")]
    rows = [
        {"id": song_id(*name), "artist": name[0], "title": name[1], "year": year}
        for name, year in zip(names, ("2009", "", "1999"), strict=True)
    ]
    merged = as_people_spell(pd.DataFrame(rows), Spellings()).set_index("artist")
    assert list(merged.index) == ["Ke$ha", "Other"] or list(merged.index) == ["Other", "Ke$ha"]
    kesha = merged.loc["Ke$ha"]
    assert (kesha["title"], kesha["year"], kesha["id"]) == ("TiK ToK", "2009", song_id("Ke$ha", "TiK ToK"))
    assert kesha["former_ids"] == song_id("keha", "tik tok")
    assert merged.loc["Other", "former_ids"] == ""
