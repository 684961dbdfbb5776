"""Documents of word processors, spreadsheets and presentations."""

from __future__ import annotations

from piiscan.formats.row import MEMBER, Format, Words

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
            "Body, tables, headers, footers, footnotes, comments, text boxes, controls, fields, hidden and deleted "
            "text, charts, properties, custom XML; embedded objects are opened.",
            "本文、表、ヘッダー、フッター、脚注、コメント、テキストボックス、コントロール、フィールド、隠し文字、"
            "削除済みの文字、グラフ、プロパティ、カスタム XML。埋め込みオブジェクトも開きます。",
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
            "Cells of all sheets (of formulas, the results, and where HYPERLINK leads to), hidden sheets, rows and "
            "columns too, names, comments, headers and footers, drawings, pivot caches, links, properties; embedded "
            "files are opened.",
            "全シートのセル(数式は結果と HYPERLINK のリンク先。非表示のシート・行・列を含む)、名前の定義、コメント、"
            "ヘッダー・フッター、図形、ピボットキャッシュ、リンク、プロパティ。埋め込みファイルも開きます。",
        ),
        Words("sheet and cell", "シートとセル"),
        is_binary=True,
    ),
    Format(
        "ole:extract_ole",
        "",
        Words(
            "Older Office documents under any name: the directory inside tells which reader takes them; "
            "files of embedded objects and packages are opened.",
            "旧形式の Office 文書。拡張子ではなく中の構造で種類を判断し、それぞれの形式として読みます。"
            "埋め込みオブジェクトとパッケージの中のファイルも開きます。",
        ),
        MEMBER,
        is_binary=True,
    ),
    Format(
        "doc:extract_doc",
        ".doc .dot",
        Words(
            "Body, tables, headers, footers, footnotes, endnotes, comments, text boxes, WordArt, controls, fields, "
            "hidden and deleted text, names of authors, properties, from Word 6 on; embedded objects are opened. "
            "What can be chosen in a form's drop-down list (of the old kind) is not read.",
            "本文、表、ヘッダー、フッター、脚注、文末脚注、コメント、テキストボックス、ワードアート、コントロール、"
            "フィールド、隠し文字、削除済みの文字、作成者名、プロパティ(Word 6 以降)。埋め込みオブジェクトも開きます。"
            "フォームのドロップダウン(旧形式)の選択肢は読みません。",
        ),
        Words("part, and the cell in tables", "文書の部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        "xls:extract_xls",
        ".xls .xlt",
        Words(
            "Cells of all sheets (of formulas, the results, and where HYPERLINK leads to), hidden ones too, names, "
            "comments, headers and footers, text boxes, WordArt, links, pivot caches, properties, from Excel 5 on; "
            "embedded objects are opened. What was entered into controls of a form (ActiveX) is not read.",
            "全シートのセル(数式は結果と HYPERLINK のリンク先。非表示を含む)、名前の定義、コメント、"
            "ヘッダー・フッター、テキストボックス、ワードアート、リンク、ピボットキャッシュ、プロパティ(Excel 5 以降)。"
            "埋め込みオブジェクトも開きます。フォームのコントロール(ActiveX)に入力された値は読みません。",
        ),
        Words("sheet and cell", "シートとセル"),
        is_binary=True,
    ),
    Format(
        "xlsb:extract_xlsb",
        ".xlsb",
        Words(
            "Cells of all sheets (of formulas, the results, and where HYPERLINK leads to), hidden ones too, names, "
            "comments, headers and footers, links, drawings, properties; embedded files are opened.",
            "全シートのセル(数式は結果と HYPERLINK のリンク先。非表示を含む)、名前の定義、コメント、"
            "ヘッダー・フッター、リンク、図形、プロパティ。埋め込みファイルも開きます。",
        ),
        Words("sheet and cell", "シートとセル"),
        is_binary=True,
    ),
    Format(
        "ppt:extract_ppt",
        ".ppt .pps .pot",
        Words(
            "Slides, hidden ones too, notes, comments, masters, footers, WordArt, links, properties; "
            "embedded objects are opened.",
            "スライド(非表示を含む)、ノート、コメント、マスター、フッター、ワードアート、リンク、プロパティ。"
            "埋め込みオブジェクトも開きます。",
        ),
        Words("page (slide) and part", "ページ(スライド番号)と部分名"),
        is_binary=True,
    ),
    Format(
        "rtf:extract_rtf",
        ".rtf",
        Words(
            "Body, tables, headers, footers, notes, comments, text boxes, fields, hidden and deleted text, properties, "
            "in CP932 and Unicode; embedded objects are opened.",
            "本文、表、ヘッダー、フッター、脚注、コメント、テキストボックス、フィールド、隠し文字、削除済みの文字、プロパティ"
            "(CP932 と Unicode)。埋め込みオブジェクトも開きます。",
        ),
        Words("part, and the cell in tables", "文書の部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        "odf:extract_odf",
        ".odt .ott .odm .ods .ots .odp .otp .odg .otg",
        Words(
            "OpenDocument texts, sheets (hidden ones too), slides and drawings: text, tables, cells, headers, footers, "
            "notes, comments, text boxes, deleted text, forms, links, properties; embedded objects are opened.",
            "OpenDocument の文書、シート(非表示を含む)、スライド、図形の文字、表、セル、ヘッダー、フッター、脚注、"
            "ノート、コメント、テキストボックス、削除済みの文字、フォーム、リンク、プロパティ。埋め込みオブジェクトも開きます。",
        ),
        Words("part, page (slide), sheet and cell", "文書の部分名、ページ(スライド番号)、シートとセル"),
        is_binary=True,
    ),
    Format(
        "odf:extract_flat",
        ".fodt .fods .fodp .fodg",
        Words("The same in one file of XML.", "1 つの XML ファイルになった OpenDocument。読む内容は同じです。"),
        Words("part, page (slide), sheet and cell", "文書の部分名、ページ(スライド番号)、シートとセル"),
    ),
)
