"""Damaged pictures: small sound ones of every kind, and random changes of their bytes."""

import random
import struct
import zlib
from collections.abc import Callable, Sequence

from PIL import Image, ImageOps

from support.photos import Pixels, file_of

SIZE = (64, 48)
INTERESTING = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
TOKENS = (
    *(bytes((0xFF, marker)) for marker in (0xC0, 0xC2, 0xC4, 0xD0, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE1, 0xEE, 0x02)),
    *(b"IHDR", b"IDAT", b"PLTE", b"tRNS", b"eXIf", b"IEND", b"acTL", b"fdAT"),
    *(b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"EXIF", b"RIFF", b"WEBP"),
    *(b"\x21\xf9\x04", b"\x21\xfe", b"\x2c", b"\x3b", b"GIF89a", b"BM", b"Exif\0\0", b"II*\0", b"MM\0*"),
)

Change = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def seeds(photo: Pixels) -> Sequence[bytes]:
    """Return small sound pictures of every kind that is read, made from a photo."""
    image = Image.fromarray(photo).resize(SIZE)
    clear = image.copy()
    clear.putalpha(Image.linear_gradient("L").resize(SIZE))
    palette, mirrored = image.quantize(16), [ImageOps.mirror(image)]
    exif = Image.Exif()
    exif[274] = 6
    return [
        *(file_of(image, "JPEG", **options) for options in ({}, {"progressive": True}, {"restart_marker_rows": 1})),
        *(file_of(image.convert(mode), "JPEG") for mode in ("L", "CMYK")),
        *(file_of(image, kind, exif=exif) for kind in ("JPEG", "PNG", "WEBP")),
        *(file_of(image.convert(mode), "PNG") for mode in ("1", "L", "LA", "P", "RGB", "I;16")),
        *(file_of(clear, kind) for kind in ("PNG", "WEBP")),
        file_of(palette, "PNG", transparency=3),
        _interlaced(image),
        *(file_of(image, kind, save_all=True, append_images=mirrored) for kind in ("PNG", "WEBP", "GIF")),
        *(file_of(picture, "WEBP", lossless=True) for picture in (image, clear)),
        *(file_of(palette, "GIF", **options) for options in ({"interlace": 1}, {"transparency": 3, "comment": "x"})),
        *(file_of(image.convert(mode), "BMP") for mode in ("1", "L", "RGB")),
    ]


def mutated(pictures: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one of the pictures with one to four random changes."""
    data = bytearray(chance.choice(pictures))
    for _ in range(chance.randint(1, 4)):
        chance.choice(CHANGES)(data, chance, pictures)
    if chance.random() < 0.8:
        _mend_checksums(data)
    return bytes(data)


def _interlaced(image: Image.Image) -> bytes:
    """Return a PNG that says it is interlaced, with rows of the seven passes that are all of one colour."""
    passes = ((8, 8), (8, 8), (4, 8), (4, 4), (2, 4), (2, 2), (1, 2))
    rows = b"".join((b"\x04" + bytes(3 * (image.width // x))) * (image.height // y) for x, y in passes)
    header = struct.pack(">IIBBBBB", *image.size, 8, 2, 0, 0, 1)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(kind, body) for kind, body in parts)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG, with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _flip(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set_number(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    number = struct.pack(chance.choice("<>") + "I", chance.choice(INTERESTING))
    width = chance.choice((1, 2, 4))
    at = _place(data, chance)
    data[at : at + width] = number[-width:] if chance.random() < 0.5 else number[:width]


def _remove(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at = _place(data, chance)
    del data[at : at + chance.choice((1, 2, 8, 100, 1000))]


def _repeat(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at = _place(data, chance)
    piece = data[at : at + chance.choice((1, 8, 100, 1000))]
    data[at:at] = piece * chance.choice((1, 2, 20))


def _insert(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at = _place(data, chance)
    data[at:at] = chance.choice((chance.choice(TOKENS), chance.randbytes(chance.choice((1, 4, 60)))))


def _cut(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    del data[_place(data, chance) :]


def _splice(data: bytearray, chance: random.Random, pictures: Sequence[bytes]) -> None:
    other = chance.choice(pictures)
    data[_place(data, chance) :] = other[chance.randrange(len(other)) :]


# What ends in most pictures being refused comes seldom.
CHANGES: Sequence[Change] = (*[_flip] * 6, *[_set_number] * 4, *[_remove, _repeat, _insert] * 2, _cut, _splice)


def _place(data: bytearray, chance: random.Random) -> int:
    """Return a random place, often among the first 100 bytes, where the headers are."""
    return chance.randint(0, min(len(data), chance.choice((100, len(data), len(data)))))


def _mend_checksums(data: bytearray) -> None:
    """Set the checksums of a PNG's chunks anew. Otherwise most changes would end there."""
    at = 8 if data.startswith(b"\x89PNG") else len(data)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        data[end : end + 4] = struct.pack(">I", zlib.crc32(data[at + 4 : end]))
        at = end + 4
