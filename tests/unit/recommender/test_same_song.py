import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.tracks import track_named

from recommender.domain.same_song import is_same_song, plain_title

NAMES = st.text(min_size=1)

SAME = [
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day"),
    ("Bill Withers", "Lovely Day", ["BILL WITHERS"], "lovely day"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day - 2011 Remaster"),
    ("Bill Withers", "Lovely Day - Single Version", ["Bill Withers"], "Lovely Day"),
    ("The Beatles", "Hey Jude", ["Beatles"], "Hey Jude (Remastered 2015)"),
    ("Queen", "Radio Ga Ga", ["Queen"], "Radio Ga Ga - Radio Edit"),
    ("Oasis", "Hello", ["Oasis"], "Hello - Mono / Remastered 2009"),
    ("Simon & Garfunkel", "The Boxer", ["Simon and Garfunkel"], "The Boxer"),
    ("Queen & David Bowie", "Under Pressure", ["David Bowie", "Queen"], "Under Pressure - Remastered 2011"),
    ("Eminem feat. Rihanna", "Love the Way You Lie", ["Eminem", "Rihanna"], "Love The Way You Lie"),
    ("Eminem", "Love the Way You Lie (feat. Rihanna)", ["Eminem", "Rihanna"], "Love The Way You Lie"),
    ("Eminem", "Love the Way You Lie", ["Eminem"], "Love the Way You Lie ft. Rihanna"),
    ("Beyoncé", "Déjà Vu", ["Beyonce"], "Deja vu (with Beyoncé)"),
    ("AC/DC", "What's Next to the Moon?", ["ACDC"], "Whats Next To The Moon"),
    ("Nirvana", "About a Girl (Live)", ["Nirvana"], "About a Girl - Live - Remastered"),
    ("The Rolling Stones", "(I Can't Get No) Satisfaction", ["The Rolling Stones"], "I Can't Get No Satisfaction"),
    ("!!!", "???", ["!!!"], "???"),
    ("Молчат Дома", "Судно", ["МОЛЧАТ ДОМА"], "судно"),
    ("The The", "This Is the Day", ["The The"], "This Is The Day"),
    ("Ke$ha", "TiK ToK", ["Kesha"], "Tik Tok"),
    ("P!nk", "So What", ["Pink"], "So What"),
    ("Guns N' Roses", "Don't Cry", ["Guns and Roses"], "Dont Cry"),
    ("Eric Clapton", "I've Got a Rock 'n' Roll Heart", ["Eric Clapton"], "I've Got A Rock & Roll Heart"),
    ("Fjørt", "Müßig", ["FJORT"], "Mussig"),
]

OTHER = [
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Use Me"),
    ("Bill Withers", "Lovely Day", ["Alt-J"], "Lovely Day"),
    ("Bill Withers", "Lovely Day", ["Karaoke Stars"], "Lovely Day (Originally Performed by Bill Withers)"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day - Live at Carnegie Hall"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day (Karaoke Version)"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day - Instrumental"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day - Sunshine Remix"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day, Pt. 2"),
    ("Bill Withers", "Lovely Day", ["Bill Withers"], "Lovely Day - Acoustic Version"),
    ("Bill Withers", "Lovely Day", [], "Lovely Day"),
    ("Nirvana", "About a Girl (Live)", ["Nirvana"], "About a Girl"),
    ("Taylor Swift", "Red", ["Taylor Swift"], "Red (Taylor's Version)"),
    ("Ariana Grande", "Stuck (with You)", ["Ariana Grande"], "Stuck"),
    ("Rihanna", "Stay", ["Rihanna"], "Stay (with strings)"),
    ("Simon & Garfunkel", "The Boxer", ["Simon"], "The Boxer"),
    ("!!!", "Heart of Hearts", ["???"], "Heart of Hearts"),
    ("!!!", "???", ["!!!"], "!!!"),
    ("Prince", "1999", ["Prince"], "1999 (New Master)"),
    ("Lil Nas X", "Panini", ["Lil Nas"], "Panini"),
    ("Ben E. King", "Stand by Me", ["Ben E. King"], "Stand Me"),
]


@pytest.mark.parametrize(("artist", "title", "artists", "offered"), SAME)
def test_other_releases_of_the_recording_are_the_song(
    artist: str, title: str, artists: list[str], offered: str
) -> None:
    assert is_same_song(track_named(artist, title), artists, offered)


@pytest.mark.parametrize(("artist", "title", "artists", "offered"), OTHER)
def test_other_songs_and_other_recordings_are_not_the_song(
    artist: str, title: str, artists: list[str], offered: str
) -> None:
    assert not is_same_song(track_named(artist, title), artists, offered)


@given(NAMES, NAMES)
def test_a_song_matches_itself_but_not_with_another_artist(artist: str, title: str) -> None:
    assert is_same_song(track_named(artist, title), [artist], title)
    assert not is_same_song(track_named(artist, title), [f"{artist} Tribute Band"], title)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Lovely Day", "Lovely Day"),
        ("Lovely Day - 2011 Remaster", "Lovely Day"),
        ("Lovely Day (feat. Nobody) - Live", "Lovely Day - Live"),
        ("(Remastered)", "(Remastered)"),
    ],
)
def test_titles_are_searched_without_remarks_and_guests(title: str, plain: str) -> None:
    assert plain_title(title).split() == plain.split()
