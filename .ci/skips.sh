#!/usr/bin/env bash
# Prints the skipped tests by class and reason, and fails on a reason that nobody expected.
set -euo pipefail
cd "$(dirname "$0")/.."

# What a backend does not claim, what it cannot be asked, and licences that this machine has not.
expected='claims no |takes no |proves nothing of |proves continuous models|proves integer models'
expected+='|cannot take |solves linear programs only|needs |certifies nothing|is unavailable: '
expected+='|does not tell|works on a grid|built without|refuses|splitting |chromium is not installed'

reasons=$(find . -path '*/surefire-reports/TEST-*.xml' -not -path './*/target/*/target/*' -print0 |
  xargs -0 awk '
    /<testcase / { match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12)
                   sub(/.*\./, "", class) }
    /<skipped/   { reason = "no reason given"
                   if (match($0, /message="[^"]*"/)) reason = substr($0, RSTART + 9, RLENGTH - 10)
                   else if (match($0, /Assumption failed: .*/)) reason = substr($0, RSTART + 19)
                   count[class ": " reason]++ }
    END { for (c in count) printf "%4d  %s\n", count[c], c }' | sort -k2)
echo "Skipped tests, by class and reason:"
echo "${reasons:-  none}"
unexpected=$(echo "$reasons" | grep -vE "$expected" | grep -v '^$' || true)
if [ -n "$unexpected" ]; then
  echo "Nobody expected these skips:" >&2
  echo "$unexpected" >&2
  exit 1
fi
