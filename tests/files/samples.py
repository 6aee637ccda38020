"""Files as people send them, and as those do who mean harm."""

import io

import pikepdf
from PIL import Image


def jpeg(size: tuple[int, int] = (320, 200), *, tells: bool = False) -> bytes:
    """``tells``: with a camera's name and a place in it, as a phone writes them."""
    picture = Image.new("RGB", size, (40, 120, 80))
    exif = picture.getexif()
    if tells:
        exif[0x010F] = "Zaunkoenig Camera"
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(size: tuple[int, int] = (320, 200), mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def pdf(*, author: str = "", **root: pikepdf.Object) -> bytes:
    """One empty page; what is given stands in the root of the document."""
    paper = pikepdf.new()
    paper.add_blank_page()
    for key, value in root.items():
        paper.Root[f"/{key}"] = value
    if author:
        paper.docinfo["/Author"] = author
        with paper.open_metadata() as told:
            told["dc:creator"] = [author]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def pdf_with_photo(photo: bytes) -> bytes:
    """A scan as phones make them: the picture lies in the PDF as it came."""
    paper = pikepdf.new()
    page = paper.add_blank_page()
    picture = pikepdf.Stream(paper, photo)
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=320,
        Height=200,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    paper = pikepdf.new()
    paper.add_blank_page()
    out = io.BytesIO()
    paper.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def pdf_with_file() -> bytes:
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.attachments["more.exe"] = b"MZ"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def script() -> pikepdf.Object:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def launch() -> pikepdf.Object:
    return pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
