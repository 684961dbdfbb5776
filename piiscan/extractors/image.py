"""Pictures (PNG, JPEG, TIFF, BMP, GIF, WebP): the texts that were written into them, and their pixels for who can read.

What nobody reads is passed over as media, and so is every picture where Pillow is not installed. Of a TIFF every page
counts, of a moving picture the first one. Places where a picture was taken are left out.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.pages import Pages
from piiscan.pdfxmp import properties_of
from piiscan.piece import Picture, Pixels, Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from piiscan.piece import Piece

_MEDIA = Problem(Outcome.SKIPPED, "media")
_DAMAGED, _TOO_LARGE = Problem(Outcome.PARTIAL, "damaged"), Problem(Outcome.PARTIAL, "pixels")
#: Pictures that are narrower or lower are icons and lines.
_WIDTH, _HEIGHT = 200, 100
#: The most pixels that are decoded, and that are looked at: larger pictures are made smaller.
_MOST, _SEEN = 150_000_000, 40_000_000
#: A side below so many pixels is that of a picture of a screen, whose characters are too small to be read as they are.
_SCREEN = 2_000
_PAGES = 5_000
#: The resolutions (dots an inch) that are believed: what a screen writes is not. Below the last, a picture is
#: read more surely at twice its size (and less so at one and a half).
_DPI, _FINE = (150, 1200), 250
#: Tags of Exif that people or programs write text into, as the standard calls them; Windows has its own in UTF-16.
_TAGS = {
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x013B: "Artist",
    0x8298: "Copyright",
    0x9286: "UserComment",
    0xA430: "CameraOwnerName",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
}
_WINDOWS = range(0x9C9B, 0x9CA0)
_EXIF, _XMP_TAG = 0x8769, 700
#: How a comment of Exif begins that says its encoding.
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp", b"\0" * 8: ""}


def extract_image(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the texts in a picture's head, and each of its pages as a Picture."""
    try:
        from PIL import Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401, PLC0415 - the last two add their formats
    except ImportError:
        yield Pages(unread=1)
        yield _MEDIA
        return
    Image.MAX_IMAGE_PIXELS = None  # the size is known before anything is decoded, and ours is the limit
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        image = Image.open(source, formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - Pillow raises whatever a broken file makes its code do
        yield _MEDIA
        return
    with image:
        yield from _iter_texts(image)
        yield from _iter_pages(image)


def _iter_pages(image: Image) -> Iterator[Piece]:
    is_many = image.format == "TIFF"
    for page in range(_PAGES):
        try:
            image.seek(page)
        except EOFError:
            return
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as above
            yield Pages(unread=1)
            yield _DAMAGED
            return
        is_small = image.width < _WIDTH or image.height < _HEIGHT
        yield Picture(partial(_draw, image), _MEDIA, page + 1 if is_many else None, is_minor=is_small)
        if not is_many:
            return
    yield Problem(Outcome.PARTIAL, "pages")


def _draw(image: Image) -> Pixels | Problem:
    """Decode the page at which the picture stands."""
    if image.width * image.height > _MOST:
        return _TOO_LARGE
    try:
        return _pixels(image)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return _DAMAGED


def _pixels(image: Image) -> Pixels:
    from PIL import ImageOps  # noqa: PLC0415 - it is installed, and needed only here

    across, down = (float(each) for each in image.info.get("dpi") or (0, 0))
    grey = _grey(ImageOps.exif_transpose(image))
    dpi = round(across)
    if across > 0 < down and not 0.8 < across / down < 1.25:  # noqa: PLR2004 - a fax has twice as many pixels across
        grey = grey.resize((grey.width, round(grey.height * across / down)))
    is_coarse = dpi < _FINE if dpi >= _DPI[0] else max(grey.size) < _SCREEN
    factor = min(2.0 if is_coarse else 1.0, (_SEEN / (grey.width * grey.height)) ** 0.5)
    if factor != 1.0:
        grey = grey.resize((max(int(grey.width * factor), 1), max(int(grey.height * factor), 1)))
        dpi = round(dpi * factor)
    return Pixels(*grey.size, grey.tobytes(), dpi if _DPI[0] <= dpi <= _DPI[1] else 0)


def _grey(image: Image) -> Image:
    from PIL import Image as Images  # noqa: PLC0415 - as above

    if image.mode.startswith(("I", "F")):  # 16 bits
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        solid = image.convert("RGBA")
        white = Images.new("RGBA", solid.size, "white")
        return Images.alpha_composite(white, solid).convert("L")
    return image.convert("L")


def _iter_texts(image: ImageFile) -> Iterator[Segment | Problem]:
    """Yield each text of the head with its name, once."""
    told: set[str] = set()
    try:
        for part, hint, text in _texts(image):
            if text.strip() and text not in told:
                told.add(text)
                yield Segment(text.strip(), part=part, hint=hint, first_line=None)
        for found in _packets(image):
            if isinstance(found, Problem):
                yield found
            elif found[1] not in told:
                told.add(found[1])
                yield Segment(found[1], part="xmp", hint=found[0], first_line=None)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        yield _DAMAGED


def _texts(image: ImageFile) -> Iterator[tuple[str, str, str]]:
    exif = image.getexif()
    for tags in (exif, exif.get_ifd(_EXIF)):
        yield from (("exif", _TAGS[tag], _exif_text(tag, value)) for tag, value in tags.items() if tag in _TAGS)
    for key, value in _notes(image).items():
        yield "comment", key, value if isinstance(value, str) else _decoded(value)
    from PIL import IptcImagePlugin  # noqa: PLC0415 - as above

    for (record, _), values in (IptcImagePlugin.getiptcinfo(image) or {}).items():
        for each in values if isinstance(values, list) else [values]:
            if record == 2 and isinstance(each, bytes):  # noqa: PLR2004 - the record of what people write
                yield "iptc", "", _decoded(each)


def _notes(image: Image) -> Mapping[str, str | bytes]:
    """Give the chunks of text of a PNG, and the comment of others."""
    if image.format == "PNG":
        texts: Mapping[str, str | bytes] = getattr(image, "text", {})  # reads on to the end of the file
        return {key: text for key, text in texts.items() if not key.startswith(("XML:", "Raw profile"))}
    comment = image.info.get("comment")
    return {"comment": comment} if isinstance(comment, (str, bytes)) else {}


def _packets(image: Image) -> Iterator[tuple[str, str] | Problem]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or image.getexif().get(_XMP_TAG)
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "surrogatepass")
    if isinstance(packet, bytes):
        yield from properties_of(packet)


def _exif_text(tag: int, value: object) -> str:
    if isinstance(value, tuple) and all(isinstance(each, int) for each in value):
        value = bytes(each & 0xFF for each in value)
    if isinstance(value, str):
        # Pillow takes bytes for Latin letters; most are UTF-8 or what Windows writes here
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).rstrip("\0")
    if not isinstance(value, bytes):
        return ""
    if tag in _WINDOWS:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    charset = _CHARSETS.get(value[:8])
    if charset == "utf-16":
        return _wide(value[8:])
    return _decoded(value[8:] if charset is not None else value)


def _wide(data: bytes) -> str:
    """Decode UTF-16 of either order: the one in which spaces and letters have their zeros."""
    order = "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
    return data.decode("utf-16" if data[:2] in {b"\xfe\xff", b"\xff\xfe"} else order, "replace").rstrip("\0")


def _decoded(data: bytes) -> str:
    for encoding in ("iso2022_jp" if b"\x1b$" in data else "utf-8", "cp932"):
        try:
            return data.decode(encoding).strip("\0")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").strip("\0")
