"""Anki packages, .apkg and .colpkg: a zip with an SQLite database of notes.

Everything happens in memory and is counted while it is read; nothing is written to the disk. Of the zip only the
members with the names that Anki gives a collection are read.
"""

import io
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from interview_coach.transcripts.anki_collection import SQLITE, notes_of
from interview_coach.transcripts.anki_notes import Left, common_deck, deck_tags, entry_of, told
from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.source import Source

if TYPE_CHECKING:
    import zipfile

#: The collection under the names that Anki has given it, newest first. Beside a newer one the oldest only asks the
#: person to update Anki.
_ZSTD = "collection.anki21b"
_COLLECTIONS = (_ZSTD, "collection.anki21", "collection.anki2")

#: How large a member may become, and how large the zip's list of members: 150,000 pictures or so.
_MOST = 50_000_000
_LONGEST_LIST = 8_000_000
_CHUNK = 1 << 16
#: The most memory that a compressed stream may ask for to look back into; Anki asks for 2 MB.
_WINDOW = 1 << 26
_BEGINNING = b"PK\x03\x04"

_NO_ZIP = "the file is no zip file, as Anki packages are, or it is cut short"
_DAMAGED = "the Anki package is damaged, or was cut short on its way"
_TOO_LARGE = f"the notes in the Anki package are larger than {_MOST // 1_000_000} MB"
#: What the collection for old programs says in a package that is not for them.
_UPDATE = "Please update to the latest Anki version"
_NO_COLLECTION = "the zip file holds no Anki collection"


def likeness(source: Source) -> Likeness | None:
    """Return whether the bytes are a zip file that names a collection of Anki's."""
    content = source.content
    if not content.startswith(_BEGINNING):
        return None
    for part in (content[:_CHUNK], content[-_LONGEST_LIST:]):
        if b"collection.anki2" in part:
            return Likeness(0.97, "it is a zip file with an Anki collection in it")
    return Likeness(0.3, "it is a zip file")


def read(source: Source, *, interviewer: str | None = None) -> Found:  # noqa: ARG001 (nobody speaks in a deck)
    """Read the notes of a package, in the order in which they were made. Raises NoTurns, whatever the bytes are."""
    notes = notes_of(_collection(source.content))
    entries: list[Entry] = []
    left: list[tuple[int, str]] = []
    for note in notes:
        found = entry_of(note.note_type, note.values, tags=(*deck_tags(note.deck), *note.tags))
        if isinstance(found, Left):
            left.append((0, found.reason))
        else:
            entries.append(found)
    if not notes:
        raise NoTurns("there is no note in the Anki package")
    if len(notes) == 1 and notes[0].values[0].startswith(_UPDATE):
        raise NoTurns("the Anki package was written by a newer Anki than is known here; export it for older ones")
    if not entries:
        raise NoTurns("no note in the Anki package asks anything in words")
    return Found(tuple(entries), tuple(told(sorted(left))), title=common_deck({note.deck for note in notes}))


def _collection(content: bytes) -> bytes:
    """Return the bytes of the newest collection in a package."""
    import zipfile  # late, as below: few files are packages
    import zlib

    import zstandard

    try:
        if _length_of_list(content) > _LONGEST_LIST:
            raise NoTurns("the zip file lists more members than an Anki package has")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.infolist()
            for name in _COLLECTIONS:
                named = [member for member in listed if member.filename == name]
                if len(named) > 1:
                    raise NoTurns(f"the Anki package holds more than one {name}")
                if named:
                    return _member(package, named[0])
            if any(member.filename.lower().endswith((".apkg", ".colpkg")) for member in listed):
                raise NoTurns("the zip file holds an Anki package: take that out of it, then import it")
    except zipfile.BadZipFile:
        raise NoTurns(_NO_ZIP if not content.startswith(_BEGINNING) else _DAMAGED) from None
    except (
        zlib.error,
        zstandard.ZstdError,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        raise NoTurns(_DAMAGED) from None
    raise NoTurns(_NO_COLLECTION)


def _member(package: "zipfile.ZipFile", member: "zipfile.ZipInfo") -> bytes:
    import zipfile

    import zstandard

    if member.flag_bits & 1:
        raise NoTurns("the Anki package is locked with a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NoTurns("the Anki package is compressed in a way that Anki does not use")
    with package.open(member) as stream:
        content = _counted(stream.read)
    if member.filename != _ZSTD or content.startswith(SQLITE):
        return content
    unpacking = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    with unpacking.stream_reader(content) as stream:
        unpacked = _counted(stream.read)
    if zstandard.frame_content_size(content) not in (len(unpacked), -1):
        raise NoTurns(_DAMAGED)
    return unpacked


def _counted(read: Callable[[int], bytes]) -> bytes:
    """Return all that can be read, as long as it is not too much, whatever sizes were promised."""
    parts: list[bytes] = []
    size = 0
    while part := read(_CHUNK):
        size += len(part)
        if size > _MOST:
            raise NoTurns(_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _length_of_list(content: bytes) -> int:
    """Return how long a zip file says that its list of members is; 0 where it has no end to say so.

    Python makes an object of several hundred bytes of each member as soon as the file is opened.
    """
    end = content.rfind(b"PK\x05\x06", max(len(content) - 66_000, 0))
    if end < 0 or end + 22 > len(content):
        return 0
    length: int = struct.unpack_from("<I", content, end + 12)[0]
    large = end - 20 - 56
    if large >= 0 and content.startswith(b"PK\x06\x06", large):
        length = max(length % 0xFFFFFFFF, struct.unpack_from("<Q", content, large + 40)[0])
    return length
