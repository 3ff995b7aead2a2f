"""Bad input to a real server: each answer is a problem document and no 500, and the next good request works."""

import io
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode

BODY_LIMIT = 8 * 1024 * 1024


@pytest.fixture(autouse=True)
def next_good_request_works(client: httpx.Client, astronaut: bytes) -> Iterator[None]:
    yield
    assert client.post("/emotion", files={"image": astronaut}).status_code == 200


def assert_problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "request_id"}
    assert (problem["type"], problem["status"]) == (kind, status)
    assert problem["title"] and problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert "Traceback" not in answer.text


def emotion(client: httpx.Client, photo: bytes, **query: Any) -> httpx.Response:
    return client.post("/emotion", params=query, files={"image": ("face.jpg", photo)})


def png_bomb() -> bytes:
    """Return a PNG of 20,000 x 20,000 grey pixels that is a few hundred kB large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(20_001)
    pixels = b"".join(packer.compress(row) for _ in range(20_000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def animated_webp(pixels: Pixels) -> bytes:
    frames = [Image.fromarray(pixels), Image.fromarray(np.zeros_like(pixels))]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def converted(pixels: Pixels, mode: str, kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, kind)
    return file.getvalue()


def sixteen_bit_png(pixels: Pixels) -> bytes:
    grey = np.asarray(Image.fromarray(pixels).convert("L"), np.uint16) * 257
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    return file.getvalue()


def test_an_empty_body(client: httpx.Client) -> None:
    assert_problem(client.post("/recommend"), 422, "invalid-request")
    assert_problem(client.post("/lyrics/mood"), 422, "invalid-request")


def test_an_empty_photo(client: httpx.Client) -> None:
    assert_problem(emotion(client, b""), 422, "invalid-request")


def test_a_text_file_named_jpg(client: httpx.Client) -> None:
    assert_problem(emotion(client, b"this is no photo, whatever it is called"), 415, "unsupported-image")


def test_a_tiff(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    assert_problem(emotion(client, converted(astronaut_rgb, "RGB", "TIFF")), 415, "unsupported-image")


def test_a_heic_photo_is_told_how_to_become_a_jpeg(client: httpx.Client) -> None:
    answer = emotion(client, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(1000))
    assert_problem(answer, 415, "unsupported-image")
    assert "sips" in answer.json()["detail"]


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_a_truncated_jpeg(client: httpx.Client, astronaut: bytes, share: float) -> None:
    assert_problem(emotion(client, astronaut[: int(len(astronaut) * share)]), 422, "unreadable-image")


def test_a_png_of_twenty_thousand_by_twenty_thousand_pixels(client: httpx.Client) -> None:
    bomb = png_bomb()
    assert len(bomb) < 1_000_000
    assert_problem(emotion(client, bomb), 413, "image-too-large")


def test_a_declared_upload_of_nine_mib(client: httpx.Client) -> None:
    assert_problem(emotion(client, bytes(9 * 1024 * 1024)), 413, "body-too-large")


def test_an_upload_over_eight_mib_in_chunks(client: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="image"; filename="f"\r\n\r\n'
        for _ in range(BODY_LIMIT // 65536 + 1):
            yield bytes(65536)
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert_problem(client.post("/recommend", content=chunks(), headers=headers), 413, "body-too-large")


def test_no_image_field(client: httpx.Client, astronaut: bytes) -> None:
    assert_problem(client.post("/recommend", files={"photo": astronaut}), 422, "invalid-request")


def test_two_images(client: httpx.Client, astronaut: bytes) -> None:
    files = [("image", astronaut), ("image", astronaut)]
    assert_problem(client.post("/recommend", files=files), 422, "invalid-request")


def test_of_an_animated_webp_the_first_frame_counts(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    answer = emotion(client, animated_webp(astronaut_rgb))
    assert answer.status_code == 200
    assert len(answer.json()["faces"]) == 1


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("LA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("RGBA", "WEBP"), ("P", "GIF"), ("RGB", "BMP")],
)
def test_uncommon_kinds_of_pixels_work(client: httpx.Client, astronaut_rgb: Pixels, mode: str, kind: str) -> None:
    assert emotion(client, converted(astronaut_rgb, mode, kind)).status_code == 200


def test_a_sixteen_bit_png_works(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    answer = emotion(client, sixteen_bit_png(astronaut_rgb))
    assert answer.status_code == 200, answer.text


def test_a_rotated_photo_has_an_upright_box(client: httpx.Client, astronaut: bytes, astronaut_rgb: Pixels) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the viewer rotates it clockwise by 90 degrees
    turned = encode(np.rot90(astronaut_rgb).copy(), quality=92, exif=exif.tobytes())
    (upright,) = emotion(client, astronaut).json()["faces"]
    (face,) = emotion(client, turned).json()["faces"]
    assert face["box"] == pytest.approx(upright["box"], abs=12)


def test_no_face(client: httpx.Client) -> None:
    assert_problem(emotion(client, encode(np.full((480, 640, 3), 128, np.uint8))), 422, "no-face")


def test_several_faces(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    pair = encode(np.hstack([astronaut_rgb, astronaut_rgb]), quality=92)
    assert_problem(emotion(client, pair, faces="single"), 422, "many-faces")
    assert len(emotion(client, pair, faces="all").json()["faces"]) == 2
    assert len(emotion(client, pair).json()["faces"]) == 1
    assert client.post("/recommend", params={"faces": "all"}, files={"image": pair}).status_code == 200


@pytest.mark.parametrize("limit", ["0", "1000", "ten", "", "-1", "1e3"])
def test_limits_out_of_bounds(client: httpx.Client, astronaut: bytes, limit: str) -> None:
    query = {"limit": limit}
    recommended = client.post("/recommend", params=query, files={"image": astronaut})
    for answer in (recommended, client.get("/tracks", params=query), client.get("/moods/sad/tracks", params=query)):
        assert_problem(answer, 422, "invalid-request")


@pytest.mark.parametrize(
    "path",
    ["/moods/bored/tracks", "/tracks?mood=bored", "/tracks?cursor=none", "/tracks?year_from=1990&year_to=1980"],
)
def test_an_impossible_query(client: httpx.Client, path: str) -> None:
    assert_problem(client.get(path), 422, "invalid-request")


@pytest.mark.parametrize("texts", [["word " * 200_000], [], ["word"] * 101, [None], "not a list"])
def test_lyrics_that_cannot_be_read(client: httpx.Client, texts: Any) -> None:
    assert_problem(client.post("/lyrics/mood", json={"texts": texts}), 422, "invalid-request")


def test_lyrics_in_another_script_are_read_but_have_no_known_words(client: httpx.Client) -> None:
    answer = client.post("/lyrics/mood", json={"texts": ["Любовь и солнце", "愛と太陽"]})
    assert answer.status_code == 200
    assert [result["coverage"] for result in answer.json()["results"]] == [0, 0]


def test_a_text_without_words_has_no_mood_and_leaves_the_others_theirs(client: httpx.Client) -> None:
    answer = client.post("/lyrics/mood", json={"texts": ["... 123 !?", "love and sunshine", ""]})
    assert answer.status_code == 200
    none, some, empty = answer.json()["results"]
    assert none == empty
    assert (none["mood"], none["scores"], none["words"], none["language"]) == (None, None, None, None)
    assert (none["coverage"], none["explicit"], none["trusted"]) == (0, False, False)
    assert some["mood"] and some["scores"] and some["coverage"] == 1


def test_lyrics_over_the_body_limit(client: httpx.Client) -> None:
    texts = json.dumps({"texts": ["word " * 9_999] * 200}).encode()
    assert len(texts) > BODY_LIMIT
    headers = {"Content-Type": "application/json"}
    assert_problem(client.post("/lyrics/mood", content=texts, headers=headers), 413, "body-too-large")


@pytest.mark.parametrize("body", [b'{"texts": ["a"', b"\xff", b"null", b'"text"', b"{}", b'{"texts": ["\\ud800"]}'])
def test_broken_json(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/lyrics/mood", content=body, headers={"Content-Type": "application/json"})
    assert_problem(answer, 422, "invalid-request")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/recommend"), ("PUT", "/emotion"), ("POST", "/moods"), ("OPTIONS", "/tracks")]
)
def test_a_wrong_method(client: httpx.Client, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"]


def test_a_head_request_has_no_body(client: httpx.Client) -> None:
    answer = client.head("/recommend")
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("path", ["/nothing", "/recommend/more", "/moods/happy", "/%00", "/..%2f..%2fetc"])
def test_an_unknown_path(client: httpx.Client, path: str) -> None:
    assert_problem(client.get(path), 404, "not-found")
