"""Documents that want something of another host: pictures, templates, DTDs, links, scripts."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
import pypandoc
import pypdf
from PIL import Image
from pptx.util import Inches
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

WORDS = "The zirconia separator held at 91 degrees Celsius."


def write_all(folder: Path, hosts: Sequence[str]) -> list[Path]:
    """One file of each kind, each calling every host; hosts: such as "http://127.0.0.1:8000"."""
    folder.mkdir(parents=True, exist_ok=True)
    makers = {
        "page.html": _page, "patent.xml": _patent,
        "entities.xml": _entities, "report.md": _markdown, "note.tex": _tex,
        "letter.eml": _mail, "report.docx": _word, "slides.pptx": _slides, "table.xlsx": _sheet,
        "print.pdf": _print, "book.epub": _book, "open.odt": _open, "rich.rtf": _rich,
        "drawing.svg": _drawing,
    }  # fmt: skip
    for name, make in makers.items():
        (folder / name).write_bytes(make(hosts, f"{WORDS} It stands in {name}."))
    return sorted(folder.iterdir())


def _pixel() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    file.seek(0)
    return file


def _page(hosts: Sequence[str], words: str) -> bytes:
    wants = "".join(
        f"<link rel=stylesheet href={h}/a.css><link rel=dns-prefetch href={h}>"
        f"<link rel=preload as=image href={h}/p.png><script src={h}/s.js></script>"
        f"<img src={h}/i.png srcset='{h}/2.png 2x'><iframe src={h}/f.html></iframe>"
        f"<object data={h}/o></object><video src={h}/v></video><base href={h}/>"
        f"<meta http-equiv=refresh content='0;url={h}/r'><style>@import '{h}/c.css';</style>"
        f"<form action={h}/x><input autofocus onfocus=fetch('{h}/j')></form>"
        f"<a href={h}/l ping={h}/ping>see</a>"
        for h in hosts
    )
    return f"<!doctype html><title>Remote</title>{wants}<p>{words}</p>".encode()


def _entities(hosts: Sequence[str], words: str) -> bytes:
    h = hosts[0]
    return _patent(
        hosts,
        words,
        f' [<!ENTITY % remote SYSTEM "{h}/p.ent">%remote;<!ENTITY gone SYSTEM "{h}/e.ent">]',
    )


def _patent(hosts: Sequence[str], words: str, subset: str = "") -> bytes:
    h = hosts[0]
    return (
        f'<?xml version="1.0"?><?xml-stylesheet href="{h}/s.xsl" type="text/xsl"?>'
        f'<!DOCTYPE us-patent-grant SYSTEM "{h}/grant.dtd"{subset}>'
        '<us-patent-grant lang="EN" xmlns:xi="http://www.w3.org/2001/XInclude" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="{h}/s.xsd"><us-bibliographic-data-grant>'
        "<publication-reference><document-id><country>US</country><doc-number>99700001</doc-number>"
        "<kind>B2</kind><date>20180102</date></document-id></publication-reference>"
        "<invention-title>Remote</invention-title></us-bibliographic-data-grant>"
        f'<description><p id="p-1" num="0001">{words}</p>'
        f'<xi:include href="{h}/x.xml"/></description>'
        f'<claims><claim id="C1" num="00001"><claim-text>1. A cell. <img file="{h}/f.tif"/>'
        "</claim-text></claim></claims></us-patent-grant>"
    ).encode()


def _markdown(hosts: Sequence[str], words: str) -> bytes:
    images = "\n".join(f"![a]({h}/m.png) <img src='{h}/n.png'> [l]({h})" for h in hosts)
    return f"# Remote\n\n{images}\n\n{words}\n".encode()


def _tex(hosts: Sequence[str], words: str) -> bytes:
    wants = "\n".join(f"\\input{{{h}/a}}\\includegraphics{{{h}/a.png}}\\url{{{h}}}" for h in hosts)
    return (
        f"\\documentclass{{article}}\\begin{{document}}{wants}\n\n{words}\\end{{document}}".encode()
    )


def _mail(hosts: Sequence[str], words: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Remote"
    message["Disposition-Notification-To"] = "a@example.org"
    message["List-Unsubscribe"] = f"<{hosts[0]}/u>"
    message.set_content(_page(hosts, words).decode(), subtype="html")
    return message.as_bytes()


def _word(hosts: Sequence[str], words: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.add_picture(_pixel(), width=Inches(1))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for h in hosts:
        for kind in ("image", "attachedTemplate", "hyperlink", "oleObject", "subDocument"):
            key = document.part.relate_to(f"{h}/{kind}", f"{office}/{kind}", is_external=True)
            if kind == "image":
                for blip in document.element.xpath(".//a:blip"):
                    blip.set(f"{{{office}}}link", key)
        document.part._settings_part.relate_to(
            f"{h}/t.dotm", f"{office}/attachedTemplate", is_external=True
        )
    document.save(file)
    return file.getvalue()


def _slides(hosts: Sequence[str], words: str) -> bytes:
    show, file = pptx.Presentation(), io.BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Remote"
    slide.placeholders[1].text = words
    picture = slide.shapes.add_picture(_pixel(), 0, 0)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for h in hosts:
        key = slide.part.relate_to(f"{h}/p.png", f"{office}/image", is_external=True)
        picture._element.xpath(".//a:blip")[0].set(f"{{{office}}}link", key)
        slide.part.relate_to(f"{h}/m.mp4", f"{office}/video", is_external=True)
    show.save(file)
    return file.getvalue()


def _sheet(hosts: Sequence[str], words: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Material", "Result"])
    for h in hosts:
        sheet.append([words, f'=WEBSERVICE("{h}/w")&IMAGE("{h}/i.png")'])
        sheet.append([f"='{h}/[b.xlsx]S'!A1", "see"])
        sheet.cell(sheet.max_row, 2).hyperlink = f"{h}/h"
    book.save(file)
    return file.getvalue()


def _print(hosts: Sequence[str], words: str) -> bytes:
    file, written = io.BytesIO(), io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 700, words)
    canvas.linkURL(f"{hosts[0]}/uri", (72, 690, 300, 715))
    canvas.save()
    pdf = pypdf.PdfWriter(clone_from=io.BytesIO(file.getvalue()))
    script = f"app.launchURL('{hosts[0]}/js'); this.submitForm('{hosts[0]}/form')"
    pdf.root_object[NameObject("/OpenAction")] = _action("/URI", "/URI", f"{hosts[-1]}/open")
    pdf.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): _action("/JavaScript", "/JS", script)}
    )
    pdf.write(written)
    return written.getvalue()


def _action(kind: str, key: str, value: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)}
    )


def _rich(hosts: Sequence[str], words: str) -> bytes:
    fields = "".join(
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{h}/p.png" \\d}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst HYPERLINK "{h}"}}{{\fldrslt y}}}}{{\*\template {h}/t.dot}}'
        for h in hosts
    )
    return rf"{{\rtf1\ansi {fields}\par {words}\par}}".encode()


def _drawing(hosts: Sequence[str], words: str) -> bytes:
    wants = "".join(f'<image href="{h}/i.png"/><use href="{h}/u.svg#a"/>' for h in hosts)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{wants}<text>{words}</text></svg>'.encode()


def _book(hosts: Sequence[str], words: str) -> bytes:
    images = "".join(f'<img src="{h}/i.png" alt="a"/>' for h in hosts)
    chapter = (
        f'<!DOCTYPE html SYSTEM "{hosts[0]}/x.dtd"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>Remote</title></head><body>{images}<p>{words}</p></body></html>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">1'
        "</dc:identifier><dc:title>Remote</dc:title><dc:language>en</dc:language></metadata>"
        '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
        f'<item id="r" href="{hosts[0]}/r.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    return _zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container,
         "p.opf": package, "c.xhtml": chapter}
    )  # fmt: skip


def _open(hosts: Sequence[str], words: str) -> bytes:
    images = "".join(
        f'<text:p><draw:frame><draw:image xlink:href="{h}/i.png" xlink:type="simple" '
        'xlink:actuate="onLoad"/></draw:frame></text:p>'
        for h in hosts
    )
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.odt")
        pypandoc.convert_text(words, "odt", "markdown", outputfile=str(plain))
        with zipfile.ZipFile(plain) as archive:
            parts = {
                name: archive.read(name).decode() for name in archive.namelist() if name[-1] != "/"
            }
    parts["content.xml"] = parts["content.xml"].replace("</office:text>", f"{images}</office:text>")
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()
