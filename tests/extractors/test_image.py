"""Pictures: what was written into their heads, their pages, and what of them cannot be looked at."""

from __future__ import annotations

import builtins
import io
import struct
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from piiscan.extractors import choose, image
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.pages import Pages
from piiscan.piece import Picture, Piece, Pixels, Problem, Segment
from piiscan.scan import merge, scan_file
from tests.extractors.test_pdf_xmp import FOUND, PACKET
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

MOBILE = "090-3123-4567"
NOTE = f"甲野 花子 電話 {MOBILE}"
MEDIA = Problem(Outcome.SKIPPED, "media")
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def drawn(kind: str = "PNG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:  # noqa: ANN401 - Pillow's
    stream = io.BytesIO()
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).rectangle([0, 0, size[0] // 2, size[1]], fill=0)
    picture.save(stream, kind, **options)
    return stream.getvalue()


def exif(**tags: object) -> Image.Exif:
    names = {name: tag for tag, name in image._TAGS.items()}
    head = Image.Exif()
    for name, value in tags.items():
        tag = names[name]
        (head.get_ifd(0x8769) if tag in {0x9286, 0xA430} else head)[tag] = value
    return head


def read(data: bytes) -> list[Piece]:
    return list(image.extract_image(io.BytesIO(data), "name"))


def texts(data: bytes) -> list[tuple[str, str, str]]:
    return [(piece.part, piece.hint, piece.text) for piece in read(data) if isinstance(piece, Segment)]


def pictures(data: bytes) -> list[tuple[Picture, Pixels | Problem]]:
    """Give the pages of a picture, each drawn while it is open, as a document is read."""
    pieces = image.extract_image(io.BytesIO(data), "name")
    return [(piece, piece.draw()) for piece in pieces if isinstance(piece, Picture)]


def pixels_of(data: bytes) -> Pixels:
    ((_, pixels),) = pictures(data)
    assert isinstance(pixels, Pixels)
    return pixels


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_known_and_drawn(kind: str) -> None:
    data = drawn(kind)
    assert choose("a", data) == "image:extract_image"
    ((picture, pixels),) = pictures(data)
    assert (picture.problem, picture.page, picture.is_minor) == (MEDIA, 1 if kind == "TIFF" else None, False)
    assert isinstance(pixels, Pixels)
    assert (pixels.width, pixels.height, len(pixels.data)) == (800, 600, 480_000)
    assert (pixels.data[10] < 20, pixels.data[790] > 240) == (True, True)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
def test_texts_of_exif_are_read(kind: str) -> None:
    data = drawn(kind, exif=exif(Artist="甲野 花子".encode(), ImageDescription=NOTE.encode("cp932")))
    assert sorted(texts(data)) == [("exif", "Artist", "甲野 花子"), ("exif", "ImageDescription", NOTE)]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("UserComment", b"UNICODE\0" + NOTE.encode("utf-16-le")),
        ("UserComment", b"UNICODE\0" + NOTE.encode("utf-16-be")),
        ("UserComment", b"JIS\0\0\0\0\0" + NOTE.encode("iso2022_jp")),
        ("UserComment", b"ASCII\0\0\0" + NOTE.encode()),
        ("UserComment", b"\0" * 8 + NOTE.encode("cp932")),
        ("XPComment", (NOTE + "\0").encode("utf-16-le")),
        ("XPAuthor", NOTE.encode("utf-16-le")),
    ],
)
def test_comments_are_read_in_their_encodings(tag: str, value: bytes) -> None:
    assert texts(drawn("JPEG", exif=exif(**{tag: value}))) == [("exif", tag, NOTE)]


def test_the_place_of_a_photo_is_left_out() -> None:
    head = Image.Exif()
    head.get_ifd(0x8825)[0x001B] = b"ASCII\0\0\0" + MOBILE.encode()
    assert texts(drawn("JPEG", exif=head)) == []


@pytest.mark.parametrize("is_packed", [False, True])
def test_chunks_of_text_are_read(*, is_packed: bool) -> None:
    chunks = PngInfo()
    chunks.add_text("Author", MOBILE, zip=is_packed)
    chunks.add_itxt("Comment", NOTE, zip=is_packed)
    assert texts(drawn(pnginfo=chunks)) == [("comment", "Author", MOBILE), ("comment", "Comment", NOTE)]


