import pytest
import typer

from musicalface.camera import take_picture


def test_no_camera_ends_the_command_and_says_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        take_picture(99)
    assert ended.value.exit_code == 1
    error = capfd.readouterr().err
    assert len(error.splitlines()) == 1
    assert "curl -F image=@photo.jpg" in error
