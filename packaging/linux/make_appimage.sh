#!/bin/sh
# Makes an AppImage from the archive for Linux. NOT YET RUN: appimagetool is in no package registry; have it on the PATH.
# Use: packaging/linux/make_appimage.sh dist/interview-coach-VERSION-linux-ARCHITECTURE.tar.gz
set -eu
[ $# = 1 ] || { sed -n '3p' "$0" | cut -c3- >&2; exit 2; }
command -v appimagetool >/dev/null || { echo "appimagetool is not on the PATH." >&2; exit 69; }
id=io.github.interview_coach.InterviewCoach
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/usr/lib" "$folder/usr/bin"
tar -xzf "$1" -C "$folder" --strip-components=1
mv "$folder/interview-coach" "$folder/usr/lib/"
mv "$folder/share" "$folder/usr/"
rm "$folder/install.sh"
ln -s ../lib/interview-coach/interview-coach "$folder/usr/bin/interview-coach"
ln -s usr/bin/interview-coach "$folder/AppRun"
cp "$folder/usr/share/applications/$id.desktop" "$folder/"
cp "$folder/usr/share/icons/hicolor/scalable/apps/$id.svg" "$folder/"
appimagetool "$folder" "${1%.tar.gz}.AppImage"
