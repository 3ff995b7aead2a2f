"""The service on a real server: good photos, and every kind of bad image."""

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode, file_of
from support.server import serve

from face_emotion.app import create_app
from face_emotion.settings import Settings

FER2013 = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serve(create_app(Settings(workers=2))) as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def two_faces(astronaut_rgb: Pixels) -> bytes:
    return encode(np.hstack([astronaut_rgb, astronaut_rgb]))


def photo_as(mode: str, kind: str, pixels: Pixels) -> bytes:
    """Encode a photo as an image file of another Pillow mode."""
    photo = Image.fromarray(pixels)
    return file_of(photo.quantize(64) if mode == "P" else photo.convert(mode), kind)


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def grey_png(side: int) -> bytes:
    """Write a black 8-bit PNG row by row: Pillow would keep all pixels in memory."""
    packer, row = zlib.compressobj(1), bytes(side + 1)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = side.to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def assert_problem(response: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert (problem["type"], problem["status"]) == (kind, status)
    assert problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]
    assert "Traceback" not in response.text
    return problem


def test_a_photo_gives_its_face_and_the_emotions(client: httpx.Client, astronaut: bytes) -> None:
    response = client.post("/v1/faces", content=astronaut)
    assert response.status_code == 200, response.text
    body = response.json()
    assert (body["width"], body["height"]) == (512, 512)
    assert body["model"] != "default"
    [face] = body["faces"]
    assert face["box"] == pytest.approx({"x": 178, "y": 63, "width": 90, "height": 113}, abs=8)
    assert face["landmarks"]["right_eye"] == pytest.approx({"x": 200, "y": 102}, abs=6)
    assert 0.7 < face["detection_score"] <= 1
    assert list(face["scores"]) == FER2013
    assert sum(face["scores"].values()) == pytest.approx(1, abs=1e-5)
    assert face["emotion"] == max(face["scores"], key=face["scores"].get)


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/json"])
def test_the_content_type_does_not_matter(client: httpx.Client, astronaut: bytes, content_type: str | None) -> None:
    headers = {"content-type": content_type} if content_type else {}
    assert client.post("/v1/faces", content=astronaut, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("image_format", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "LA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_the_same_face_is_found_in_every_kind_of_image(
    client: httpx.Client, astronaut_rgb: Pixels, image_format: str, mode: str
) -> None:
    response = client.post("/v1/faces", content=photo_as(mode, image_format, astronaut_rgb))
    assert response.status_code == 200, response.text
    assert response.json()["faces"][0]["box"] == pytest.approx({"x": 178, "y": 63, "width": 90, "height": 113}, abs=10)


def test_a_face_is_found_in_a_16_bit_png(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    grey = np.asarray(Image.fromarray(astronaut_rgb).convert("L")).astype(np.uint16) * 256
    response = client.post("/v1/faces", content=file_of(Image.fromarray(grey), "PNG"))
    assert response.status_code == 200, response.text


def test_only_the_first_frame_of_an_animation_counts(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    blank = np.zeros_like(astronaut_rgb)
    faceless = encode(blank, "WEBP", save_all=True, append_images=[Image.fromarray(astronaut_rgb)])
    assert_problem(client.post("/v1/faces", content=faceless), 422, "no-face")
    animated = encode(astronaut_rgb, "WEBP", save_all=True, append_images=[Image.fromarray(blank)])
    assert client.post("/v1/faces", content=animated).status_code == 200


def test_the_box_of_an_exif_rotated_photo_is_upright(client: httpx.Client, astronaut_rgb: Pixels) -> None:
    exif = Image.Exif()
    exif[274] = 6
    stored = np.rot90(astronaut_rgb[:400])
    body = client.post("/v1/faces", content=encode(stored, exif=exif)).json()
    assert (body["width"], body["height"]) == (512, 400)
    assert body["faces"][0]["box"] == pytest.approx({"x": 178, "y": 63, "width": 90, "height": 113}, abs=8)


def test_by_default_only_the_largest_of_two_faces_is_returned(client: httpx.Client, two_faces: bytes) -> None:
    assert len(client.post("/v1/faces", content=two_faces).json()["faces"]) == 1


def test_all_faces_are_returned_on_request(client: httpx.Client, two_faces: bytes) -> None:
    faces = client.post("/v1/faces", params={"faces": "all"}, content=two_faces).json()["faces"]
    assert sorted(face["box"]["x"] // 512 for face in faces) == [0, 1]
    areas = [face["box"]["width"] * face["box"]["height"] for face in faces]
    assert areas == sorted(areas, reverse=True)


def test_two_faces_are_refused_for_the_choice_single(client: httpx.Client, two_faces: bytes, astronaut: bytes) -> None:
    response = client.post("/v1/faces", params={"faces": "single"}, content=two_faces)
    assert "2 faces" in assert_problem(response, 422, "many-faces")["detail"]
    assert client.post("/v1/faces", params={"faces": "single"}, content=astronaut).status_code == 200


def test_haar_returns_only_boxes(astronaut: bytes) -> None:
    with serve(create_app(Settings(detector="haar", workers=1))) as base_url:
        body = httpx.post(f"{base_url}/v1/faces", content=astronaut).json()
    [face] = body["faces"]
    assert face["landmarks"] is None
    assert face["detection_score"] is None
    assert face["box"] == pytest.approx({"x": 178, "y": 69, "width": 92, "height": 92}, abs=8)


def bad_images(astronaut: bytes) -> dict[str, tuple[bytes, int, str]]:
    return {
        "empty": (b"", 422, "unreadable-image"),
        "text named .jpg": (b"this is no photo\n" * 50, 415, "unsupported-image"),
        "truncated": (astronaut[: len(astronaut) // 2], 422, "unreadable-image"),
        "only a signature": (astronaut[:11], 422, "unreadable-image"),
        "20,000 x 20,000": (grey_png(20_000), 413, "image-too-large"),
        "9 MiB": (astronaut + bytes(9 * 1024 * 1024), 413, "body-too-large"),
        "tiff": (encode(np.zeros((9, 9), np.uint8), "TIFF"), 415, "unsupported-image"),
        "no face": (encode(np.full((480, 640, 3), 128, np.uint8)), 422, "no-face"),
        "one pixel": (encode(np.zeros((1, 1, 3), np.uint8), "PNG"), 422, "no-face"),
        "a line": (encode(np.zeros((1, 16_000, 3), np.uint8), "PNG"), 422, "no-face"),
    }


def test_every_bad_image_is_a_problem_and_the_next_good_request_works(
    client: httpx.Client, astronaut: bytes, subtests: pytest.Subtests
) -> None:
    for name, (data, status, kind) in bad_images(astronaut).items():
        with subtests.test(name):
            assert_problem(client.post("/v1/faces", content=data), status, kind)
            assert client.post("/v1/faces", content=astronaut).status_code == 200


@pytest.mark.parametrize(
    "params", [{"emotions": "6"}, {"emotions": "9"}, {"emotions": "seven"}, {"faces": "none"}, {"faces": ""}]
)
def test_bad_parameters_are_invalid_requests(client: httpx.Client, astronaut: bytes, params: dict[str, str]) -> None:
    problem = assert_problem(client.post("/v1/faces", params=params, content=astronaut), 422, "invalid-request")
    assert next(iter(params)) in problem["detail"]


def test_eight_emotions_are_returned_on_request(client: httpx.Client, astronaut: bytes) -> None:
    response = client.post("/v1/faces", params={"emotions": 8}, content=astronaut)
    assert response.status_code == 200
    assert list(response.json()["faces"][0]["scores"]) == [*FER2013, "contempt"]


def test_a_model_of_seven_emotions_refuses_a_request_for_eight(astronaut: bytes) -> None:
    with serve(create_app(Settings(model="reference"))) as url:
        response = httpx.post(f"{url}/v1/faces", params={"emotions": 8}, content=astronaut)
    assert "knows 7" in assert_problem(response, 422, "invalid-request")["detail"]


def test_wrong_method_and_unknown_path_are_problems(client: httpx.Client) -> None:
    assert_problem(client.get("/v1/faces"), 405, "method-not-allowed")
    assert_problem(client.post("/v1/face"), 404, "not-found")


def test_many_requests_at_once_get_the_same_answer(client: httpx.Client, astronaut: bytes) -> None:
    alone = client.post("/v1/faces", content=astronaut).json()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.post("/v1/faces", content=astronaut).json(), range(16)))
    assert answers == [alone] * 16


def test_a_deadline_that_has_passed_is_a_problem(client: httpx.Client, astronaut: bytes) -> None:
    response = client.post("/v1/faces", content=astronaut, headers={"x-deadline-ms": "1"})
    assert_problem(response, 504, "upstream-timeout")
    assert client.post("/v1/faces", content=astronaut).status_code == 200


def test_it_is_ready_once_its_models_are_warm(client: httpx.Client) -> None:
    assert client.get("/health/ready").json()["status"] == "ready"


def test_the_openapi_page_documents_a_binary_image(client: httpx.Client) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/v1/faces"]["post"]
    assert set(operation["requestBody"]["content"]) == {
        f"image/{kind}" for kind in ("jpeg", "png", "webp", "gif", "bmp")
    }
    assert {"413", "415", "422", "503"} <= set(operation["responses"])
