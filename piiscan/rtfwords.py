"""What the words of Rich Text Format mean for its text: where a group belongs, and what stands for a character."""

from __future__ import annotations

#: Groups that are no running text, with the part that they are.
PARTS = {
    **dict.fromkeys("header headerl headerr headerf".split(), "header"),
    **dict.fromkeys("footer footerl footerr footerf".split(), "footer"),
    "footnote": "footnotes",
    "annotation": "comments",
    **dict.fromkeys("atnid atnauthor revtbl".split(), "authors"),
    **dict.fromkeys("shptxt dptxbxtext".split(), "textbox"),
    **dict.fromkeys("fldinst xe tc".split(), "field"),
    **dict.fromkeys("ffname ffdeftext ffl ffhelptext ffstattext ffentrymcr".split(), "attribute"),
}
#: What the information group holds; the user's own properties come as a name and a value.
PROPERTIES = frozenset("title subject author manager company operator category keywords comment doccomm".split())
PROPERTIES |= {"hlinkbase"}
#: Groups that hold no text of anybody. What is starred and unknown is read: nobody can say what it is.
SKIPPED = frozenset(
    "colortbl stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping datastore panose"
    " falt latentstyles pgdsctbl xmlnstbl mmathPr pict nonshppict objclass objname objsect objalias blipuid"
    " blipdata nonesttables wgrffmtfilter bkmkstart bkmkend atrfstart atrfend atnref atndate atntime atnparent"
    " fchars lchars pnseclvl oldcprops oldpprops oldtprops oldsprops creatim revtim printim buptim passwordhash"
    " writereservhash docfmt aftnsep aftnsepc ftnsep ftnsepc hl hlfr listname liststylename defchp defpap"
    " expandedcolortbl protusertbl template nextfile".split()
)
#: Properties of a shape that are what somebody typed; all others are measures.
TYPED = ("wz", "gtext", "pihl")
#: Words and symbols that stand for text.
SHOWN = {
    "tab": "\t",
    "nestcell": "\t",
    "nestrow": "\n",
    "line": "\n",
    "lbr": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "\\~": "\u00a0",
    "\\_": "-",
    "\\\t": "\t",
}
#: Symbols that are a byte, which may be the second one of a character.
BYTES = {"\\\\": b"\\", "\\{": b"{", "\\}": b"}"}
#: Words that end a paragraph.
ENDS = frozenset({"par", "sect", "page", "\\\r", "\\\n"})
#: Windows' numbers of character sets as codecs; those of 0 to 2 are the document's own.
CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
