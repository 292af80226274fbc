#!/usr/bin/env bash
# Runs a command beside FerretDB 1.24, a MongoDB-protocol server on SQLite files that shares no code with ours:
#
#   scripts/ferretdb.sh npm test -- test/contract/view-store.mongodb.contract.spec.ts
#
# Builds the server once into a cache folder (FERRETDB_CACHE, default ~/.cache/fok-ferretdb), starts it on a free
# loopback port with an empty folder, sets FERRETDB_URL for the command, and stops it afterwards.
# Exit code: that of the command; 75 when the server could not be had (no Go, or its modules cannot be fetched).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${FERRETDB_CACHE:-$HOME/.cache/fok-ferretdb}
program=$cache/ferretdb-1.24.0

unavailable() {
  echo "ferretdb: $1" >&2
  exit 75
}

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 64; }

if [ ! -x "$program" ]; then
  command -v go >/dev/null || unavailable 'Go is not on the PATH'
  mkdir -p "$cache"
  (cd "$here/ferretdb" && go build -o "$program.new" .) || unavailable 'the server could not be built'
  mv "$program.new" "$program"
fi

port=${FERRETDB_PORT:-$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')}
data=$(mktemp -d)
"$program" "127.0.0.1:$port" "$data" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

for _ in $(seq 100); do
  kill -0 "$server" 2>/dev/null || unavailable 'the server ended at once'
  if node -e 'const s = require("node:net").connect(process.argv[1], "127.0.0.1", () => process.exit(0)); s.on("error", () => process.exit(1))' "$port"; then
    # It shares the cores with the tests, so it is given more time to greet than a server that is there for the register alone.
    FERRETDB_URL="mongodb://127.0.0.1:$port/?serverSelectionTimeoutMS=30000&connectTimeoutMS=30000" "$@"
    exit $?
  fi
  sleep 0.1
done
unavailable 'the server did not answer within 10 seconds'
