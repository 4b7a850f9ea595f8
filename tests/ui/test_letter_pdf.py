"""Letters on paper hold every word that was rendered, tear nothing apart, and read no file that a text names."""

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPalette, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.letters.content import Letter, LetterKind
from desktop.letters.parts import Applicant, HandedPaper
from desktop.letters.render import EN_ONLY, ZH_ONLY, ZH_THEN_EN, Rendered, RenderedPart, render
from desktop.letters.samples import sample
from desktop.letters.style import UNITS_PER_INCH
from desktop.letters.text import Bilingual
from desktop.ui.letters.pdf import Laid, missing_glyphs, pages, print_to, to_pdf
from desktop.ui.letters.pdf_layout import LetterDocument
from desktop.ui.letters.preview import ZOOMS, LetterPreview
from desktop.words import Language
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere

KINDS = list(LetterKind)
UNKNOWN = "\ue000"

pytestmark = pytest.mark.usefixtures("qapp")


def changed(letter: Letter, **values: object) -> Any:
    """The same letter with some values changed."""
    return letter.model_copy(update=values)


def plain(text: str) -> str:
    """A text without its spaces: where lines and cells end is the layout's."""
    return "".join(text.split())


def read(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def darkest_in_margins(page: QImage, millimetres: int) -> int:
    """The darkest grey, 0 to 255, within so many millimetres of the left and right edges of a page."""
    wide = round(page.width() * millimetres / 210) // 4 * 4  # whole words of a row: no filling bytes between rows
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    strips = [grey.copy(x, 0, wide, page.height()) for x in (0, page.width() - wide)]
    return min(min(bytes(strip.constBits())) for strip in strips)


# Words on paper.


@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
@pytest.mark.parametrize("languages", [ZH_ONLY, EN_ONLY, ZH_THEN_EN], ids=["zh", "en", "both"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_letter_is_on_paper(kind: LetterKind, languages: tuple[Language, ...], *, large: bool) -> None:
    rendered = render(sample(kind), languages, large=large)
    printed = read(to_pdf(rendered))
    lost = Counter(plain(rendered.words)) - Counter("".join(printed))
    assert not lost
    for number, page in enumerate(printed, start=1):
        assert plain(rendered.page_words(number, len(printed))) in page
        assert plain(rendered.number) in page


def test_both_languages_are_one_letter_with_chinese_first() -> None:
    printed = read(to_pdf(render(sample(LetterKind.GRANT), ZH_THEN_EN)))
    assert len(printed) == 2
    assert "准予食品经营许可决定书" in printed[0]
    assert "Decisiontogrant:Foodbusinesspermit" in printed[1]
    assert "第2页共2页Page2of2" in printed[1]


def test_everyday_letters_fit_one_page() -> None:
    for kind in (LetterKind.ACCEPTANCE, LetterKind.GRANT, LetterKind.REFUSAL, LetterKind.SUSPENSION):
        assert len(read(to_pdf(render(sample(kind))))) == 1


def short(kind: LetterKind) -> Any:
    """A letter that says no more than an everyday one, from a hall that has told neither address nor hours."""
    letter = sample(kind)
    unsaid = {"contact", "agent", "relation", "witness", "refused_note", "reconsider_by", "sue_by", "deliver_by"}
    silent = {name: type(letter).model_fields[name].default for name in unsaid & set(type(letter).model_fields)}
    hall = letter.hall.model_copy(update={"address": None, "hours": None, "phone": ""})
    return changed(letter, hall=hall, **silent)


def test_a_proof_of_service_keeps_its_signatures_on_the_page_of_what_was_served() -> None:
    proof = short(LetterKind.RESULT_HANDOVER)
    proof = changed(proof, documents=proof.documents[:1])
    for languages in (ZH_ONLY, EN_ONLY):
        assert len(read(to_pdf(render(proof, languages)))) == 1


def test_a_proof_of_service_in_which_everything_is_said_takes_one_page() -> None:
    for languages in (ZH_ONLY, EN_ONLY):
        assert len(read(to_pdf(render(sample(LetterKind.RESULT_HANDOVER), languages)))) == 1


def test_a_short_decision_in_large_print_fits_a_page_with_narrower_spaces() -> None:
    grant = changed(short(LetterKind.GRANT), conditions=(), delivery=None)
    for languages in (ZH_ONLY, EN_ONLY):
        rendered = render(grant, languages, large=True)
        usual = tuple(part.model_copy(update={"tight_style": ""}) for part in rendered.parts)
        assert Laid(rendered.model_copy(update={"parts": usual})).page_count == 2
        assert Laid(rendered).page_count == 1


def test_spaces_stay_as_they_are_where_narrower_ones_save_no_page() -> None:
    for kind, large in ((LetterKind.GRANT, False), (LetterKind.SUPPLEMENT, False)):
        rendered = render(sample(kind), large=large)
        usual = tuple(part.model_copy(update={"tight_style": ""}) for part in rendered.parts)
        assert pages(rendered, 40) == pages(rendered.model_copy(update={"parts": usual}), 40)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not LetterKind.RECEIPT])
def test_department_seal_and_date_stand_on_one_page(kind: LetterKind) -> None:
    letter = sample(kind)
    for large in (False, True):
        printed = read(to_pdf(render(letter, large=large)))
        place = plain(f"{letter.issuer.zh}（印章）{letter.dated.year}年{letter.dated.month}月{letter.dated.day}日")
        assert sum(place in page for page in printed) == 1


@pytest.mark.parametrize("count", [0, 1, 7, 12, 13, 14, 15, 16, 17, 18, 40, 90])
def test_long_lists_break_between_rows_under_repeated_headings(count: int) -> None:
    receipt = sample(LetterKind.RECEIPT)
    one = HandedPaper(name=Bilingual(zh="厨房布局图"), form=Bilingual(zh="原件"), original_kept=True)
    papers = [one.model_copy(update={"number": f"第{number}号"}) for number in range(count)]
    printed = read(to_pdf(render(changed(receipt, papers=tuple(papers)))))
    with_rows = [page for page in printed if re.search(r"第\d+号原件", page)]
    assert all("名称形式份数" in page for page in with_rows)
    for number in range(count):
        whole = re.compile(rf"{number + 1}\.厨房布局图第{number}号原件（暂存）1")
        assert sum(bool(whole.search(page)) for page in printed) == 1
    assert all(len(page) > 60 for page in printed)


@pytest.mark.parametrize("count", range(1, 30, 3))
def test_no_page_is_left_with_a_heading_or_a_seal_alone(count: int) -> None:
    reasons = (Bilingual(zh="这是其中的一条理由，说得不长也不短，正好占去一行多一点的地方。"),) * count
    for large in (False, True):
        printed = read(to_pdf(render(changed(sample(LetterKind.REFUSAL), reasons=reasons), large=large)))
        for page in printed:
            body = page.split("河市监不准〔2025〕4号第")[0]
            assert not body.endswith(("理由", "接下来可以这样办", "不服怎么办"))
            assert "（印章）" not in page or "提起行政诉讼" in page


@pytest.mark.parametrize("count", [3, 5, 6, 7, 8])
def test_a_choice_is_seen_on_one_page_with_all_its_ways(count: int) -> None:
    letter: Any = sample(LetterKind.SUPPLEMENT)
    missing = letter.missing[:1] * count + letter.missing[2:3]
    for page in read(to_pdf(render(changed(letter, missing=missing)))):
        there = [words in page for words in ("下面任选一种", "a.不动产权证书", "b.租赁合同", "c.村（居）民委员会")]
        assert len(set(there)) == 1


def test_a_word_longer_than_a_line_goes_on_below_and_is_not_cut() -> None:
    name = "".join(chr(0x41 + n % 26) for n in range(400))
    for large in (False, True):
        letter = changed(sample(LetterKind.RECEIPT), applicant=Applicant(name=name), matter=Bilingual(zh="字" * 300))
        rendered = render(letter, large=large)
        assert name in "".join(read(to_pdf(rendered)))
        for page in pages(rendered, 60):
            assert darkest_in_margins(page, 19) > 250


@pytest.mark.parametrize("languages", [ZH_ONLY, EN_ONLY], ids=["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_margins_stay_white(kind: LetterKind, languages: tuple[Language, ...]) -> None:
    for large in (False, True):
        for page in pages(render(sample(kind), languages, large=large), 60):
            assert darkest_in_margins(page, 19) > 250


# Letters of a practice hall.


def practice(kind: LetterKind) -> Any:
    """A letter as a practice hall writes it."""
    letter = sample(kind)
    return changed(letter, hall=letter.hall.model_copy(update={"practice": True}))


@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
@pytest.mark.parametrize("languages", [ZH_ONLY, EN_ONLY, ZH_THEN_EN], ids=["zh", "en", "both"])
def test_every_page_of_a_practice_letter_says_that_it_is_not_valid(
    languages: tuple[Language, ...], *, large: bool
) -> None:
    for kind in (LetterKind.RECEIPT, LetterKind.GRANT):
        rendered = render(practice(kind), languages, large=large)
        printed = read(to_pdf(rendered))
        assert all("练习·无效" in page and "PRACTICE,NOTVALID" in page for page in printed)
        laid = Laid(rendered)
        assert all("练习 · 无效\nPRACTICE, NOT VALID" in laid.words_of(page) for page in range(laid.page_count))
        assert not Counter(plain(rendered.words)) - Counter("".join(printed))


def test_a_letter_of_a_real_hall_has_nothing_across_its_pages() -> None:
    for kind in KINDS:
        rendered = render(sample(kind), ZH_THEN_EN)
        assert rendered.across == ()
        assert "NOTVALID" not in plain(rendered.words)


def test_what_lies_across_a_page_is_large_pale_and_off_the_margins() -> None:
    marked, bare = pages(render(practice(LetterKind.GRANT)), 60)[0], pages(render(sample(LetterKind.GRANT)), 60)[0]
    greys = [
        (y, QColor(marked.pixel(x, y)).lightness())
        for y in range(marked.height())
        for x in range(marked.width())
        if marked.pixel(x, y) != bare.pixel(x, y) and bare.pixel(x, y) == QColor(Qt.GlobalColor.white).rgb()
    ]
    assert min(grey for _, grey in greys) > 200  # the words of the letter stay seven times as dark
    assert min(y for y, _ in greys) < marked.height() / 4
    assert max(y for y, _ in greys) > marked.height() * 3 / 4
    assert darkest_in_margins(marked, 19) > 250


def test_a_preview_shows_what_lies_across_its_pages(preview: LetterPreview) -> None:
    preview.show_letter(render(practice(LetterKind.GRANT)))
    shown = preview.paper.viewport().grab().toImage()
    preview.show_letter(render(sample(LetterKind.GRANT)))
    assert preview.paper.viewport().grab().toImage() != shown


# The file.


def test_a_file_is_a4_with_its_fonts_inside_and_says_what_it_is() -> None:
    rendered = render(sample(LetterKind.GRANT))
    reader = PdfReader(io.BytesIO(to_pdf(rendered)))
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    kinds = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert kinds
    assert all("/FontFile2" in kind or "/FontFile3" in kind for kind in kinds)
    assert all("NotoSansSC" in str(kind["/FontName"]) for kind in kinds)
    assert reader.metadata is not None
    assert reader.metadata.title == "准予食品经营许可决定书"
    assert reader.metadata.author == "河湾县市场监督管理局"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == rendered.dated


def test_the_same_letter_gives_the_same_file(qtbot: QtBot) -> None:
    rendered = render(sample(LetterKind.RECEIPT), ZH_THEN_EN)
    first = to_pdf(rendered)
    qtbot.wait(1100)  # the clock of the file goes by seconds
    assert to_pdf(rendered) == first
    assert to_pdf(render(changed(sample(LetterKind.RECEIPT), clerk="李芳"), ZH_THEN_EN)) != first


def test_the_square_code_holds_the_request_number() -> None:
    rendered = render(sample(LetterKind.RECEIPT))
    picture = QImage.fromData(rendered.pictures["qr"])
    matrix = segno.make("HW20250919-0042", error="m", micro=False).matrix
    assert picture.width() == 8 * (len(matrix) + 8)
    seen = [
        [QColor(picture.pixel(8 * (x + 4) + 4, 8 * (y + 4) + 4)).lightness() < 128 for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert seen == [[bool(module) for module in row] for row in matrix]


def test_pages_look_the_same_under_a_dark_window(qapp: QApplication) -> None:
    rendered = render(sample(LetterKind.GRANT))
    before = pages(rendered)
    usual = qapp.palette()
    dark = QPalette(usual)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        dark.setColor(role, Qt.GlobalColor.white)
    dark.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.black)
    qapp.setPalette(dark)
    try:
        assert pages(rendered) == before
    finally:
        qapp.setPalette(usual)


# Nothing is read that a text names.


@pytest.mark.bad_input("markup in any text field")
def test_no_file_named_in_a_text_is_read(tmp_path: Path) -> None:
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(tmp_path / "red.png"))
    (tmp_path / "red.css").write_text("p { color: #ff0000; }")
    address = (tmp_path / "red.png").as_uri()
    html = (
        f'<head><link rel="stylesheet" href="{tmp_path / "red.css"}"></head><body background="{address}">'
        f'<p style="background-image: url({address})">x</p><img src="{address}"><img src="{tmp_path / "red.png"}">'
        f'<img src="data:image/png;base64,AAAA"><img src=":/qt-project.org/styles/commonstyle/images/up-32.png"></body>'
    )
    rendered = render(sample(LetterKind.GRANT))
    part = RenderedPart(language="zh", title="x", html=html, style=f'@import "{tmp_path / "red.css"}";', words="x")
    forged = rendered.model_copy(update={"parts": (part,)})
    reds = {
        page.pixel(x, y)
        for page in pages(forged, 40)
        for x in range(page.width())
        for y in range(page.height())
        if QColor(page.pixel(x, y)).red() - QColor(page.pixel(x, y)).blue() > 60
    }
    assert reds == set()


def test_only_a_letters_own_pictures_are_given_out(tmp_path: Path) -> None:
    rendered = render(sample(LetterKind.GRANT))
    document = LetterDocument(rendered.parts[0], rendered)
    image = QTextDocument.ResourceType.ImageResource.value
    given = document.loadResource(image, QUrl("qr"))
    assert isinstance(given, QImage)
    assert not given.isNull()
    for name in (QUrl.fromLocalFile(__file__), QUrl(__file__), QUrl("http://localhost/"), QUrl(str(tmp_path))):
        for kind in QTextDocument.ResourceType:
            nothing = document.loadResource(kind.value, name)
            if isinstance(nothing, QImage):
                assert (nothing.width(), nothing.height(), nothing.pixel(0, 0)) == (1, 1, 0)
            else:
                assert nothing.isEmpty()


# Characters.


@pytest.mark.bad_input("a name with rare characters")
def test_rare_characters_of_names_are_printed_as_themselves() -> None:
    name = "𫖯䶮㛃𬱖𫍯"
    rendered = render(changed(sample(LetterKind.GRANT), applicant=Applicant(name=name)))
    assert missing_glyphs(rendered) == ()
    assert name in "".join(read(to_pdf(rendered)))


def test_a_character_no_font_can_draw_is_said_and_never_printed_as_a_box() -> None:
    letter = changed(sample(LetterKind.GRANT), applicant=Applicant(name=f"张{UNKNOWN}"), number=f"河{UNKNOWN}1号")
    rendered = render(letter)
    assert missing_glyphs(rendered) == (UNKNOWN,)
    printed = "".join(read(to_pdf(rendered)))
    assert printed.count("〔请人工核对U+E000〕") == 3
    assert UNKNOWN not in printed


def test_english_keeps_narrow_quotation_marks() -> None:
    words = sample(LetterKind.GRANT)
    widths = []
    for languages in (ZH_ONLY, EN_ONLY):
        document = Laid(render(words, languages)).documents[0]
        font = document.defaultFont()
        widths.append(QFontMetricsF(font).horizontalAdvance("“") / font.pixelSize())
    assert widths[0] > 0.9
    assert widths[1] < 0.6


def test_quotation_marks_in_bold_english_are_narrow_too() -> None:
    said = "the 𫖯 “Sunny” diner’s permit"
    letter = changed(sample(LetterKind.GRANT), granted=Bilingual(zh="许可", en=said), decision=None, title=None)
    widths = {}
    for marks in (said, said.translate(str.maketrans("“”’", '""\''))):
        one = changed(letter, granted=Bilingual(zh="许可", en=marks))
        document = Laid(render(one, EN_ONLY)).documents[0]
        title = document.begin().layout().lineAt(1)
        widths[marks] = title.naturalTextWidth() / document.defaultFont().pixelSize()
    curly, straight = widths.values()
    assert curly - straight < 0.6
    assert "the𫖯“Sunny”diner’spermit" in read(to_pdf(render(letter, EN_ONLY)))[0]


# Printing.


@pytest.mark.parametrize(("first", "last", "went"), [(0, 0, 2), (2, 2, 1), (1, 9, 2)])
def test_a_printer_gets_the_pages_it_was_set_to(tmp_path: Path, first: int, last: int, went: int) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(first, last)
    rendered = render(sample(LetterKind.RECEIPT))
    assert print_to(rendered, printer) == went
    printed, whole = read((tmp_path / "printed.pdf").read_bytes()), read(to_pdf(rendered))
    # A printer's driver names glyphs as it likes; figures are the same everywhere.
    assert [re.sub(r"\D", "", page) for page in printed] == [
        re.sub(r"\D", "", page) for page in whole[max(first, 1) - 1 :][:went]
    ]


# Preview.


@pytest.fixture
def preview(look: SetLook, qtbot: QtBot) -> LetterPreview:
    """A preview of a letter of two pages, shown."""
    shown = LetterPreview()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.show_letter(render(sample(LetterKind.RECEIPT)))
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def press(preview: LetterPreview, words: str) -> Callable[[], None]:
    """What presses the button of that name."""
    return next(one for one in preview.findChildren(QPushButton) if one.accessibleName() == words).click


def test_a_preview_shows_the_pages_of_its_letter(preview: LetterPreview) -> None:
    assert preview.page_count == 2
    preview.show_letter(render(sample(LetterKind.GRANT)))
    assert preview.page_count == 1
    preview.show_letter(None)
    assert preview.page_count == 0
    assert not any(button.isEnabled() for button in preview.findChildren(QPushButton))


def test_a_preview_asks_for_printing_and_keeping(preview: LetterPreview, qtbot: QtBot) -> None:
    for signal, words, key in (
        (preview.print_requested, "打印", Qt.Key.Key_P),
        (preview.save_requested, "存为PDF", Qt.Key.Key_S),
    ):
        with qtbot.waitSignal(signal) as asked:
            press(preview, words)()
        assert isinstance(asked.args[0], Rendered)
        assert asked.args[0].kind is LetterKind.RECEIPT
        with qtbot.waitSignal(signal):
            QTest.keyClick(preview, key, Qt.KeyboardModifier.ControlModifier)


def test_a_preview_comes_nearer_and_goes_further_within_its_steps(preview: LetterPreview, qtbot: QtBot) -> None:
    preview.set_zoom(100)
    with qtbot.waitSignal(preview.zoom_changed) as told:
        press(preview, "放大")()
    assert told.args == [125]
    for _step in ZOOMS:
        press(preview, "放大")()
    assert preview.zoom == ZOOMS[-1]
    for _step in ZOOMS:
        QTest.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == ZOOMS[0]


def test_a_preview_keeps_fitting_the_width_when_its_window_changes(preview: LetterPreview) -> None:
    preview.fit_width()
    narrow = preview.zoom
    preview.resize(1100, 600)
    assert preview.zoom > narrow
    preview.set_zoom(75)
    preview.resize(900, 600)
    assert preview.zoom == 75


def test_a_preview_is_read_out_page_by_page(preview: LetterPreview) -> None:
    laid = Laid(render(sample(LetterKind.RECEIPT)))
    first, second = laid.words_of(0), laid.words_of(1)
    assert "收件回执" in first
    assert "不表示已经受理" in second
    assert "不表示已经受理" not in first
    said = render(sample(LetterKind.RECEIPT)).words
    assert plain(first + second) == plain(said)


def test_a_preview_moves_its_paper_with_the_arrows(preview: LetterPreview, qtbot: QtBot) -> None:
    bar = preview.paper.verticalScrollBar()
    for key, moved in ((Qt.Key.Key_Down, True), (Qt.Key.Key_End, True), (Qt.Key.Key_Home, False)):
        QTest.keyClick(preview.paper, key)
        assert (bar.value() > 0) is moved


def test_a_preview_warns_of_characters_to_check_by_hand(preview: LetterPreview) -> None:
    letter = changed(sample(LetterKind.GRANT), applicant=Applicant(name=f"张{UNKNOWN}"))
    preview.show_letter(render(letter))
    assert preview.warning.text() == "盖章前请人工核对：字库里没有这些字：U+E000。"
    assert not preview.warning.isHidden()
    preview.show_letter(render(sample(LetterKind.GRANT)))
    assert preview.warning.isHidden()


def test_a_preview_keeps_the_rules_of_inclusion(look: SetLook, qtbot: QtBot) -> None:
    shown = LetterPreview()
    qtbot.addWidget(shown)
    shown.show_letter(render(sample(LetterKind.RECEIPT)))
    assert check_everywhere(shown) == []


def test_a_page_picture_has_the_size_asked_for() -> None:
    laid = Laid(render(sample(LetterKind.GRANT)))
    assert laid.page_size(UNITS_PER_INCH).width() == laid.sheet.width
    assert pages(render(sample(LetterKind.GRANT)), 200)[0].size() == laid.page_size(200)
