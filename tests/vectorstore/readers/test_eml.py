from email.message import EmailMessage

import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import eml, kinds
from vectorstore.readers.files import of_upload
from vectorstore.readers.sniff import by_content
from vectorstore.records import Article

PAGE = "<html><body>" + "".join(
    f"<p>Paragraph {number} of the newsletter says that the dam burst in the night and that two bridges are gone.</p>"
    for number in range(4)
)


def message(subject: str = "Dam bursts in Calder – at last") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Valley Post <news@valley.example>"
    mail["Subject"] = subject
    mail["Date"] = "Thu, 14 Mar 2024 10:30:00 +0100"
    mail["Message-ID"] = "<1@valley.example>"
    return mail


def read(mail: EmailMessage | bytes) -> Article:
    data = mail if isinstance(mail, bytes) else mail.as_bytes()
    (source,) = eml.read(of_upload(data, "a.eml"))
    assert source.article
    return source.article


def test_a_press_release() -> None:
    mail = message()
    mail.set_content("The dam burst – in the night.\n\n-- \nPress office\n")
    mail.add_alternative(PAGE, subtype="html")
    mail.add_attachment(b"words of a picture", maintype="image", subtype="png", filename="a.png")
    assert by_content(of_upload(mail.as_bytes(), "a.txt")) is kinds.EML
    assert read(mail) == Article(
        "id:1@valley.example",
        "The dam burst – in the night.",
        "Dam bursts in Calder – at last",
        None,
        "Valley Post",
        "2024-03-14T10:30:00+01:00",
    )


def test_a_newsletter_that_is_only_a_page() -> None:
    mail = message()
    mail.set_content(PAGE + '<p style="display:none">A line that only spam filters see.</p>', subtype="html")
    assert read(mail).text.splitlines()[0].startswith("Paragraph 0 of the newsletter")
    assert "spam" not in read(mail).text


def test_lines_that_a_program_broke_are_joined() -> None:
    mail = message()
    mail.set_content("The dam burst \nin the night.\n\nTwo bridges\nare gone.\n", cte="8bit")
    mail.set_param("format", "flowed")
    assert read(mail).text == "The dam burst in the night.\n\nTwo bridges\nare gone."


def test_a_charset_that_is_not_its_own() -> None:
    data = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=nonsense\n\nOrb\xc3\xa1th went.\n"
    assert read(data).text == "Orbáth went."
    assert read(data).source == "b.example"


def test_only_attachments() -> None:
    mail = message()
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    with pytest.raises(ReadError, match="only attachments"):
        read(mail)


@pytest.mark.parametrize(
    "content", [b"From: the mayor\nTo: the people\n\nWords.", b"Note: this is\nno message at all\n\nWords.", b"From: a"]
)
def test_text_that_begins_with_colons_is_no_message(content: bytes) -> None:
    assert by_content(of_upload(content, "a.txt")) is None
