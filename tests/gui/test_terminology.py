"""The terms of a project in their dialog, with keys alone; and Amazon's side of them over the local endpoint."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontInfo, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Keep, Term
from amts_desk.ui.dialogs.term_questions import ConflictDialog
from amts_desk.ui.dialogs.terminology import TerminologyDialog
from tests.gui.samples import make_project

CSV = "en,zh,note\nbatch,批量,\nbatch,批次,\nlabel,标签,noun\n"


@pytest.fixture
def dialog(session, tmp_path, shown):
    make_project(session, tmp_path)
    return shown(TerminologyDialog(session), (960, 620))


def rows(dialog):
    model = dialog.list.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def stored(session):
    return session.project.tracks.rows(session.project.tracks.terms())


def keys(qtbot, text):
    """Type into whatever has the focus, Chinese through an input method."""
    if text.isascii():
        qtbot.keyClicks(QApplication.focusWidget(), text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def bring(session, dialog, tmp_path, text=CSV, name="terms.csv"):
    (tmp_path / name).write_text(text, "utf-8")
    session.terms.read(tmp_path / name, dialog.list.direction.direction())


def answering(question, keep):
    """Answer the question that opens next."""

    def answer():
        (box,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, question) and w.isVisible()]
        if keep is None:
            box.reject()
        elif isinstance(box, ConflictDialog):
            box.choices[keep].click()
        else:
            next(b for b in box.buttons() if b.text() == keep).click()

    QTimer.singleShot(0, answer)


def test_terms_are_typed_changed_found_deleted_and_undone_by_keys_alone(session, dialog, qtbot):
    press(qtbot, Qt.Key.Key_N, CTRL)
    for source, target in (("batch size", "批量大小"), ("label", "标签")):
        keys(qtbot, source)
        press(qtbot, Qt.Key.Key_Tab)
        keys(qtbot, target)
        press(qtbot, Qt.Key.Key_Return)
    assert rows(dialog) == [["batch size", "批量大小", "", ""], ["label", "标签", "", ""]]
    assert stored(session)[1] == Term("en", "zh", "label", "标签")
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert len(rows(dialog)) == 1, "in an empty line the key is for the terms"
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(rows(dialog)) == 2
    press(qtbot, Qt.Key.Key_F, CTRL)
    keys(qtbot, "BATCH")
    assert [row[0] for row in rows(dialog)] == ["batch size"]
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.list.table
    dialog.list.table.setCurrentIndex(dialog.list.model.index(0, 1))
    press(qtbot, Qt.Key.Key_F2)
    keys(qtbot, "批的大小")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(session)[0].target == "批的大小")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.list.table)
    press(qtbot, Qt.Key.Key_Delete)
    assert [term.source for term in stored(session)] == ["label"]
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Z, CTRL)
    assert stored(session)[0].target == "批量大小"
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert stored(session)[0].target == "批的大小"
    assert "Delete terms: 1" in dialog.redo_button.toolTip()


def test_undo_survives_a_restart(session, dialog, tmp_path):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    path = session.project.path
    dialog.close()
    session.close_project()
    session.open_project(path)
    session.terms.open()
    session.terms.editor.undo()
    assert stored(session) == []
    session.terms.editor.close()


def test_a_file_is_taken_in_and_what_amazon_would_not_use_is_marked(session, dialog, tmp_path):
    long = "x" * 201
    answering(ConflictDialog, Keep.BOTH)
    bring(session, dialog, tmp_path, f"{CSV}{long},长\n")
    assert rows(dialog) == [
        ["batch", "批量", "", "“批次” further down wins"],
        ["batch", "批次", "", ""],
        ["label", "标签", "noun", ""],
        [long, "长", "", "the source has 201 bytes, and Amazon takes 200"],
    ]
    assert dialog.said.text() == "terms.csv: terms added: 4, there already: 0."


@pytest.mark.parametrize(
    ("keep", "left"),
    [(Keep.BOTH, ["批量", "批次"]), (Keep.NEW, ["批次"]), (Keep.OLD, ["批量"]), (None, ["批量"])],
)
def test_conflicts_are_shown_and_decided(session, dialog, tmp_path, keep, left):
    bring(session, dialog, tmp_path, "en,zh\nbatch,批量\n")
    answering(ConflictDialog, keep)
    bring(session, dialog, tmp_path, "en,zh\nbatch,批次\n")
    assert [row[1] for row in rows(dialog)] == left


def test_a_file_that_does_not_name_its_languages_is_in_those_shown(session, dialog, tmp_path):
    bring(session, dialog, tmp_path, "layer,层\n")
    assert rows(dialog) == [["layer", "层", "", ""]]
    bring(session, dialog, tmp_path, '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "bad.tmx")
    assert "declares its own document type" in dialog.messages.text


@pytest.mark.parametrize(("name", "form"), [("a.tbx", "tbx"), ("a", "md"), ("a.v2", "md")])
def test_terms_are_exported_in_the_format_of_their_name(session, dialog, tmp_path, monkeypatch, qtbot, name, form):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    chosen = str(tmp_path / name), "Markdown (*.md)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    qtbot.keyClick(dialog, Qt.Key.Key_E, CTRL)
    path = tmp_path / (name if name.endswith(form) else f"{name}.{form}")
    assert ("<term>层</term>" if form == "tbx" else "| layer | 层 |") in path.read_text("utf-8")


def test_a_file_is_chosen_by_key(session, dialog, tmp_path, monkeypatch, qtbot):
    (tmp_path / "t.md").write_text("层，layer\n图层，layers\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "t.md"), ""))
    qtbot.keyClick(dialog, Qt.Key.Key_I, CTRL)
    assert [row[:2] for row in rows(dialog)] == [["layer", "层"], ["layers", "图层"]]


def test_each_language_is_drawn_in_its_own_font(session, dialog, tmp_path):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    font = dialog.list.model.index(0, 1).data(Qt.ItemDataRole.FontRole)
    assert "Noto Sans CJK SC" in font.families()
    assert QFontInfo(font).family() in font.families()


def test_an_empty_cell_is_not_taken_and_says_nothing_is_done(session, dialog, tmp_path):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    model = dialog.list.model
    for column, text in ((0, " "), (1, ""), (3, "x"), (0, "layer")):
        assert not model.setData(model.index(0, column), text)
    assert len(session.terms.editor.history()) == 1


def test_from_the_list_to_amazon_and_back(session, dialog, tmp_path):
    answering(ConflictDialog, Keep.BOTH)
    bring(session, dialog, tmp_path)
    dialog.tabs.setCurrentIndex(1)
    page = dialog.page
    assert page.name.text().endswith("-en-terms")
    assert "Will be sent: 2 terms in 2 translations, English → Chinese" in page._summary.text()
    assert [page._refused.index(0, column).data() for column in range(3)] == [
        "batch", "批量", "“批次” comes further down for it, and the last one wins",
    ]  # fmt: skip
    page.name.setText("Terms")
    page.push_button.click()
    assert dialog.said.text() == "“Terms” is ready. Terms taken in: 2, skipped by Amazon: 0."
    page.push_button.click()
    assert dialog.said.text() == "“Terms” holds exactly these terms already: 2."
    assert [page._there.index(0, column).data() for column in range(4)] == ["Terms", "en → zh", "2", "0"]
    page.there.choose_row(0)
    dialog.list.table.selectAll()
    dialog.list.delete()
    page.download_button.click()
    assert [term.target for term in stored(session)] == ["批次", "标签"]
    answering(QMessageBox, "Cancel")
    page.delete_button.click()
    assert page.there.model().rowCount() == 1
    answering(QMessageBox, "Delete “Terms”")
    page.delete_button.click()
    assert page.there.model().rowCount() == 0
    assert "as they were" in dialog.said.text()


def test_a_name_that_amazon_does_not_take_is_told_before(session, dialog, tmp_path):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    dialog.tabs.setCurrentIndex(1)
    dialog.page.name.setText("a b")
    assert "cannot be the name of a terminology" in dialog.page._summary.text()
    assert not dialog.page.push_button.isEnabled()


def test_what_comes_after_the_dialog_was_closed_is_said_in_the_window(session, dialog, tmp_path):
    reported, notes = [], []
    session.failed.connect(reported.append)
    session.noted.connect(notes.append)
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    assert notes == ["terms.csv: terms added: 1, there already: 0."]
    session.terms.failed.emit(DeskError("Shown there."))
    assert not reported
    dialog.reject()
    bring(session, dialog, tmp_path, "en,zh\nlabel,标签\n")
    session.terms.read(tmp_path / "none.csv", ("en", "zh"))
    assert ["window was closed" in str(reported[0]), "could not be read" in str(reported[1])] == [True, True]
    assert len(stored(session)) == 1


def test_nothing_goes_to_aws_without_being_asked_first(session, dialog, tmp_path, monkeypatch):
    bring(session, dialog, tmp_path, "en,zh\nlayer,层\n")
    session.project.set_connection(Connection("us-west-2", "books", is_offline=False, account="1"))
    asked, pushed = [], []
    monkeypatch.setattr(session.terms, "push", pushed.append)
    monkeypatch.setattr(session.terms, "ask", lambda: asked.append(1))
    dialog.tabs.setCurrentIndex(1)
    assert not asked
    answering(QMessageBox, "Cancel")
    dialog.page.push_button.click()
    assert not pushed
    answering(QMessageBox, "Send 1 terms")
    dialog.page.push_button.click()
    assert [parcel.terms[0].source for parcel in pushed] == ["layer"]
