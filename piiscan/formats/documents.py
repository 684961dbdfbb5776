"""Documents of word processors, spreadsheets and presentations."""

from __future__ import annotations

from piiscan.formats.row import Format, Words

ROWS: tuple[Format, ...] = (
    Format(
        "pdf:extract_pdf",
        ".pdf",
        Words(
            "Text of all pages, up to 5,000, with the tables that lines or columns make, form fields (XFA too), "
            "annotations, links, outline, properties; attached files are opened.",
            "全ページ(5,000 ページまで)の文字(罫線や列でできた表は表として)、フォームの値(XFA を含む)、注釈、リンク、"
            "しおり、文書情報。添付ファイルも開きます。",
        ),
        Words(
            "page, and in tables row and column (R2C3); for what lies on none, the part",
            "ページ。表では行と列(R2C3)も。ページに属さないものは文書の部分名",
        ),
        is_binary=True,
    ),
    Format(
        "docx:extract_docx",
        ".docx .docm .dotx .dotm",
        Words(
            "Body, tables, headers, footers, footnotes, comments, text boxes, fields, hidden and deleted text, "
            "charts, properties, custom XML; embedded objects are opened.",
            "本文、表、ヘッダー、フッター、脚注、コメント、テキストボックス、フィールド、隠し文字、削除済みの文字、グラフ、"
            "プロパティ、カスタム XML。埋め込みオブジェクトも開きます。",
        ),
        Words("part, and the cell in tables", "文書の部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        "pptx:extract_pptx",
        ".pptx .pptm .ppsx .ppsm .potx .potm",
        Words(
            "Slides, hidden ones too, tables, notes, comments, masters, charts, properties, custom XML; "
            "embedded objects are opened.",
            "スライド(非表示を含む)、表、ノート、コメント、マスター、グラフ、プロパティ、カスタム XML。"
            "埋め込みオブジェクトも開きます。",
        ),
        Words("page (slide) and part, and the cell in tables", "ページ(スライド番号)と部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        "xlsx:extract_xlsx",
        ".xlsx .xlsm .xltx .xltm",
        Words(
            "Cells of all sheets, hidden sheets, rows and columns too, names, comments, headers and footers, "
            "drawings, pivot caches, links, properties; embedded files are opened.",
            "全シートのセル(非表示のシート・行・列を含む)、名前の定義、コメント、ヘッダー・フッター、図形、ピボットキャッシュ、"
            "リンク、プロパティ。埋め込みファイルも開きます。",
        ),
        Words("sheet and cell", "シートとセル"),
        is_binary=True,
    ),
)
