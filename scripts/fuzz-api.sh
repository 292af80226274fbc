#!/usr/bin/env bash
# Lets schemathesis send whatever the committed OpenAPI file allows, and what it does not allow, to a fresh server for a minute.
# Fails on a 500, and on any answer that the file does not describe. Schemathesis is kept in a cache folder.
# Exit code 75: it cannot be had (no Python 3, or the package cannot be fetched).
#   SECONDS_TO_FUZZ=60 SEED=1 scripts/fuzz-api.sh
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=4.32.5
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/fok-schemathesis-$VERSION"

unavailable() {
  echo "schemathesis: $1" >&2
  exit 75
}

if [ ! -x "$CACHE/bin/schemathesis" ]; then
  command -v python3 >/dev/null || unavailable 'Python 3 is not on the PATH'
  python3 -m venv "$CACHE" || unavailable 'no place for a Python package'
  "$CACHE/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$VERSION" || unavailable 'the package cannot be fetched'
fi

node scripts/ensure-built.mjs
WORK=$(mktemp -d)
# There before the server is, whose shell may take its time.
: >"$WORK/messages"
EVENT_STORE=memory VIEW_STORE=memory PORT=0 LOG_LEVEL=error node dist/main.js >"$WORK/log" 2>"$WORK/messages" &
SERVER=$!
trap 'kill "$SERVER" 2>/dev/null || true; rm -rf "$WORK"' EXIT
for _ in $(seq 100); do
  URL=$(sed -n 's/^Listening on \([^ ]*\) .*/\1/p' "$WORK/messages")
  [ -n "$URL" ] && break
  sleep 0.2
done
if [ -z "$URL" ]; then cat "$WORK/messages" >&2; exit 1; fi
node scripts/fuzz-seed.mjs "$URL"

# If-Match: * lets commands through to what they decide on. Health checks of the generator are not about us.
STATUS=0
(cd "$WORK" && "$CACHE/bin/schemathesis" run "$OLDPWD/docs/reference/openapi.json" --url "$URL" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
  --header 'If-Match: *' --header 'X-Actor-Id: fuzzer' --header 'X-Actor-Role: ADMINISTRATOR' \
  --max-time "${SECONDS_TO_FUZZ:-60}" --seed "${SEED:-1}" --continue-on-failure --suppress-health-check all --warnings off --no-color) || STATUS=$?

if [ -s "$WORK/log" ]; then
  echo 'The server logged errors:' >&2
  cat "$WORK/log" >&2
  STATUS=1
fi
exit "$STATUS"
