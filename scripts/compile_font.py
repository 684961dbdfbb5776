"""Make the font that stands in for fonts which a PDF names and does not hold: see piiscan/pdffonts.py.

Run by scripts/compile-data. It has a place for every character of the Basic Multilingual Plane, all of one glyph: as
large as a kanji, and nothing to see.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

#: Units of an em, and how far a kanji reaches above and below the line.
EM, ASCENT, DESCENT = 1000, 880, -120
_GLYPHS = (".notdef", "kanji")
_SURROGATES = range(0xD800, 0xE000)


def _glyph() -> object:
    """Draw a line from corner to corner and back: it reaches as far as a box, and has no inside."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((EM, ASCENT))
    pen.lineTo((0, DESCENT))
    pen.closePath()
    return pen.glyph()


def compile_font() -> bytes:
    """Build the font; its dates are those of no day, so that it is the same whenever it is made."""
    builder = FontBuilder(EM, isTTF=True)
    builder.setupHead(unitsPerEm=EM, created=0, modified=0)
    builder.setupGlyphOrder(list(_GLYPHS))
    builder.setupGlyf({name: _glyph() for name in _GLYPHS})
    builder.setupHorizontalMetrics(dict.fromkeys(_GLYPHS, (EM, 0)))
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "piiscan", "styleName": "Regular"})
    builder.setupCharacterMap({0x3042: _GLYPHS[1]})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost(keepGlyphNames=False)
    all_to_one = CmapSubtable.newSubtable(13)  # the one format that says so in a few bytes
    all_to_one.platformID, all_to_one.platEncID, all_to_one.language, all_to_one.reserved = 3, 10, 0, 0
    all_to_one.cmap = {code: _GLYPHS[1] for code in range(0x20, 0xFFFE) if code not in _SURROGATES}
    builder.font["cmap"].tables = [all_to_one]
    builder.font.recalcTimestamp = False
    target = Path("font.ttf")
    builder.save(target)
    try:
        return target.read_bytes()
    finally:
        target.unlink()


if __name__ == "__main__":
    Path("piiscan/data/kanji.ttf").write_bytes(compile_font())
