#!/bin/sh
# Makes the disk image for macOS from dist/Interview Coach.app, which bootstrap.py build makes. NOT YET RUN on any macOS.
# Use: packaging/macos/make_dmg.sh VERSION
# Signing and notarisation wait for a certificate: they are done where SIGN_AS names the identity ("Developer ID
# Application: …") and NOTARY_PROFILE a profile of `xcrun notarytool store-credentials`.
# The candidate's data is in ~/Library/Application Support/interview-coach; dragging the program to the bin leaves it.
set -eu
[ $# = 1 ] || { sed -n '3p' "$0" | cut -c3- >&2; exit 2; }
version=$1
cd "$(dirname "$0")/../.."
app="dist/Interview Coach.app"
[ -d "$app" ] || { echo "There is no $app: python3 packaging/bootstrap.py build makes it." >&2; exit 66; }
image="dist/interview-coach-$version-macos-$(uname -m).dmg"

if [ -n "${SIGN_AS:-}" ]; then
    # From the inside out: each library first, then the whole, with the hardened runtime that notarisation asks for.
    find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
        codesign --force --options runtime --timestamp --sign "$SIGN_AS" {} +
    codesign --force --options runtime --timestamp --sign "$SIGN_AS" \
        --entitlements packaging/macos/entitlements.plist "$app"
    codesign --verify --deep --strict "$app"
else
    echo "Not signed: SIGN_AS is not set. macOS opens it only after it was allowed in its settings."
fi

content=$(mktemp -d)
trap 'rm -rf "$content"' EXIT
cp -R "$app" "$content/"
ln -s /Applications "$content/Applications"
rm -f "$image"
hdiutil create -volname "Interview Coach $version" -srcfolder "$content" -format UDZO -ov "$image"

if [ -n "${SIGN_AS:-}" ]; then
    codesign --timestamp --sign "$SIGN_AS" "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
