#!/usr/bin/env bash
# Kills a sweep again and again with SIGKILL, goes on with it each time, and checks that in the end
# every centre has one line, and that the lines are those of a sweep that nobody killed.
# Run it from the repository's root after a build: cli/src/test/scripts/kill-sweep.sh [KILLS]
set -euo pipefail
kills=${1:-8}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

sweep() {
  exec java -Xshare:auto -XX:+UseSerialGC -cp cli/target/crease-cli.jar dev.crease.cli.Main \
    sweep local --network examples/brusselator-b.onnx --fix 2=2.1 --grid 0:3:12,0:3:12 \
    --out "$folder/$1.jsonl" --csv "$folder/$1.csv"
}

count() {
  if [ -f "$folder/killed.jsonl" ]; then wc -l <"$folder/killed.jsonl"; else echo 0; fi
}

for ((i = 1; i <= kills; i++)); do
  sweep killed >/dev/null 2>&1 &
  pid=$!
  # Not before it has done something.
  before=$(count)
  for ((wait = 0; wait < 300 && $(count) <= before; wait++)); do sleep 0.05; done
  sleep "0.$((RANDOM % 400 + 100))"
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  # Half a line, as a machine that lost its power leaves it.
  if ((i % 2 == 0)) && [ -s "$folder/killed.jsonl" ]; then
    printf '{"index":99,"center":[0.0' >>"$folder/killed.jsonl"
  fi
  echo "after kill $i: $(count) lines"
done
(sweep killed) >"$folder/summary"
sed -n 3p "$folder/summary"
(sweep whole) >/dev/null

python3 - "$folder" <<'PY'
import csv, json, sys
def lines(name):
    header, *rest = [json.loads(l) for l in open(f"{sys.argv[1]}/{name}.jsonl")]
    assert len(rest) == 144, len(rest)
    for line in rest:
        line.pop("seconds")
    indices = [line["index"] for line in rest]
    table = list(csv.DictReader(open(f"{sys.argv[1]}/{name}.csv")))
    assert [int(row["index"]) for row in table] == indices
    return header, sorted(rest, key=lambda line: line["index"])
killed, whole = lines("killed"), lines("whole")
assert [line["index"] for line in whole[1]] == list(range(144))
assert killed == whole
print("the lines are those of a sweep that nobody killed")
PY
