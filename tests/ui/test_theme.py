import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QPushButton

import interview_coach.ui
from interview_coach import paths
from interview_coach.ui import icons
from interview_coach.ui.theme import THEMES, ThemeError, apply_theme, current_theme, load_theme, set_role, system_theme

# What lies behind the words of an answer that are marked.
MARKS = ("mark-said", "mark-partly", "mark-plain")

# What is written on what, and which shapes must be told from what lies behind them.
TEXT = [
    *((text, ground) for text in ("text", "muted") for ground in ("bg", "surface", "rail", "soft", "hover")),
    *(("text", ground) for ground in ("pressed", *MARKS, *(f"{mark}-chosen" for mark in MARKS))),
    *(("error", ground) for ground in ("bg", "surface")),
    *(("accent", ground) for ground in ("bg", "surface", "soft", "hover")),
    *(("on-accent", ground) for ground in ("accent", "accent-hover", "accent-pressed")),
    *((point, ground) for point in ("said", "partly") for ground in ("surface", "soft")),
]
SHAPES = [
    *(("line-control", ground) for ground in ("bg", "surface", "rail")),
    *(("accent", ground) for ground in ("bg", "surface", "rail", "soft", "hover", "pressed")),
    *((point, ground) for point in ("said", "partly", "missed") for ground in ("surface", "soft")),
    *((line, ground) for line in ("said", "partly", "muted") for ground in MARKS),
]


def contrast(one, other):
    def luminance(color):
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=THEMES)
def theme(request):
    return load_theme(request.param, paths.resource)


def test_text_is_readable(theme):
    least = 7.0 if theme.name == "high-contrast" else 4.5
    faint = {pair: contrast(*map(theme.color, pair)) for pair in TEXT}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < least} == {}


def test_controls_and_the_focus_ring_can_be_told_from_what_lies_behind(theme):
    faint = {pair: contrast(*map(theme.color, pair)) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_the_themes_name_the_same_tokens():
    tokens = [set(load_theme(name, paths.resource).colors) for name in THEMES]
    assert tokens[0] == tokens[1] == tokens[2]


def test_the_style_sheet_is_filled_in_and_has_no_size_of_text_in_pixels(theme):
    sheet = theme.style_sheet()
    assert "@" not in sheet
    assert re.search(r"font-size:\s*[\d.]+px", sheet) is None
    assert "font-size: 18pt" in sheet


def test_the_images_of_the_style_sheet_are_there_in_the_themes_own_colours(theme):
    files = re.findall(r"url\(theme:([^)]+)\)", theme.style_sheet())
    assert len(set(files)) >= 5
    for file in files:
        colors = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", (theme.images / file).read_text()))
        assert colors
        assert colors <= set(theme.colors.values())


def test_no_colour_stands_outside_the_themes():
    root = paths.resource("qss").parent
    files = [
        *root.glob("qss/*.qss"),
        *root.glob("icons/*.svg"),
        *Path(interview_coach.ui.__file__).parent.rglob("*.py"),
    ]
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgba?\(|QColor\(\s*[\d\"']|GlobalColor\.(?!transparent)")
    assert len(files) > 20
    assert [file.name for file in files if literal.search(file.read_text("utf-8"))] == []


def test_text_sizes_follow_the_scale_at_run_time(themed, qtbot):
    label, plain = QLabel("Today"), QLabel("body")
    set_role(label, "title")
    for widget in (label, plain):
        qtbot.addWidget(widget)
        widget.show()
    assert (label.font().pointSizeF(), plain.font().pointSizeF()) == (20, 11)
    apply_theme(themed, load_theme("dark", paths.resource), 1.5)
    assert (label.font().pointSizeF(), plain.font().pointSizeF()) == (30, 16.5)
    assert current_theme().name == "dark"
    apply_theme(themed, load_theme("dark", paths.resource), 9)
    assert label.font().pointSizeF() == 40


@pytest.mark.usefixtures("themed")
def test_a_role_can_change_while_the_widget_is_shown(qtbot):
    label = QLabel("saved")
    qtbot.addWidget(label)
    label.show()
    set_role(label, "error")
    assert label.palette().color(QPalette.ColorRole.WindowText) == current_theme().color("error")
    set_role(label, "muted")
    assert label.palette().color(QPalette.ColorRole.WindowText) == current_theme().color("muted")


def test_the_palette_sets_every_role_from_the_theme(theme):
    palette, known = theme.palette(), {QColor(color).rgb() for color in theme.colors.values()}
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
                assert palette.color(group, role).rgb() in known, (group, role)


@pytest.mark.usefixtures("themed")
def test_focus_does_not_move_anything(qtbot):
    button = QPushButton("Start")
    qtbot.addWidget(button)
    button.show()
    before, calm = button.sizeHint(), button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.sizeHint() == before
    accent = current_theme().color("accent").rgb()
    ring = button.grab().toImage()
    assert ring.pixelColor(1, button.height() // 2).rgb() == accent
    assert calm.pixelColor(1, button.height() // 2).rgb() != accent


def test_a_broken_theme_says_what_is_wrong(tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "qss").mkdir()
    (tmp_path / "themes" / "odd.toml").write_text('scheme = "dark"\n[colors]\ntext = "red"\n')
    with pytest.raises(ThemeError, match="text"):
        load_theme("odd", tmp_path.joinpath)
    (tmp_path / "themes" / "odd.toml").write_text('scheme = "dim"\n')
    with pytest.raises(ThemeError, match="scheme"):
        load_theme("odd", tmp_path.joinpath)
    (tmp_path / "themes" / "odd.toml").write_text('scheme = "dark"\n[colors]\n')
    (tmp_path / "qss" / "a.qss").write_text("QLabel { color: @glow; }")
    with pytest.raises(ThemeError, match="@glow"):
        load_theme("odd", tmp_path.joinpath).style_sheet()


def test_the_system_is_light_or_dark(qapp):
    assert system_theme(qapp) in ("light", "dark")


@pytest.mark.parametrize("file", sorted(paths.resource("icons").glob("*.svg")), ids=lambda file: file.stem)
@pytest.mark.usefixtures("qapp")
def test_every_icon_is_drawn_in_the_colour_asked_for(theme, file):
    image = QImage(QSize(48, 48), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icons.paint(painter, QRectF(0, 0, 48, 48), file.stem, theme.color("accent"), theme.icons)
    painter.end()
    full = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert full == {theme.colors["accent"]}


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_crisp_at_twice_the_size_and_changes_colour_when_checked(theme):
    icon = icons.icon("today", theme.color("muted"), theme.icons, checked=theme.color("text"))
    assert icon.pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)

    def strongest(state):
        image = icon.pixmap(QSize(20, 20), 2.0, icon.Mode.Normal, state).toImage()
        return {
            image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
        }

    assert theme.colors["muted"] in strongest(icon.State.Off)
    assert theme.colors["text"] in strongest(icon.State.On)
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such", theme.color("text"), theme.icons)
