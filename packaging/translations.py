"""Renew resources/translations: English needs a file only for its plural forms ("1 question", "2 questions").

Run it with the project's own Python after a text with a number was added: `.venv/bin/python packaging/translations.py`.
A form is made from the text itself, whose "(s)" is left out for one and kept as "s" for more.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "translations" / "interview_coach_en.ts"


def main() -> int:
    """Read the texts out of the window's modules, fill in the forms, and compile the catalogue."""
    tools = Path(sys.executable).parent
    sources = [str(path) for path in sorted((ROOT / "interview_coach" / "ui").rglob("*.py"))]
    quiet = ["-silent", "-pluralonly", "-no-obsolete", "-locations", "none"]
    languages = ["-source-language", "en", "-target-language", "en"]
    update: list[str | Path] = [tools / "pyside6-lupdate", *quiet, *languages]
    subprocess.run([*update, *sources, "-ts", CATALOGUE], check=True)
    tree = ET.parse(CATALOGUE)  # noqa: S314 (written by the line above)
    for message in tree.iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        if translation is not None:
            translation.attrib.pop("type", None)
            for form, ending in zip(translation.findall("numerusform"), ("", "s"), strict=True):
                form.text = source.replace("(s)", ending)
    tree.write(CATALOGUE, encoding="utf-8", xml_declaration=True)
    subprocess.run([tools / "pyside6-lrelease", "-silent", CATALOGUE], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
