#!/bin/sh
# Installs Interview Coach from this folder: for you alone in ~/.local, or with --prefix for everyone (as administrator).
# Your answers are elsewhere and are never touched, by --uninstall neither.
#
# Use: ./install.sh [--prefix FOLDER] [--uninstall]
set -eu

prefix=${HOME:-}/.local
remove=
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -ge 2 ] || { echo "--prefix needs a folder." >&2; exit 2; }; prefix=$2; shift 2 ;;
        --uninstall) remove=1; shift ;;
        *) sed -n '2,5p' "$0" | cut -c3- >&2; exit 2 ;;
    esac
done
case $prefix in /*) ;; *) echo "The folder to install in has to begin with a /: $prefix" >&2; exit 2 ;; esac

id=io.github.interview_coach.InterviewCoach
here=$(cd "$(dirname "$0")" && pwd)
program=$prefix/lib/interview-coach
share=$prefix/share

refresh() {
    # What a desktop keeps of all programs; where a tool is missing it finds out by itself.
    ! command -v update-desktop-database >/dev/null || update-desktop-database -q "$share/applications" || true
    ! command -v update-mime-database >/dev/null || update-mime-database "$share/mime" || true
    ! command -v gtk-update-icon-cache >/dev/null || gtk-update-icon-cache -q -t "$share/icons/hicolor" 2>/dev/null || true
}

take_away() {
    rm -f "$prefix/bin/interview-coach" "$share/applications/$id.desktop" "$share/metainfo/$id.metainfo.xml" \
        "$share/mime/packages/$id.xml" "$share"/icons/hicolor/*/apps/"$id".*
    rm -rf "$program"
}

if [ -n "$remove" ]; then
    if [ ! -e "$program" ]; then
        echo "Interview Coach is not installed in $prefix." >&2
        exit 1
    fi
    take_away
    refresh
    echo "Removed. Your answers are still where they were."
    exit 0
fi

if [ ! -x "$here/interview-coach/interview-coach" ]; then
    echo "The program is not beside this script: unpack the whole archive." >&2
    exit 1
fi
# Beside its place first, so that an older version is there until this one is whole.
mkdir -p "$prefix/lib" "$prefix/bin"
rm -rf "$program.new"
cp -R "$here/interview-coach" "$program.new"
take_away
mv "$program.new" "$program"
ln -s ../lib/interview-coach/interview-coach "$prefix/bin/interview-coach"
(cd "$here/share" && find . -type f) | while IFS= read -r file; do
    mkdir -p "$(dirname "$share/$file")"
    cp "$here/share/$file" "$share/$file"
done
# A desktop that does not look in that bin finds the program all the same.
sed "s|^Exec=interview-coach|Exec=\"$program/interview-coach\"|" "$here/share/applications/$id.desktop" \
    >"$share/applications/$id.desktop"
refresh
echo "Installed in $prefix. Start it from the menu, or with $prefix/bin/interview-coach"
