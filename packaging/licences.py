"""Which licences the bundle carries: of Python, of Qt and of each package that is in it, with where the sources are.

Runs in the environment that makes the bundle, whose packages it looks at.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

#: What others wrote that no package brings the wording of.
HERE = Path(__file__).parent / "licences"

#: What makes the bundle and stays in it: the small program that starts it.
BOOTLOADER = "pyinstaller"

_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)

_LEAD = """\
Interview Coach {version}: what is in this folder, and under which licences

Interview Coach itself is under the MIT licence (LICENSE, beside the libraries).

Qt and PySide6 are under the GNU Lesser General Public License, version 3: LGPL-3.0.txt, which builds on GPL-3.0.txt.
They are used as they are published, unchanged. They are libraries of their own in this folder: those named libQt6…,
Qt6….dll or Qt….framework, and PySide6 and shiboken6. You may exchange each of them for another build of the same
version, one that you changed, too: put it in the place of the file, the program loads what lies there. You may also
look at how the program uses them, to find mistakes in what you changed. Code of others in Qt: Qt-third-party.txt.

Sources, as published by those who wrote them:

  Qt {qt}: download.qt.io/official_releases/qt
  PySide6 and shiboken6 {qt}: download.qt.io/official_releases/QtForPython
  Python {python}: www.python.org/downloads/source (Python.txt)
  everything else: the package index pypi.org, under the name and version below

"""


def closure(name: str) -> list[Distribution]:
    """Return an installed package and all that it needs, by name; what is not installed for this system is left out."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        key = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if key in found:
            continue
        try:
            package = distribution(key)
        except PackageNotFoundError:
            continue
        found[key] = package
        for line in package.requires or ():
            needed = re.match(r"[\w.-]+", line)
            if needed and not re.search(r"\bextra\s*==", line):
                waiting.append(needed[0])
    return [found[key] for key in sorted(found)]


def files(package: Distribution) -> list[Path]:
    """Return where the licences of an installed package stand, in their order by name."""
    there = [Path(str(path.locate())) for path in package.files or () if _is_licence(path.as_posix())]
    return sorted(path for path in there if path.is_file())


def _is_licence(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return ".dist-info" in folder and bool(_FILE.match(name)) and not name.endswith((".py", ".pyc"))


def write(folder: Path, version: str) -> list[Path]:
    """Write all licences into a new folder, README.txt first; return the files.

    Raises ValueError where a package names no licence at all: then somebody has to look.
    """
    folder.mkdir(parents=True)
    lines = []
    written = [_copy(own, folder / own.name) for own in sorted(HERE.iterdir())]
    python = next(path for path in _python_licences() if path.is_file())
    written.append(_copy(python, folder / "Python.txt"))
    bootloader = [distribution(BOOTLOADER)]
    for package in [*closure("interview-coach"), *bootloader]:
        name = package.metadata["Name"]
        if name == "interview-coach":
            continue
        licence = _said(package, "License-Expression") or _short(package)
        if not licence:
            raise ValueError(f"{name} names no licence.")
        texts = files(package)
        lines.append(f"  {name} {package.version}: {licence}" + ("" if texts else " (no text of its own)"))
        written += [_copy(text, folder / name.lower() / text.name) for text in texts]
    qt = distribution("PySide6-Essentials").version
    lead = _LEAD.format(version=version, qt=qt, python=sys.version.split()[0])
    readme = folder / "README.txt"
    readme.write_text(lead + "In here:\n\n" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return [readme, *written]


def _short(package: Distribution) -> str:
    """Return what an older package says of its licence: a line, or the kinds that it names."""
    said = _said(package, "License")
    if said and "\n" not in said:
        return said
    kinds = package.metadata.get_all("Classifier") or []
    return ", ".join(kind.rpartition("::")[2].strip() for kind in kinds if kind.startswith("License ::"))


def _said(package: Distribution, field: str) -> str:
    return next(iter(package.metadata.get_all(field) or []), "").strip()


def _python_licences() -> list[Path]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",  # from python.org, and most others
        Path(sys.base_prefix) / "LICENSE.txt",  # Windows
        Path(f"/usr/share/doc/libpython{version}-minimal/copyright"),  # Debian
        Path(f"/usr/share/doc/python{version}-minimal/copyright"),
        Path(f"/usr/share/doc/python{version}/copyright"),
    ]


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return target


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
