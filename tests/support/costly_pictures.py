"""Pictures that cost more than they look: few bytes, or few pixels, and much work. Each is valid."""

import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from support.mutations import png_chunk
from support.photos import encode, file_of

PNG = b"\x89PNG\r\n\x1a\n"
SIDE = 5000  # 25 megapixels
CODE_LENGTH_ORDER = (17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8)  # of WebP (RFC 9649)


def flat(mode: str, side: int, kind: str, **options: Any) -> bytes:
    """Return a picture of one colour."""
    return file_of(Image.new(mode, (side, side)), kind, **options)


def jpeg_scans(scans: int, side: int = SIDE) -> bytes:
    """Return a grey progressive JPEG with further scans that change nothing."""
    data = flat("L", side, "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * (scans - 6) + data[-2:]


def noisy_jpeg(side: int, **options: Any) -> bytes:
    """Return a JPEG of noise, which is as hard to decode as a photo can be."""
    noise = np.random.default_rng(0).normal(128, 8, (side, side, 3))
    return encode(noise.clip(0, 255).astype(np.uint8), **options)


def jpeg_segments(segments: int) -> bytes:
    """Return a JPEG with empty comments."""
    data = flat("RGB", 64, "JPEG")
    return data[:2] + b"\xff\xfe\0\2" * segments + data[2:]


def jpeg_fill(size: int) -> bytes:
    """Return a JPEG with fill bytes before its first segment."""
    data = flat("RGB", 64, "JPEG")
    return data[:2] + b"\xff" * size + data[2:]


def jpeg_exif(parts: int) -> bytes:
    """Return a JPEG with as many EXIF segments of 64 kB, whose entries all point to a long value."""
    entries = b"".join(struct.pack(">HHII", tag, 7, 60_000, 8) for tag in range(5_000))
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 5_000) + entries
    data = flat("RGB", 64, "JPEG")
    return data[:2] + (b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif) * parts + data[2:]


def jpeg_arithmetic() -> bytes:
    """Return a JPEG that says that it is arithmetic-coded: then a byte can hold any number of coefficients."""
    return flat("L", 64, "JPEG").replace(b"\xff\xc0", b"\xff\xc9")


def png_texts(texts: int) -> bytes:
    """Return a PNG with text chunks before its pixels."""
    data = flat("RGB", 64, "PNG")
    return data[:33] + png_chunk(b"tEXt", b"a\0b") * texts + data[33:]


def png_packed_texts(texts: int) -> bytes:
    """Return a PNG with text chunks that unpack to 1 MB each."""
    data = flat("RGB", 64, "PNG")
    return data[:33] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000))) * texts + data[33:]


