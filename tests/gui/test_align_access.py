"""The Align room without a mouse, at every size, in the glyphs of each language, and the bead as it is read."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QTextCursor,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QPushButton, QSpinBox, QWidget

from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.splice import Splice
from amts_desk.steps.read.files import read_document
from amts_desk.ui import fonts
from amts_desk.ui.delegates.text import SHOWN_ROLE, make_layout
from amts_desk.ui.fonts import reading_font
from amts_desk.ui.models.beads import TARGET
from amts_desk.ui.rooms.align import AlignRoom
from tests.gui.samples import make_project


@pytest.fixture
def room(session, tmp_path, shown):
    chapter = make_project(session, tmp_path)
    session.open_chapter(chapter.id)
    return shown(AlignRoom(session))


def shapes(session):
    return [bead.shape for bead in session.project.tracks.rows(session.project.tracks.alignment(session.chapter))]


# ---- without a mouse -------------------------------------------------------------------------------------------------


def test_shift_and_arrows_select_a_block_that_one_key_merges(room, session, qtbot):
    room.table.setFocus()
    room.table.choose_row(1)
    for _ in range(2):
        qtbot.keyClick(room.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert room.chosen() == [1, 2, 3]
    qtbot.keyClick(room.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert room.chosen() == [1, 2]
    room.merge()
    assert shapes(session) == ["1-1", "2-2", "1-1", "1-1"]
    qtbot.keyClick(room.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert room.number() == 3
    qtbot.keyClick(room.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert room.number() == 0


def test_tab_goes_round_and_reaches_everything_that_can_be_done(room, qtbot):
    room.replace_found()
    with qtbot.waitActive(room):
        room.activateWindow()
    room.table.setFocus()
    seen = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is room.table:
            break
    assert seen[-1] is room.table, "Tab comes back to the table"
    buttons = [b for b in room.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    reached = [*buttons, room.search.field, room.search.words, room.search.where, room.search.state, room._detail]
    assert [w for w in reached if w not in seen and w.focusPolicy() != Qt.FocusPolicy.NoFocus] == []
    assert not [b for b in buttons if b.focusPolicy() == Qt.FocusPolicy.NoFocus and type(b) is QPushButton]


def test_the_menu_key_opens_the_menu_at_the_bead(room, qtbot):
    room.table.choose_row(2)
    where = room.table.visualRect(room.table.currentIndex()).bottomLeft()
    with qtbot.waitSignal(room.menu_wanted) as wanted:
        room.show_menu()
    assert wanted.args == [room.table.viewport().mapToGlobal(where)]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, room.table.mapToGlobal(where))
    with qtbot.waitSignal(room.menu_wanted):
        QCoreApplication.sendEvent(room.table.viewport(), event)


def test_nothing_that_takes_the_focus_is_without_a_name(room):
    room.replace_found()
    room.need_review()
    room.show_history()
    room.edit()
    room.preview.show_replacements([], [])
    nameless = [
        widget
        for widget in room.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        and not isinstance(widget.parent(), QSpinBox)
        and not isinstance(widget, QListView)  # the parts of a spin box or a combo box, which has the name
    ]
    assert nameless == []


# ---- larger and smaller ----------------------------------------------------------------------------------------------


@pytest.fixture
def sized():
    yield
    fonts.use_reading_size(fonts.READING_SIZE)


def test_the_reading_size_reaches_table_detail_and_editor(room, sized):
    room.table.choose_row(1)
    room.edit()
    for size, height in ((15, 57), (24, 84), (11, 45)):
        fonts.use_reading_size(size)
        room.resize_text()
        assert room.table.rowHeight(1) == height
        assert room.editor.target.document().defaultFont().pixelSize() == size
        assert f"font-size:{size}px" in room._detail.toHtml()


def test_ctrl_and_the_wheel_ask_for_another_size_and_scroll_nothing(room, qtbot):
    asked = []
    room.zoom_wanted.connect(asked.append)
    room.editor.show()
    for area in (room.table, room._detail, room.editor.source, room.editor.target):
        for turn in (120, -120, -60, -60):
            wheel(area.viewport(), turn)
    assert asked == [1, -1, -1] * 4
    assert room.table.verticalScrollBar().value() == 0


def wheel(viewport, turn):
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        viewport.mapToGlobal(place),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(viewport, event)


@pytest.mark.parametrize(
    ("code", "text", "suffix"),
    [("zh", "直接骨角", "SC"), ("ja", "直接骨角", "JP"), ("ko", "直接骨角", "KR"), ("zh-TW", "直接骨角", "TC")],
)
def test_table_detail_and_editor_draw_the_glyphs_of_their_language(room, session, code, text, suffix):
    room.model.languages = ("es", code)
    room.table.choose_row(1)
    room._show_detail()
    room.edit()
    assert any(suffix in family for family in drawn_by(room.editor.target.font(), text))
    shown = room.model.index(1, TARGET).data(SHOWN_ROLE)
    assert shown.language == code
    assert any(suffix in family for family in drawn_by(make_layout(shown, 300, 2).font(), text))
    cursor = QTextCursor(room._detail.document().find("一对有两边"))
    assert any(suffix in family for family in drawn_by(cursor.charFormat().font(), text))
    latin = drawn_by(reading_font("es"), "¿Qué tal, señor?")
    assert len(latin) == 1
    assert "CJK" not in next(iter(latin))


def drawn_by(font, text):
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


# ---- the bead as it is read ------------------------------------------------------------------------------------------


def test_the_detail_shows_headings_formulas_code_and_cuts(session, shown, tmp_path):
    session.open_project(tmp_path / "b.amts", create=True)
    source = read_document("a_origin.md", b"# A $x_1$ title\n\nUse `f(x)` *here* :numref:`fig_a`. Then stop.\n", "en")
    target = read_document("a.md", "# 标题\n\n用它。停。\n".encode(), "zh")
    chapter = session.project.chapters.add("a", source, target)
    s, t = ([Sentence(i, x.block, x.text) for i, x in enumerate(d.sentences)] for d in (source, target))
    beads = (Bead((s[0],), (t[0],)), Bead((s[1],), (t[1],)), Bead((s[2],), (t[2],)))
    session.project.tracks.begin(session.project.tracks.alignment(chapter), beads)
    session.open_chapter(chapter.id)
    room = shown(AlignRoom(session))
    room.table.choose_row(0)
    text = room._detail.toPlainText()
    assert "A x_1 title" in text
    assert "Use f(x) here fig_a." in text
    assert "$" not in text
    assert "`" not in text
    heading = QTextCursor(room._detail.document().find("title"))
    assert heading.charFormat().font().pixelSize() == round(15 * 1.3)
    formula = QTextCursor(room._detail.document().find("x_1")).charFormat()
    assert formula.font().italic()
    assert formula.font().families()[0] == fonts.code_families()[0]
    code = QTextCursor(room._detail.document().find("f(x)")).charFormat()
    assert code.font().families()[0] == fonts.code_families()[0]
    session.edit_beads(edits.split_at(session.alignment.rows, 2, (0, 5), (0, 0)), "Split")
    room.table.choose_row(2)
    assert "Then ✂" in room._detail.toPlainText()
    room.table.choose_row(3)
    assert "✂ stop." in room._detail.toPlainText()


def test_a_shifted_block_stays_selected_so_that_it_can_be_shifted_on(room, session):
    room.table.choose_rows(1, 2)
    room.shift_target_down()
    assert shapes(session) == ["1-1", "1-0", "1-1", "1-2", "1-1"]
    assert room.chosen() == [2, 3]
    room.shift_target_down()
    assert shapes(session) == ["1-1", "1-0", "1-0", "1-1", "1-3"]
    assert room.chosen() == [3, 4]


def test_the_cursor_stays_on_its_bead_when_others_come_and_go_around_it(room, session):
    room.table.choose_row(2)
    beads = session.alignment.rows
    kept = beads[2]
    parts = Bead(beads[1].source, ()), Bead((), beads[1].target)
    session.edit_beads(Splice(1, tuple(beads[1:4]), (*parts, kept, beads[3])), "Align selected beads again")
    assert session.alignment.rows[room.number()] is kept
    session.undo_beads()
    assert session.alignment.rows[room.number()] == kept


def test_the_first_bead_is_chosen_when_beads_come_into_an_empty_table(room, session):
    session.go_to_step(0)
    assert not session.alignment.rows
    session.redo_beads()
    assert room.table.currentIndex().row() == 0
    assert session.alignment.rows[0].source[0].text in room._detail.toPlainText()


def test_without_beads_every_key_says_what_to_do(room, session):
    session.go_to_step(0)
    said = []
    session.noted.connect(said.append)
    room.tie()
    room.exchange.send_out()
    assert ["not aligned yet" in words for words in said] == [True, True]


def test_why_a_bead_needs_review_stands_right_below_it(room, session):
    session.edit_beads(edits.need_review(session.alignment.rows, [1], "the second half is missing"), "Needs review")
    room.table.choose_row(1)
    text = room._detail.toPlainText()
    places = [text.index(bead.target[0].text) for bead in session.alignment.rows[1:3]]
    assert places[0] < text.index("the second half is missing") < places[1]
