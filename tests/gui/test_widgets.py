"""The message bar, the status line, dialogs, the look of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.ui import theme
from amts_desk.ui.actions import Actions, Spec
from amts_desk.ui.delegates.text import Shown, make_layout
from amts_desk.ui.dialogs.connection import ConnectionDialog
from amts_desk.ui.dialogs.crash import CrashDialog, CrashReporter, report
from amts_desk.ui.dialogs.options import OptionsDialog
from amts_desk.ui.dialogs.palette import CommandPalette
from amts_desk.ui.icons import icon
from amts_desk.ui.widgets.direction_box import DirectionBox
from amts_desk.ui.widgets.message_bar import MessageBar
from amts_desk.ui.widgets.status_line import StatusLine


def test_messages_wait_their_turn_and_none_is_lost(shown):
    bar = shown(MessageBar(), (600, 60))
    bar.show_error(DeskError("First.", "Do this."))
    bar.show_error(DeskError("Second."))
    assert bar.text == "First. Do this."
    bar.dismiss()
    assert bar.text == "Second."
    bar.dismiss()
    assert bar.text == ""


def test_an_offered_step_is_taken_once(shown):
    bar, taken = shown(MessageBar(), (600, 60)), []
    bar.offer("The file changed.", "Read it again", lambda: taken.append(1))
    bar._action.click()
    assert taken == [1]
    assert bar.text == ""


def test_an_offer_loses_no_error_and_goes_with_its_project(shown):
    bar = shown(MessageBar(), (600, 60))
    bar.show_error(DeskError("First.", "Do this."))
    bar.offer("The file changed.", "Read it again", lambda: None)
    bar.show_error(DeskError("Second."))
    assert bar.text == "The file changed."
    bar.withdraw_offer()
    assert bar.text == "First. Do this."
    bar.withdraw_offer()
    assert bar.text == "First. Do this."
    bar.dismiss()
    assert bar.text == "Second."


def test_a_message_that_is_there_already_is_not_repeated(shown):
    bar = shown(MessageBar(), (600, 60))
    for text in ("First.", "Second.", "First.", "Second."):
        bar.show_error(DeskError(text))
    bar.dismiss()
    bar.dismiss()
    assert bar.text == ""


def test_the_status_line_shows_long_work_and_lets_it_be_stopped(session, shown):
    line = shown(StatusLine(session), (800, 30))
    assert "Offline practice" in line._connection.text()
    assert "not Amazon" in line._connection.text()
    seen = []

    def work(progress):
        progress(1, 4, "chapter one")
        seen.append((line._work.text(), line._bar.maximum()))

    session.runner.start(work, seen.append, pytest.fail, "Aligning")
    assert seen[0] == ("Aligning · 1 of 4 · chapter one", 4)
    assert line._task is None


@pytest.mark.parametrize(
    "text", ["A sentence that is a good deal longer than two lines can hold. " * 6, "很长的一句话，两行放不下。" * 20]
)
def test_what_does_not_fit_ends_in_an_ellipsis(qapp, text):
    layout = make_layout(Shown(text, "zh"), 300, 2)
    assert layout.lineCount() == 2
    assert layout.text().endswith("…")
    last = layout.lineAt(1)
    assert last.textStart() + last.textLength() == len(layout.text())
    assert all(layout.lineAt(i).naturalTextWidth() <= 300 for i in range(2))


def test_marks_count_utf16_units(qapp):
    layout = make_layout(Shown("𠀀好", "zh", ((1, 2, "insert"),)), 300, 1)
    (mark,) = layout.formats()
    assert (mark.start, mark.length) == (2, 1)


@pytest.mark.parametrize("name", theme.NAMES)
def test_text_has_contrast_in_both_themes(name):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a, b):
        light, dark = sorted((luminance(a), luminance(b)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    palette = theme._palettes()[name]
    for ground in (
        "window",
        "surface",
        "side",
        "selection",
        "good_ground",
        "warn_ground",
        "bad_ground",
        "info_ground",
        "gram1",
        "gram2",
        "gram3",
        "gram4",
    ):
        assert contrast(palette["text"], palette[ground]) >= 4.5, (ground, contrast(palette["text"], palette[ground]))
    for ink in ("quiet", "good", "warn", "bad", "accent"):
        assert contrast(palette[ink], palette["surface"]) >= 4.5, ink
    assert contrast(palette["on_accent"], palette["accent"]) >= 4.5


def test_icons_take_the_colour_of_the_theme(qapp):
    theme.apply(qapp, "dark")
    picture = icon("confirm").pixmap(20, 20).toImage()
    inks = {
        picture.pixelColor(x, y).name() for x in range(20) for y in range(20) if picture.pixelColor(x, y).alpha() == 255
    }
    theme.apply(qapp, "light")
    assert theme._palettes()["dark"]["quiet"] in inks


def test_the_palette_finds_a_command_and_carries_it_out(shown, qtbot):
    owner, done = shown(QWidget(), (300, 100)), []
    actions = Actions(
        [
            Spec("merge", "Merge with the bead below", "&Align", lambda: done.append("merge"), "M"),
            Spec("quit", "Quit", "&Project", lambda: done.append("quit")),
        ],
        lambda _: owner,
        owner,
    )
    palette = CommandPalette(actions, owner)
    qtbot.keyClicks(palette._field, "mer bead")
    assert [palette._list.item(i).text() for i in range(palette._list.count())] == [
        "Align: Merge with the bead below    M"
    ]
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert done == ["merge"]
    assert actions["merge"].toolTip() == "Merge with the bead below (M)"


def test_the_connection_dialog_holds_names_and_no_secret(shown):
    parent = shown(QWidget(), (300, 100))
    dialog = ConnectionDialog(Connection(profile="book", region="eu-west-1", bucket="b", is_offline=False), parent)
    assert dialog.connection() == Connection(region="eu-west-1", bucket="b", profile="book", is_offline=False)
    dialog._offline.setChecked(True)
    assert not dialog._fields["bucket"].isEnabled()
    assert dialog.connection().is_offline


def test_the_connection_dialog_says_what_aws_needs(shown):
    parent = shown(QWidget(), (300, 100))
    dialog = ConnectionDialog(Connection(region="eu-west-1", is_offline=False), parent)
    dialog.show()
    dialog._on_accepted()
    assert not dialog.result()
    assert "bucket" in dialog._problem.text()
    dialog._fields["bucket"].setText("b")
    dialog._fields["role_arn"].setText("arn:aws:iam::123456789012:role/Data")
    dialog._on_accepted()
    assert dialog.result()
    dialog.close()


def test_the_status_line_names_the_account_once_aws_has_told_it(session, shown, tmp_path, monkeypatch):
    from amts_desk.aws.cloud import Cloud, Identity

    monkeypatch.setattr(Cloud, "identity", lambda self: Identity("123456789012", "arn", "https://sts"))
    session.open_project(tmp_path / "b.amts", create=True)
    line = shown(StatusLine(session), (800, 30))
    session.set_connection(Connection(region="us-west-2", bucket="b", profile="book", is_offline=False))
    assert line._connection.text() == "AWS · 123456789012 · us-west-2"
    assert session.project.connection.account == "123456789012"


def test_the_crash_window_shows_a_report_to_copy(shown):
    parent = shown(QWidget(), (300, 100))
    try:
        raise ValueError("unforeseen")
    except ValueError as error:
        dialog = CrashDialog(report(error), parent)
    dialog._on_copy()
    copied = QApplication.clipboard().text()
    assert "ValueError: unforeseen" in copied
    assert copied.startswith("AMTS Desk ")


def test_expected_errors_never_open_the_crash_window(qapp, monkeypatch):
    reporter, seen = CrashReporter(), []
    reporter.expected.connect(seen.append)
    monkeypatch.setattr("amts_desk.ui.dialogs.crash.CrashDialog", pytest.fail)
    error = DeskError("No.", "Yes.")
    reporter._hook(DeskError, error, None)
    assert seen == [error]


def test_layouts_are_real_qt_layouts(qapp):
    assert isinstance(make_layout(Shown("a", "en"), 100, 1), QTextLayout)


def test_another_direction_to_offer_keeps_the_choice_and_says_nothing(shown):
    box, said = shown(DirectionBox(), (200, 40)), []
    box.show_only([("en", "zh")])
    box.currentIndexChanged.connect(said.append)
    box.show_only([("en", "es"), ("en", "zh")])
    assert box.direction() == ("en", "zh")
    assert said == []
    box.show_only([("en", "es")])
    assert (box.direction(), said) == (("en", "es"), [0])
    box.show_only([])
    assert (box.direction(), said) == (("", ""), [0, -1])


def test_the_options_dialog_shows_and_returns_what_is_chosen(shown):
    options = Options(semicolon=True, comments=False, columns=72, latin_spaces=False)
    dialog = shown(OptionsDialog(options), (560, 400))
    assert dialog.options() == options
    assert dialog._example.text() == "As in: 用ReLU激活"
    assert not dialog._note.isVisible()
    dialog._spaces.click()
    assert dialog._example.text() == "As in: 用 ReLU 激活"
    assert not dialog._note.isVisible()
    dialog._comments.click()
    assert dialog._note.isVisible()
    dialog._wraps.click()
    assert not dialog._columns.isEnabled()
    assert dialog.options() == Options(semicolon=True, comments=True, columns=0, latin_spaces=True)
    for widget in [*dialog.findChildren(QAbstractButton), dialog._columns]:
        assert widget.accessibleName() or widget.text()
