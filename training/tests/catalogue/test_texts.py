"""Texts that are no lyrics, and what lyrics speak for; all texts are made up."""

import pytest

from musicalface_training.catalogue.marking import is_wordless
from musicalface_training.catalogue.texts.forms import borrowed_texts, is_lyrics
from musicalface_training.catalogue.texts.harm import harm_in, season_in

SONG = "I walk along the river\nand you walk by my side\nWe sing until the morning\nand the morning is wide\n" * 3
NUMBERED = "\n".join(f"{number}. Somebody {number} - A Song Called {number} (feat. Another)" for number in range(1, 30))
PAIRS = "\n".join(f"Some Band - Great Title Number {'ABCDEFGHIJKLMN'[number]}" for number in range(14))
AWARDS = "Album Of The Year\n" + "\n".join(f"The Winners ({1990 + number}) Best Singer" for number in range(20))
CARD = "______________________\nName   A Title\nArtist  A Band\nAlbum   An Album\n"
INDEX = "Unknown\nMiscellaneous\nA Shanty\nthe captain sailed away with all his men\n"
STORY = (
    "The door fell shut behind the old man who carried a box full of letters. Nobody in the street looked up.\n"
    "Rain had begun to fall on the roofs of the town by the sea. A dog barked somewhere near the harbour wall.\n"
    "Under the lamp a clerk counted coins with cold fingers. Three of them were false and shone like tin.\n"
)


def test_lyrics_are_lyrics() -> None:
    assert is_lyrics(SONG)
    assert is_lyrics(SONG.replace("\n", " "))
    assert is_lyrics(SONG.title())


@pytest.mark.parametrize("text", [NUMBERED, PAIRS, AWARDS, CARD, INDEX, STORY])
def test_lists_cards_and_stories_are_no_lyrics(text: str) -> None:
    assert not is_lyrics(text)


def test_texts_of_other_titles_and_at_artists_without_own_texts_are_borrowed() -> None:
    other = "Another text altogether"
    songs = [
        ("Rain", "A", SONG),
        ("Sunshine", "B", SONG),
        ("Over the Hill", "Singer", "over the hill we go"),
        ("Over the Hill", "Trio", "over the hill we go"),
        ("Over the Hill", "Quartet", "over the hill we go"),
        ("Own Song", "Singer", other),
        ("Own Song 2", "Singer", f"{other} too"),
    ]
    titles, artists, texts = (list(column) for column in zip(*songs, strict=True))
    assert borrowed_texts(titles, artists, texts) == [True, True, False, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        (SONG, None),
        ("I'm gonna kill you tonight\nI will stab her\n" + SONG, "killing"),
        ("Corpses and gore, slaughter and carnage and entrails", "killing"),
        ("you are a killer queen, killing me softly\n" + SONG, None),
        ("They raped her in the night\n" + SONG, "sexual-violence"),
        ("I want to kill myself\n" + SONG, "suicide"),
        ("I don't want to die\nI will never want to die\n" + SONG, None),
    ],
)
def test_harm_is_found_by_several_words_or_a_threat(text: str, harm: str | None) -> None:
    assert harm_in(text) == harm


def test_three_words_of_christmas_make_a_season() -> None:
    assert season_in("Santa comes with the sleigh on Christmas day") == "christmas"
    assert season_in("Last Christmas was cold") is None


def test_artists_are_wordless_by_their_tags() -> None:
    assert is_wordless({"rock": 8, "instrumental": 2})
    assert not is_wordless({"rock": 9, "instrumental": 2})
    assert not is_wordless({})
