"""What people download for Linux, made from the bundle: a Debian package, and an archive with an install script."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

import bundle
import qt_platform
from steps import UNAVAILABLE, Stop, run_step, say
from versions import APPLICATION_ID, version, whats_new

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

NAME = bundle.NAME

#: Debian's names of the processors.
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

#: What the program needs of a system beyond what its own libraries name: libraries that Qt loads by itself.
BY_THEMSELVES = ("libstdc++6", "libgcc-s1", "libx11-6", "libx11-xcb1", "libcups2")

CONTROL = """\
Package: interview-coach
Version: {version}
Architecture: {architecture}
Maintainer: the Interview Coach contributors <interview-coach@localhost>
Installed-Size: {kibibytes}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-liberation | fonts-noto-core
Section: education
Priority: optional
Description: rehearse job interviews alone and offline
 A window asks one question at a time from interviews that were held. You type
 your answer, judge it yourself, and then see what was answered at the time and
 how it was rated. Answers are kept in a folder of your own, which stays when
 this package is removed. Nothing is ever sent.
"""


def make(environment: Environment) -> list[Path]:
    """Make the bundle and, on Linux, all that people download; return these files.

    Raises Stop where a tool is missing.
    """
    folder = bundle.make(environment)
    if sys.platform != "linux":
        say("The installers of this system are made from the bundle by the recipe in packaging (see the README).")
        return []
    if shutil.which("dpkg-deb") is None:
        raise Stop("dpkg-deb is not here: it makes the Debian package, and comes with Debian's dpkg.", UNAVAILABLE)
    when = bundle.commit_time(environment.root)
    icons = environment.root / "build" / "icons"
    made = [deb(environment.root, folder, icons, when), archive(environment.root, folder, icons, when)]
    for file in made:
        say(f"{file.relative_to(environment.root)}: {file.stat().st_size / 1e6:.1f} MB")
    sums = environment.root / "dist" / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made))
    return [*made, sums]


def shared_files(root: Path, icons: Path) -> dict[str, bytes]:
    """Return what a desktop is told of the program, by its place below a `share` folder."""
    linux = root / "packaging" / "linux"
    files = {
        f"applications/{APPLICATION_ID}.desktop": (linux / f"{APPLICATION_ID}.desktop").read_bytes(),
        f"metainfo/{APPLICATION_ID}.metainfo.xml": metainfo(root).encode(),
        f"mime/packages/{APPLICATION_ID}.xml": (linux / f"{APPLICATION_ID}.xml").read_bytes(),
        f"icons/hicolor/scalable/apps/{APPLICATION_ID}.svg": (linux / f"{NAME}.svg").read_bytes(),
    }
    for picture in sorted(icons.glob("*.png")):
        place = f"icons/hicolor/{picture.stem}x{picture.stem}/apps/{APPLICATION_ID}.png"
        files[place] = picture.read_bytes()
    return files


def metainfo(root: Path) -> str:
    """Return what software centres show, with what is new in each version."""
    from xml.sax.saxutils import escape

    releases = "".join(
        f'    <release version="{release.version}" date="{release.day}">\n      <description>\n        <ul>\n'
        + "".join(f"          <li>{escape(line)}</li>\n" for line in release.news)
        + "        </ul>\n      </description>\n    </release>\n"
        for release in whats_new(root)
        if release.day
    )
    told = (root / "packaging" / "linux" / f"{APPLICATION_ID}.metainfo.xml").read_text(encoding="utf-8")
    return told.replace("  <releases>\n", f"  <releases>\n{releases}")


def deb(root: Path, folder: Path, icons: Path, when: int) -> Path:
    """Make the Debian package: the bundle in /opt, its name in /usr/bin, and what a desktop is told of it."""
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    tree = root / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "opt" / NAME, symlinks=True)
    for place, content in shared_files(root, icons).items():
        _write(tree / "usr" / "share" / place, content)
    _write(
        tree / "usr" / "share" / "doc" / NAME / "copyright",
        (folder / "_internal" / "licences" / "README.txt").read_bytes(),
    )
    news = io.BytesIO()
    with gzip.GzipFile(fileobj=news, mode="wb", mtime=0) as packed:
        packed.write((root / "resources" / "whats-new.md").read_bytes())
    _write(tree / "usr" / "share" / "doc" / NAME / "NEWS.gz", news.getvalue())
    program = tree / "usr" / "bin" / NAME
    program.parent.mkdir(parents=True)
    program.symlink_to(f"/opt/{NAME}/{NAME}")
    held = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    # Debian's tools do not read what is in the folder, so what it needs is found out here.
    control = CONTROL.format(
        version=version(root),
        architecture=architecture,
        kibibytes=sum(-(-path.stat().st_size // 1024) for path in held),
        depends=", ".join(needs(folder)),
    )
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in held)  # noqa: S324 - dpkg's own
    _write(tree / "DEBIAN" / "control", control.encode())
    _write(tree / "DEBIAN" / "md5sums", sums.encode())
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    made = root / "dist" / f"{NAME}_{version(root)}_{architecture}.deb"
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
    command: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, made]
    run_step("Making the Debian package", command, environment=variables)
    return made


def needs(folder: Path) -> list[str]:
    """Return the Debian packages that the bundle needs, the C library with its least version."""
    packages = [*qt_platform.QT, *qt_platform.X11, *qt_platform.WAYLAND, *BY_THEMSELVES]
    return [f"libc6 (>= {least_glibc(folder)})", *sorted(set(packages))]


def least_glibc(folder: Path) -> str:
    """Return the oldest version of the C library that has all that the bundle's libraries call."""
    found = {(2, 0)}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or not _is_library(path):
            continue
        told = subprocess.run(["objdump", "-T", path], capture_output=True, text=True, check=True).stdout
        found |= {(int(major), int(minor)) for major, minor in re.findall(r"\bGLIBC_(\d+)\.(\d+)", told)}
    major, minor = max(found)
    return f"{major}.{minor}"


def _is_library(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def archive(root: Path, folder: Path, icons: Path, when: int) -> Path:
    """Make the archive for any other Linux: the bundle, what a desktop is told of it, a script that installs both."""
    top = f"{NAME}-{version(root)}"
    made = root / "dist" / f"{top}-linux-{platform.machine()}.tar.gz"
    script = (root / "packaging" / "linux" / "install.sh").read_bytes()
    with (
        made.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=when) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):

        def add(name: str, content: bytes, mode: int) -> None:
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mode, entry.mtime = len(content), mode, when
            tar.addfile(entry, io.BytesIO(content))

        add("install.sh", script, 0o755)
        for place, content in shared_files(root, icons).items():
            add(f"share/{place}", content, 0o644)
        for path in sorted(folder.rglob("*")):
            name = f"{NAME}/{path.relative_to(folder).as_posix()}"
            if path.is_symlink():
                entry = tarfile.TarInfo(f"{top}/{name}")
                entry.type, entry.linkname, entry.mtime = tarfile.SYMTYPE, str(path.readlink()), when
                tar.addfile(entry)
            elif path.is_file():
                add(name, path.read_bytes(), 0o755 if os.access(path, os.X_OK) else 0o644)
    return made


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
