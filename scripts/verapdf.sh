#!/usr/bin/env bash
# Holds documents of every kind against their standards with veraPDF, the validator of the PDF Association: PDF/UA-1 for
# reading, PDF/A-3a for the archive. Exit code 75: it cannot be had here (Java 17 and Maven, or what Maven loads, are
# missing).
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.28.2

unavailable() {
  echo "veraPDF: $1" >&2
  exit 75
}

command -v java >/dev/null && command -v mvn >/dev/null || unavailable 'Java or Maven is not on the PATH'

kept=${XDG_CACHE_HOME:-$HOME/.cache}/fok-verapdf/$version
if [ ! -e "$kept/whole" ]; then
  mkdir -p "$kept"
  cat > "$kept/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>check</groupId><artifactId>check</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
  timeout 300 mvn -q -B -f "$kept/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DoutputDirectory="$kept/lib" >"$kept/mvn.log" 2>&1 || unavailable "Maven could not load it: $kept/mvn.log"
  touch "$kept/whole"
fi

documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
node --import ./test/support/typescript.mjs test/support/print-samples.ts "$documents"

validated() {
  local flavour=$1
  shift
  local answer
  answer=$(java -cp "$kept/lib/*" org.verapdf.apps.GreenfieldCliWrapper --flavour "$flavour" --format text "$@") || true
  printf '%s\n' "$answer" | sed "s#$documents/##"
  # One line a document; a document that is not told of was not looked at.
  [ "$(printf '%s\n' "$answer" | grep -c '^PASS ')" -eq $# ]
}
validated ua1 "$documents"/*.ua-1.pdf
validated 3a "$documents"/*.a-3a.pdf
