"""Mail and mailboxes."""

from __future__ import annotations

import re

from piiscan.formats.row import LINES, Format, Words

MAIL = "mail:extract_mail"
MBOX = "mbox:extract_mbox"
VCARD, CALENDAR, LDIF = "vcard:extract_vcard", "calendar:extract_calendar", "ldif:extract_ldif"
MSG = "msg:extract_msg"
#: A line that begins a message in a mailbox, the line end before it and what follows up to the first field's name:
#: "From ", whoever sent it, and a date as C or mail write it. A header begins where the group ends.
MAILBOX = re.compile(
    rb"\nFrom [^\r\n]{0,500}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} )?"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [^\r\n]{0,20}\d:\d\d[^\r\n]{0,100}\r?\n"
    rb"((?:>?From [^\r\n]{0,998}\r?\n)?)[!-9;-~]{1,200}[ \t]{0,9}:"
)
#: Where the values of such messages lie.
MESSAGE = Words("message, its number and first line, and the place within it", "メール(番号と先頭行)と、その中での位置")

ROWS: tuple[Format, ...] = (
    Format(
        MAIL,
        ".eml .mht .mhtml",
        Words(
            "Header fields, each recipient as a finding of its own, text and HTML bodies; attachments and messages "
            "inside are opened.",
            "ヘッダー(宛先は 1 件ずつ)、テキスト本文、HTML 本文。添付ファイルと、転送されたメールも開きます。",
        ),
        Words("line, part (header or body) and member", "行、部分(ヘッダー・本文)、添付ファイル名"),
        is_endless=True,
    ),
    Format(
        MBOX,
        ".mbox",
        Words(
            "Every message of a mailbox (mboxo, mboxrd, mboxcl; Thunderbird's files too), as one file each.",
            "メールボックス(mboxo、mboxrd、mboxcl。Thunderbird のファイルを含む)の全メール。1 通ずつ読みます。",
        ),
        MESSAGE,
        is_endless=True,
    ),
    Format(
        "mbox:extract_emlx",
        ".emlx",
        Words(
            "A message of Apple Mail, and its properties; attachments that lie beside it are files of their own.",
            "Apple Mail のメールとそのプロパティ。別に保存された添付ファイルは、それぞれのファイルとして読みます。",
        ),
        MESSAGE,
    ),
    Format(
        MSG,
        ".msg .oft",
        Words(
            "Messages, contacts, appointments and tasks of Outlook: recipients as findings of their own, all other "
            "texts, text, HTML or RTF bodies; attachments and messages inside are opened.",
            "Outlook のメール、連絡先、予定、タスク。宛先(1 件ずつ)、その他の全文字列、本文(テキスト、HTML、RTF)。"
            "添付ファイルと、添付されたメールも開きます。",
        ),
        Words("part (field, body, contact) and member", "部分(項目名、本文、連絡先)、添付ファイル名"),
        is_binary=True,
    ),
    Format(
        "pst:extract_pst",
        ".pst .ost",
        Words(
            "With the extra `pst`: all items of all folders, as msg; deleted and recovered items, and messages inside "
            "messages, are not read.",
            "追加機能 `pst` を入れると、全フォルダーの全アイテムを msg と同じように読みます。"
            "削除済みで復元が必要なものと、メールに添付されたメールは読みません。",
        ),
        Words("member (folders and number), and as in msg", "フォルダー名とメールの番号、msg と同じ部分"),
        is_binary=True,
    ),
    Format(
        "tnef:extract_tnef",
        ".tnef",
        Words(
            "What Outlook sends as winmail.dat (TNEF): all that is read of msg, files and messages inside too.",
            "Outlook が winmail.dat として送るもの(TNEF)。Outlook のメールと同じ内容、添付ファイル、添付されたメール。",
        ),
        Words("part (field, body, contact) and member", "部分(項目名、本文、連絡先)、添付ファイル名"),
        is_binary=True,
    ),
    Format(
        "smime:extract_smime",
        ".p7m .p7s",
        Words(
            "The message that was signed (S/MIME, CMS); what is encrypted is named. Certificates are not read.",
            "署名されたメール(S/MIME、CMS)。暗号化されたものは記録します。証明書は読みません。",
        ),
        Words("member, and the place within it", "中のメールと、その中での位置"),
        is_binary=True,
    ),
    Format(
        VCARD,
        ".vcf .vcard",
        Words(
            "Every person of a vCard (2.1 to 4.0) as a row, all properties with their names; pictures are members.",
            "vCard(2.1～4.0)の 1 人を 1 行として、すべての項目を項目名とともに読みます。写真は中のファイルです。",
        ),
        LINES,
    ),
    Format(
        CALENDAR,
        ".ics .ical .ifb .vcs",
        Words(
            "Events and tasks (iCalendar, vCalendar): texts, organizers and attendees one by one; attached files are "
            "opened. Times are not read.",
            "予定とタスク(iCalendar、vCalendar)。文字列、主催者と出席者(1 件ずつ)、添付ファイル。日時は読みません。",
        ),
        LINES,
    ),
    Format(
        LDIF,
        ".ldif .ldi",
        Words(
            "Entries and changes of a directory, each as a row with the names of its attributes; base64 is decoded.",
            "ディレクトリの項目と変更を 1 行ずつ、属性名とともに読みます。base64 も復号します。",
        ),
        LINES,
        is_endless=True,
    ),
)