@pytest.mark.parametrize("kind", ["JPEG", "GIF"])
def test_comments_are_read(kind: str) -> None:
    assert texts(drawn(kind, comment=NOTE.encode())) == [("comment", "comment", NOTE)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_xmp_is_read(kind: str) -> None:
    if kind == "PNG":
        chunks = PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", PACKET.decode())
        data = drawn(pnginfo=chunks)
    else:
        data = drawn(kind, **({"tiffinfo": {700: PACKET}} if kind == "TIFF" else {"xmp": PACKET}))
    assert [(hint, text) for part, hint, text in texts(data) if part == "xmp"] == FOUND


def test_iptc_is_read() -> None:
    said = NOTE.encode()
    field = b"\x1c\x02\x78" + struct.pack(">H", len(said)) + said
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(field)) + field + b"\0" * (len(field) % 2)
    segment = b"Photoshop 3.0\0" + block
    data = drawn("JPEG")
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert texts(data) == [("iptc", "", NOTE)]


def test_a_text_counts_with_the_label_of_its_tag_and_without_an_eye(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(drawn("JPEG", exif=exif(ImageDescription=NOTE.encode())))
    *parts, report = scan_file(FileRef("a.jpg", str(path)), config_for().scan)
    assert isinstance(report, FileReport)
    found = [(each.pattern, each.location.part) for each in merge(parts, report).findings]  # type: ignore[arg-type]
    assert ("phone_mobile", "exif") in found
    assert (report.outcome, report.reason) == (Outcome.SKIPPED, "media")


def test_each_page_of_a_fax_is_a_picture_and_becomes_square() -> None:
    data = drawn("TIFF", (864, 561), dpi=(204, 98), save_all=True, append_images=[Image.new("1", (864, 1000))])
    sizes = [(piece.page, *pixels[:2]) for piece, pixels in pictures(data) if isinstance(pixels, Pixels)]
    assert sizes[0] == (1, 1728, round(561 * 204 / 98) * 2)
    assert sizes[1][0] == 2


def test_what_is_transparent_is_paper() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(stream, "PNG")
    pixels = pixels_of(stream.getvalue())
    assert set(pixels.data) == {255}


def test_sixteen_bits_are_eight() -> None:
    stream = io.BytesIO()
    Image.new("I;16", (400, 300), 0x8000).save(stream, "TIFF")
    pixels = pixels_of(stream.getvalue())
    assert set(pixels.data) <= {127, 128}


def test_a_photo_on_its_side_is_turned() -> None:
    head = Image.Exif()
    head[0x0112] = 6
    pixels = pixels_of(drawn("JPEG", exif=head))
    assert (pixels.width, pixels.height) == (600, 800)


def test_icons_are_minor() -> None:
    sizes = [(199, 300), (300, 99), (200, 100)]
    assert [pictures(drawn(size=size))[0][0].is_minor for size in sizes] == [True, True, False]


def test_large_pictures_are_made_smaller_and_larger_ones_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "_SEEN", 30_000)
    pixels = pixels_of(drawn())
    assert (pixels.width, pixels.height) == (200, 150)
    monkeypatch.setattr(image, "_MOST", 100_000)
    assert pictures(drawn())[0][1] == Problem(Outcome.PARTIAL, "pixels")


def test_a_bomb_of_pixels_is_refused_before_it_is_decoded() -> None:
    data = bytearray(drawn("BMP"))
    data[18:26] = struct.pack("<ii", 60_000, 60_000)
    assert [found for _, found in pictures(bytes(data))] == [Problem(Outcome.PARTIAL, "pixels")]


def test_without_pillow_a_picture_is_media(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def lacking(name: str, *rest: Any) -> object:  # noqa: ANN401 - as of the function it replaces
        if name == "PIL":
            raise ImportError
        return known(name, *rest)

    monkeypatch.setattr(builtins, "__import__", lacking)
    assert read(drawn()) == [Pages(unread=1), MEDIA]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_truncation_ends_and_is_no_whole_picture(kind: str) -> None:
    options = {"compression": "group4"} if kind == "TIFF" else {}
    stream = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("1" if kind == "TIFF" else "L").save(stream, kind, **options)
    data = stream.getvalue()
    for part in range(10):
        cut = data[: len(data) * part // 10 + 1]
        assert read(cut)
        assert not any(isinstance(end, Pixels) for _, end in pictures(cut)), part


def test_rubble_is_media() -> None:
    assert read(b"\x89PNG\r\n\x1a\n" + b"\xff" * 99) == [MEDIA]
