# shellcheck shell=sh
# What the tests of the command line share: a folder of their own, a fixed clock, the program, and a small journal.
. "$top_srcdir/tests/tap.sh"
folder=$(mktemp -d "${TMPDIR:-/tmp}/rapport-cli-XXXXXX") || exit 99
trap 'rm -rf "$folder"' EXIT
trap 'exit 99' HUP INT TERM
export HOME="$folder/home" XDG_DATA_HOME="$folder/data" XDG_CONFIG_HOME="$folder/config" XDG_STATE_HOME="$folder/state"
export RAPPORT_NOW=2026-11-22T09:30 RAPPORT_JOURNAL="$folder/journal.db"
unset PAGER COLUMNS
mkdir -p "$HOME"
rapport="$top_builddir/rapport"

# run STATUS ARGUMENT ...: runs the program with standard input from nowhere; its output is in $out, its messages in
# $messages; $wrong says when the exit status is another.
run() {
  wanted=$1
  shift
  out=$("$rapport" "$@" 2>"$folder/messages" </dev/null)
  status=$?
  messages=$(cat "$folder/messages")
  wrong=
  [ "$status" -eq "$wanted" ] || wrong="rapport $* ended with $status instead of $wanted: $messages"
}

# says NAME STATUS WORDS ARGUMENT ...: passes when the command ends so and its output or messages hold the words.
says() {
  name=$1 wanted=$2 words=$3
  shift 3
  run "$wanted" "$@"
  case "$out$messages" in
    *"$words"*) ;;
    *) wrong="${wrong:-rapport $*} does not say \"$words\": $out $messages" ;;
  esac
  tap "$name" "$wrong"
}

# lacks NAME WORDS ARGUMENT ...: passes when the command is done and does not print the words.
lacks() {
  name=$1 words=$2
  shift 2
  run 0 "$@"
  case "$out" in *"$words"*) wrong="rapport $* says \"$words\": $out" ;; esac
  tap "$name" "$wrong"
}

# note STATUS TEXT ARGUMENT ...: `rapport log ARGUMENT ... -` with the text on standard input.
note() {
  wanted=$1 text=$2
  shift 2
  out=$(printf '%s\n' "$text" | "$rapport" log "$@" - 2>"$folder/messages")
  status=$?
  messages=$(cat "$folder/messages")
  wrong=
  [ "$status" -eq "$wanted" ] || wrong="rapport log ended with $status instead of $wanted: $messages"
}

# json NAME CHECK ...: passes when the last run was as it should be and its output is one JSON value for which each CHECK of
# tests/json_at.c holds. json_lines: the same for one value a line, as an array.
json() { json_checked '' "$@"; }
json_lines() { json_checked -l "$@"; }
json_checked() {
  how=$1 name=$2
  shift 2
  # shellcheck disable=SC2086 # no word or one
  tap "$name" "$wrong$(printf '%s\n' "$out" | "$top_builddir/tests/json_at" $how "$@" 2>&1)"
}

# The worked example of the engine's page, as of 2026-11-22.
worked_example() {
  cat >"$folder/example.jsonl" <<'END'
{"format":"rapport-journal","version":1,"source":"example"}
{"type":"salesperson","id":"s1","name":"Anna Laine","me":true}
{"type":"customer","id":"c1","name":"Saimaa Valves Oy","tier":"B"}
{"type":"contact","id":"p1","name":"Maija Virtanen","customer":"c1","role":"decision_maker"}
{"type":"relationship","id":"r1","salesperson":"s1","contact":"p1"}
{"type":"interaction","id":"i1","at":"2026-08-04","channel":"meeting","contacts":["p1"],"salespeople":["s1"]}
{"type":"interaction","id":"i2","at":"2026-09-03","channel":"meeting","contacts":["p1"],"salespeople":["s1"]}
{"type":"interaction","id":"i3","at":"2026-10-03","channel":"meeting","contacts":["p1"],"salespeople":["s1"]}
{"type":"interaction","id":"i4","at":"2026-11-12","channel":"video","contacts":["p1"],"salespeople":["s1"]}
{"type":"disclosure","id":"d01","relationship":"r1","date":"2026-08-04","discloser":"salesperson","domain":"business","layer":1}
{"type":"disclosure","id":"d02","relationship":"r1","date":"2026-08-04","discloser":"customer","domain":"business","layer":1}
{"type":"disclosure","id":"d03","relationship":"r1","date":"2026-08-04","discloser":"salesperson","domain":"self","layer":1}
{"type":"disclosure","id":"d04","relationship":"r1","date":"2026-08-04","discloser":"customer","domain":"self","layer":1}
{"type":"disclosure","id":"d05","relationship":"r1","date":"2026-09-03","discloser":"salesperson","domain":"business","layer":2}
{"type":"disclosure","id":"d06","relationship":"r1","date":"2026-09-03","discloser":"salesperson","domain":"self","layer":2}
{"type":"disclosure","id":"d07","relationship":"r1","date":"2026-10-03","discloser":"salesperson","domain":"business","layer":2}
{"type":"disclosure","id":"d08","relationship":"r1","date":"2026-10-03","discloser":"customer","domain":"business","layer":2}
{"type":"disclosure","id":"d09","relationship":"r1","date":"2026-10-03","discloser":"salesperson","domain":"self","layer":2}
{"type":"disclosure","id":"d10","relationship":"r1","date":"2026-10-03","discloser":"customer","domain":"self","layer":2}
{"type":"disclosure","id":"d11","relationship":"r1","date":"2026-11-12","discloser":"customer","domain":"business","layer":2}
{"type":"disclosure","id":"d12","relationship":"r1","date":"2026-11-12","discloser":"customer","domain":"self","layer":2}
{"type":"evaluation","id":"e1","relationship":"r1","date":"2026-11-12","viewpoint":"own","items":[{"kind":"benefit","code":"revenue","score":4},{"kind":"benefit","code":"trust","score":3},{"kind":"cost","code":"time","score":3}]}
END
  run 0 import jsonl "$folder/example.jsonl"
  [ -z "$wrong" ] || { echo "Bail out! $wrong"; exit 99; }
}
