#!/usr/bin/env bash
# Everything that must hold: builds with warnings as errors, checks the format, runs the unit, component and browser tests.
# Installs what is missing (Debian's chromium, strace for the fault tests and nginx-light for the proxy tests, where apt may). Ends with "tests: N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 HOME="${HOME:-$(mktemp -d)}"

fail() { printf '%s\n' "$1" >&2; exit 1; }

find_chromium() { command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome; }

install_package() {
  local may=""
  [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && may="sudo -n"; } || return 1
  command -v apt-get >/dev/null || return 1
  echo "Installing $1 for the $2 tests."
  $may apt-get update -qq && DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq "$1" >/dev/null
}

command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it from https://dotnet.microsoft.com/download."
find_chromium >/dev/null || install_package chromium browser
# Without it those tests are skipped, and say so.
command -v strace >/dev/null || install_package strace fault || echo "strace is missing: the tests that need it are skipped."
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || install_package nginx-light proxy || echo "nginx is missing: the tests that need it are skipped."
CHROMIUM=$(find_chromium) || fail "The browser tests need Chromium: install the package \"chromium\", or set CHROMIUM to its path."
export CHROMIUM

dotnet build NotifyDashboard.slnx -warnaserror --nologo -v quiet || fail "The build failed."
dotnet format NotifyDashboard.slnx --verify-no-changes --no-restore || fail "The format is off: run \"dotnet format\"."

# The modules' types. A stranger's machine may have no npm, and nothing else needs it.
if command -v npx >/dev/null; then npx --yes -p typescript@5.9.3 tsc -p wwwroot-shared || fail "The modules' types are wrong."; else echo "npm is missing: the modules' types are not checked."; fi

# Small: that it works, not how fast it is.
bench() { dotnet run --project bench --no-build -- "$@" >"$results/log" 2>&1 || { cat "$results/log"; fail "The bench does not run: $*"; }; }
measure() { bench "$@" --runs 1 --app NotifyDashboard/bin/Debug/net10.0 --out "$results"; }
results=$(mktemp -d)
bench history --rows 2000 --runs 3
bench inbox --rows 2000 --recipients 20 --runs 20
bench retention --rows 2000 --gone 500
if [ "$(uname)" = Linux ]; then
  measure fanout --server hub,naive,raw --connections 50
  measure steady --connections 50 --seconds 1 --warm 5 --match 2
  measure overload --connections 100 --seconds 1 --warm 5
  measure memory --connections 50 --seconds 1
  measure storm --connections 50 --seconds 1
  measure publish --connections 8 --seconds 0.5
  measure topics --topics 2,50 --seconds 0.5 --warm 20
fi
# As it is installed, which downloads more than a build does.
dotnet publish NotifyDashboard -c Release -o "$results/app" --nologo -v quiet || fail "It cannot be published."
[ -s "$results/app/wwwroot/shared/notify-badge.js.gz" ] || fail "What is published lacks the browser modules."
rm -rf "$results"

passed=0 failed=0 skipped=0 broken=0
run() {
  local log
  log=$(mktemp)
  dotnet test --project "$1" --no-build 2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  count() { awk -v key="$1:" '$1 == key { n = $2 } END { print n + 0 }' "$log"; }
  passed=$((passed + $(count succeeded)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count skipped)))
  # A run that ended badly without a failed test (a crash, no test found) is a failure too.
  [ "$code" = 0 ] || [ "$(count failed)" -gt 0 ] || broken=1
  rm -f "$log"
}

# One after the other: deadlines are behaviour here, and two suites at once would not leave them the machine.
run NotifyDashboard.Tests
run e2e

failed=$((failed + broken))
if [ "$skipped" -gt 0 ]; then echo "tests: $passed passed, $failed failed, $skipped skipped"; else echo "tests: $passed passed, $failed failed"; fi
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