def png_pieces(size: int) -> bytes:
    """Return a PNG whose pixels are packed into chunks of one byte."""
    rows = (b"\0" + np.random.default_rng(0).bytes(3 * 512)) * (size // 1537)
    parts = [png_chunk(b"IDAT", bytes([byte])) for byte in zlib.compress(rows, 0)]
    return PNG + png_header(512, size // 1537, 8, 2) + b"".join(parts) + png_chunk(b"IEND", b"")


def png_header(width: int, height: int, depth: int, colours: int) -> bytes:
    """Return the first chunk of a PNG."""
    return png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def png_rows(depth: int, colours: int, samples: int, blocks: int = 0, side: int = SIDE) -> bytes:
    """Return a black PNG of Paeth-filtered rows. Empty blocks, which hold only code tables, come before its pixels."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    rows = (b"\4" + bytes(side * samples * depth // 8)) * side
    pixels = packer.compress(rows) + packer.flush()
    packed = b"\x78\x01" + _empty_blocks(blocks) + pixels + struct.pack(">I", zlib.adler32(rows))
    return PNG + png_header(side, side, depth, colours) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def webp_chunks(chunks: int) -> bytes:
    """Return a WebP with unknown chunks after its pixels."""
    content = flat("RGB", 64, "WEBP")[8:] + b"abcd\0\0\0\0" * chunks
    return b"RIFF" + struct.pack("<I", len(content)) + content


def webp_tables(tiles: int) -> bytes:
    """Return a lossless WebP of 4x4-pixel tiles, which use 65,536 sets of code tables in turn."""
    bits = _Bits()
    bits.put((0x2F, 8), (4 * tiles - 1, 14), (4 * tiles - 1, 14), (0, 1), (0, 3))
    bits.put((0, 1), (0, 1), (1, 1), (0, 3), (0, 1))  # no transform, no cache; tables by tile, of 2**2 pixels; no cache
    for symbols in (280, 256):
        _put_byte_table(bits, symbols)
    _put_single_tables(bits, 3)
    for tile in range(tiles * tiles):
        bits.put_code(tile & 0xFF, 8)
        bits.put_code(tile >> 8 & 0xFF, 8)
    _put_single_tables(bits, 5 * 65_536)
    pixels = bits.packed()
    chunk = b"VP8L" + struct.pack("<I", len(pixels)) + pixels + bytes(len(pixels) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def gif_comments(comments: int) -> bytes:
    """Return a GIF with a comment in blocks of one byte before its frame."""
    data = flat("L", 64, "GIF")
    frame = data.index(b",", 13 + 3 * 2 ** (1 + (data[10] & 7)))
    return data[:frame] + b"\x21\xfe" + b"\1x" * comments + b"\0" + data[frame:]


class _Bits:
    """Packs numbers into bytes, lowest bit first."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def put(self, *numbers: tuple[int, int]) -> None:
        """Append numbers, each with its count of bits."""
        self._text += [format(number, f"0{width}b")[::-1] for number, width in numbers]

    def put_code(self, code: int, width: int) -> None:
        """Append a prefix code, whose highest bit comes first."""
        self._text.append(format(code, f"0{width}b"))

    def packed(self, repeat: int = 1) -> bytes:
        """Return all bits, repeated, filled up to whole bytes with zeros."""
        text = "".join(self._text) * repeat
        text += "0" * (-len(text) % 8)
        return int(text[::-1], 2).to_bytes(len(text) // 8, "little")


def _empty_blocks(blocks: int) -> bytes:
    """Return deflate blocks (RFC 1951) with tables of two codes and no data, and an empty stored block at the end."""
    block = _Bits()
    block.put((0, 1), (2, 2), (0, 5), (0, 5), (14, 4))
    block.put((0, 3), (0, 3), (1, 3), *[(0, 3)] * 14, (1, 3))  # lengths of codes: one bit for 18 and for 1
    block.put((1, 1), (127, 7), (1, 1), (107, 7), (0, 1), (0, 1))  # 256 zeros, then one bit for the end and a distance
    block.put((0, 1))
    eight_blocks = block.packed(repeat=8)  # whole bytes
    return eight_blocks * (blocks // 8) + b"\0\0\0\xff\xff"


def _put_byte_table(bits: _Bits, symbols: int) -> None:
    """Append a WebP code table of 256 codes of eight bits; the further symbols have none."""
    lengths = {8: 1, 18: 1}
    bits.put((0, 1), (len(CODE_LENGTH_ORDER) - 4, 4))
    bits.put(*((lengths.get(symbol, 0), 3) for symbol in CODE_LENGTH_ORDER), (0, 1))
    bits.put(*[(0, 1)] * 256)
    if symbols > 256:
        bits.put((1, 1), (symbols - 256 - 11, 7))


def _put_single_tables(bits: _Bits, tables: int) -> None:
    """Append WebP code tables of one symbol, which takes no bits."""
    bits.put(*[(0b0001, 4)] * tables)


# Refused, by the words of the refusal.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "JPEG of 196 scans": (lambda: jpeg_scans(196), "too many pixels for its 196 scans"),
    "JPEG of 196 scans, cut off": (lambda: jpeg_scans(196)[:-10], "too many pixels"),
    "JPEG of 10**6 segments": (lambda: jpeg_segments(10**6), "segments"),
    "JPEG, arithmetic-coded": (jpeg_arithmetic, "save it anew"),
    "PNG of 400,000 texts": (lambda: png_texts(400_000), "chunks"),
    "PNG in pieces of one byte": (lambda: png_pieces(600_000), "chunks"),
    "PNG of 16 bits and 25 megapixels": (lambda: png_rows(16, 6, 4), "unpack"),
    "PNG of empty blocks and 25 megapixels": (lambda: png_rows(8, 6, 4, 350_000), "unpack"),
    "WebP of 900,000 chunks": (lambda: webp_chunks(900_000), "chunks"),
    "WebP without loss, 25 megapixels": (
        lambda: flat("RGB", SIDE, "WEBP", lossless=True, quality=0),
        "12.5 megapixels",
    ),
    "GIF of 4 million comments": (lambda: gif_comments(4_000_000), "blocks"),
}
# Read. These are the most expensive pictures that the bounds let pass, as far as is known.
READ: dict[str, Callable[[], bytes]] = {
    "JPEG of 8 MB of fill bytes": lambda: jpeg_fill(8_000_000),
    "JPEG of 120 EXIF segments": lambda: jpeg_exif(120),
    "JPEG of 10 scans, 25 megapixels": lambda: jpeg_scans(10),
    "JPEG of noise, 25 megapixels": lambda: noisy_jpeg(SIDE, quality=75, subsampling=0),
    "JPEG of noise, progressive, 16 megapixels": lambda: noisy_jpeg(4000, quality=50, subsampling=0, progressive=True),
    "JPEG of four colours, 25 megapixels": lambda: flat("CMYK", SIDE, "JPEG"),
    "JPEG of 200 scans, 1 megapixel": lambda: jpeg_scans(200, 1000),
    "PNG of 60 MB of packed text": lambda: png_packed_texts(60),
    "PNG of RGBA, 25 megapixels": lambda: png_rows(8, 6, 4, 140_000),
    "PNG of grey, 25 megapixels, empty blocks": lambda: png_rows(8, 0, 1, 700_000),
    "WebP of lossless tables, 12.5 megapixels": lambda: webp_tables(883),
    "WebP with loss, 25 megapixels": lambda: flat("RGB", SIDE, "WEBP", method=0),
    "GIF of 25 megapixels": lambda: flat("P", SIDE, "GIF"),
    "BMP of 25 megapixels": lambda: flat("1", SIDE, "BMP"),
}
