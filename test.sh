#!/usr/bin/env bash
# Everything that must hold: builds with warnings as errors, checks the format, runs the unit, component and browser tests.
# Installs what is missing (Debian's chromium and its headless shell, strace for the fault tests, nginx-light for the proxy tests and firefox-esr for the Firefox test, where apt may). Ends with "tests: N passed, N failed".
# With --thorough as many rounds and as large floods as a release deserves. Prints the ten slowest tests.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 HOME="${HOME:-$(mktemp -d)}"

case "${1:-}" in
  "") ;;
  --thorough) export NOTIFYDASHBOARD_THOROUGH=1 ;;
  *) echo "Usage: ./test.sh [--thorough]" >&2; exit 1 ;;
esac

fail() { printf '%s\n' "$1" >&2; exit 1; }

# The tests look for it in the same places (e2e/Harness/Browsers.cs); the folders are where Playwright installs on Linux and macOS.
has_playwright_chromium() {
  compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*" || compgen -G "$HOME/Library/Caches/ms-playwright/chromium-*"
}
has_chromium() {
  command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome || has_playwright_chromium || [ -d "/Applications/Google Chrome.app" ]
}

updated=""
install_package() {
  local may=""
  [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && may="sudo -n"; } || return 1
  command -v apt-get >/dev/null || return 1
  echo "Installing $1 for the $2 tests."
  [ -n "$updated" ] || $may apt-get update -qq
  updated=1
  DEBIAN_FRONTEND=noninteractive $may apt-get install -y -qq "$1" >/dev/null
}

command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it from https://dotnet.microsoft.com/download."
# The shell opens pages three times as fast; two tests need the whole browser.
command -v chromium-headless-shell >/dev/null || [ -n "${CHROMIUM:-}" ] || has_playwright_chromium >/dev/null || install_package chromium-headless-shell browser
has_chromium >/dev/null || install_package chromium browser
has_chromium >/dev/null || fail "The browser tests need Chromium: install the package \"chromium\", or set CHROMIUM to its path."

command -v node >/dev/null && command -v npm >/dev/null || fail "Node.js 20 or later with npm is missing: a publish bundles the browser modules with it. Install it from https://nodejs.org."
command -v strace >/dev/null || install_package strace fault || echo "strace is missing: the tests that need it are skipped."
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || install_package nginx-light proxy || echo "nginx is missing: the tests that need it are skipped."
command -v firefox-esr >/dev/null || install_package firefox-esr Firefox || echo "firefox-esr is missing: the test that needs it is skipped."

dotnet build NotifyDashboard.slnx -warnaserror --nologo -v quiet || fail "The build failed."
# The build checks the style as well; a thorough run asks for all of it once more, which takes a minute.
if [ -n "${NOTIFYDASHBOARD_THOROUGH:-}" ]; then format=(format); else format=(format whitespace); fi
dotnet "${format[@]}" NotifyDashboard.slnx --verify-no-changes --no-restore || fail "The format is off: run \"dotnet format\"."

# The benches and the browser tests run the published application. The build has run the analyzers.
results=$(mktemp -d)
export NOTIFYDASHBOARD_APP="$results/app"
dotnet publish NotifyDashboard -c Release -o "$NOTIFYDASHBOARD_APP" --nologo -v quiet -p:RunAnalyzers=false || fail "It cannot be published."
# The publish has installed what this needs.
npm run --silent --prefix wwwroot-shared check || fail "The modules' types are wrong."

dotnet run --project bench --no-build -- check --app "$NOTIFYDASHBOARD_APP" --out "$results" >"$results/log" 2>&1 || { cat "$results/log"; fail "A bench does not run."; }

passed=0 failed=0 skipped=0 broken=0
run() {
  local log="$results/log"
  # A folder that is there already is taken for a project's.
  dotnet test --project "$1" --no-build -- --report-xunit --report-xunit-filename tests.xml --results-directory "$results/$1" 2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  count() { awk -v key="$1:" '$1 == key { n = $2 } END { print n + 0 }' "$log"; }
  passed=$((passed + $(count succeeded)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count skipped)))
  # A run that ended badly without a failed test (a crash, no test found) is a failure too.
  [ "$code" = 0 ] || [ "$(count failed)" -gt 0 ] || broken=1
}

# For what a trace shows: what failed stays failed.
trace_failed() {
  local names
  names=$(grep -ho '<test [^>]*' "$results/e2e/tests.xml" | grep ' result="Fail"' | sed -E 's/.* type="([^"]*)" method="([^"]*)".*/\1.\2/' | sort -u | head -10)
  [ -n "$names" ] || return
  echo "Once more with traces, into e2e/bin/Debug/net10.0/TestResults/traces:"
  # shellcheck disable=SC2086 # one argument each
  NOTIFYDASHBOARD_TRACE=1 dotnet test --project e2e --no-build -- --filter-method $names
}

# One after the other: deadlines are behaviour here, and two suites at once would not leave them the machine.
run NotifyDashboard.Tests
run e2e
trace_failed
echo "The ten slowest tests, in seconds:"
grep -ho '<test [^>]*' "$results"/*/tests.xml | sed -E 's/.* name="([^"]*)".* time="([0-9.]*)".*/\2 \1/' | LC_ALL=C sort -rn | cut -c1-140 | head
rm -rf "$results"

failed=$((failed + broken))
if [ "$skipped" -gt 0 ]; then echo "tests: $passed passed, $failed failed, $skipped skipped"; else echo "tests: $passed passed, $failed failed"; fi
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
