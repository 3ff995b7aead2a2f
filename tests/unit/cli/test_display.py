import pytest

from gateway.schemas import EmotionReading, MoodReading, Recommendation, Track
from musicalface.display import show
from musicalface_common.vocabulary import Emotion, Mood


def recommendation(**changes: object) -> Recommendation:
    track = Track(
        id="0123456789ab",
        artist="AC/DC [live]",
        title="[bold]Jailbreak[/bold]",
        year=None,
        genre=None,
        genres=[],
        language=None,
        explicit=None,
        tag_mood=None,
        listeners=None,
        chart_peak=None,
        chart_weeks=None,
        kind=None,
        season=None,
        harm=None,
        mood=Mood.ANGRY,
        people=None,
        votes=None,
        scores={Mood.ANGRY: 1.0},
        url=f"https://open.spotify.com/search/{'long%20' * 30}",
        embed_url=None,
        artwork_url=None,
        duration_ms=None,
    )
    return Recommendation(
        emotion=EmotionReading(label=Emotion.ANGRY, scores={Emotion.ANGRY: 0.75, Emotion.HAPPY: 0.25}),
        mood=MoodReading(label=Mood.ANGRY, scores={Mood.HAPPY: 0.25, Mood.ANGRY: 0.75}),
        faces=[],
        tracks=[track, track.model_copy(update={"year": 1976})],
        degraded=["redis"],
    ).model_copy(update=changes)


def test_scores_highest_first_years_and_missing_parts_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show(recommendation())
    shown = capsys.readouterr().out
    assert shown.index("Emotion: angry") < shown.index("75%") < shown.index("25%") < shown.index("Mood: angry")
    assert "(1976)" in shown
    assert "Without: redis" in shown


def test_markup_in_titles_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    show(recommendation())
    assert "AC/DC [live] – [bold]Jailbreak[/bold]" in capsys.readouterr().out


def test_links_are_never_cut(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    show(recommendation())
    assert "…" not in capsys.readouterr().out


def test_without_songs_a_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    show(recommendation(tracks=[]))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "No songs pass the filters" in lines
    assert "Songs" not in lines
