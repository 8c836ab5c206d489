#!/bin/sh
# Files and arguments that mean harm, or were made by other programs and in haste.
. "$top_srcdir/tests/cli_world.sh"

header='{"format":"rapport-journal","version":1,"source":"a\"b\\"}'

# lines NAME LINE ...: makes $folder/NAME.jsonl of a header and the lines.
lines() {
  file="$folder/$1.jsonl"
  shift
  printf '%s\n' "$header" "$@" >"$file"
}

# ---- import ----

lines refused '{"type":"customer","id":"c1","name":"Saimaa Valves Oy","teir":"A"}'
run 1 import jsonl "$file"
[ ! -e "$RAPPORT_JOURNAL" ] || wrong="${wrong}a journal was made"
tap 'import__that_is_refused_makes_no_journal' "$wrong"
lines good '{"type":"customer","id":"c1","name":"Saimaa Valves Oy"}'
run 0 import jsonl "$file" --dry-run
[ ! -e "$RAPPORT_JOURNAL" ] || wrong="${wrong}a journal was made"
tap 'import__dry_run_makes_no_journal' "$wrong"
printf '{"format":"other"}\n' >"$folder/other.jsonl"
says 'import__of_another_header_names_file_and_line' 1 "$folder/other.jsonl:1: " import jsonl "$folder/other.jsonl"
lines dangling '{"type":"customer","id":"c1","name":"Saimaa Valves Oy"}' \
  '{"type":"contact","id":"p1","name":"Maija Virtanen","customer":"c9"}'
says 'import__names_a_missing_reference_as_the_line_does' 1 'refers to “c9”' import jsonl "$file"
says 'import__keep_going_says_that_it_made_a_journal' 1 'not encrypted' import jsonl "$file" --keep-going
sed 's/"c9"/"c1"/' "$file.rejected.jsonl" >"$folder/mended.jsonl"
says 'import__rejected_lines_are_taken_when_mended_from_any_source' 0 'added 1' import jsonl "$folder/mended.jsonl"
printf '\357\273\277' | cat - "$folder/good.jsonl" >"$folder/marked.jsonl"
says 'import__takes_a_byte_order_mark' 0 '1 were there already' import jsonl "$folder/marked.jsonl"
printf '%s\n{"type":"customer","id":"c2","name":"\304ssa"}\n' "$header" >"$folder/latin.jsonl"
says 'import__of_latin_1_says_so' 1 'latin.jsonl:2: this is not valid JSON: not UTF-8' import jsonl "$folder/latin.jsonl"
lines invisible '{"type":"customer","id":"c2","name":"\u200b\u00a0"}'
says 'import__of_a_name_that_cannot_be_seen' 1 'name is empty' import jsonl "$file"
name=$(printf '%s/\033[31m.jsonl' "$folder")
printf '%s\n{\n' "$header" >"$name"
run 1 import jsonl "$name"
case $messages in *"$(printf '\033')"*) wrong="${wrong}an escape sequence came through" ;; esac
tap 'import__shows_the_name_of_a_file_safely' "$wrong"
says 'import__with_read_only_is_wrong_usage' 2 '--read-only' import jsonl "$folder/good.jsonl" --read-only
says 'log__dry_run_with_read_only_is_read' 3 'whose it is' log --dry-run --read-only 'Nobody: x'

# ---- export ----

says 'export__never_replaces_the_journal' 1 'the journal itself' export jsonl "$RAPPORT_JOURNAL" --force
ln "$RAPPORT_JOURNAL" "$folder/second_name.db"
says 'export__never_replaces_the_journal_by_another_name' 1 'the journal itself' export jsonl "$folder/second_name.db" --force
rm "$folder/second_name.db"
says 'export__left_the_journal_whole' 0 'Maija' list contact
says 'export__to_no_name' 3 'names no file' export jsonl ''
run 0 stage Saimaa --json
json stage__of_a_customer_has_the_fields_that_are_promised \
  '@keys=["customer","deepest","active_dyads","decision_maker","relationships"]'

# ---- streams ----

if [ -e /dev/full ]; then
  "$rapport" rules show >/dev/full 2>"$folder/messages"
  status=$?
  tap 'output__of_many_bytes_that_cannot_be_written_is_said' "$([ $status -eq 5 ] || echo "ended with $status")"
fi
"$rapport" rules show >&- 2>"$folder/messages"
status=$?
tap 'output__that_is_closed_is_said' "$([ $status -eq 5 ] || echo "ended with $status")"
lines streams '{'
"$rapport" import jsonl "$file" --keep-going 2>&-
tap 'messages__that_are_closed_go_into_no_file' "$(grep -v '^{' "$file.rejected.jsonl")"
"$rapport" export jsonl "$folder/closed.jsonl" 2>&- <&- >&-
tap 'export__with_every_stream_closed_is_whole' "$("$rapport" export jsonl | cmp - "$folder/closed.jsonl" 2>&1)"

# ---- Ctrl-C, and a demo that was killed ----

if command -v timeout >/dev/null; then
  mkfifo "$folder/waiting"
  exec 3<>"$folder/waiting"
  timeout -s INT -k 10 0.3 "$rapport" log - <&3 2>"$folder/messages"
  status=$?
  exec 3>&-
  tap 'interrupt__ends_a_command_that_waits' "$([ $status -eq 124 ] || echo "ended with $status")"
fi
printf 'half' >"$folder/demo.db.new"
says 'demo__is_not_kept_by_one_that_was_killed' 0 'Nov 2026' demo --no-ui --people 2 --years 1 -j "$folder/demo.db"
tap 'demo__leaves_nothing_beside_it' "$(find "$folder" -name 'demo.db.new*')"
says 'demo__options_are_checked_for_one_that_is_there_too' 2 '--people' demo --people 0 --no-ui -j "$folder/demo.db"
says 'demo__makes_none_with_read_only' 2 '--read-only' demo --no-ui --read-only -j "$folder/none.db"

# ---- names that look alike ----

RAPPORT_JOURNAL="$folder/alike.db"
worked_example
twin=$(printf 'M\320\260ija Virtanen') # a Cyrillic letter
run 0 add contact "name=$twin" customer=Saimaa
case $messages in *'looks like Maija Virtanen (Saimaa'*) ;; *) wrong="${wrong}not warned: $messages" ;; esac
tap 'add__warns_of_a_name_that_looks_like_another' "$wrong"
run 0 log "$twin @ $(printf '\320\205aimaa Valves Oy'): x" --create
case $messages in *'looks like Saimaa Valves Oy'*) ;; *) wrong="${wrong}not warned: $messages" ;; esac
tap 'log__warns_of_a_company_that_looks_like_another' "$wrong"
run 0 add contact 'name=Pekka Salo' customer=Saimaa
tap 'add__does_not_warn_of_others' "$wrong$messages"
run 0 add contact 'name=Maija Virtanen' 'customer=Saimaa Valves'
run 3 stage 'Maija Virtanen'
case $messages in *'Saimaa Valves Oy) '*-*-*-*-*', Maija'*) ;; *) wrong="${wrong}no ids: $messages" ;; esac
tap 'find__tells_namesakes_apart_by_their_ids' "$wrong"
run 0 add customer 'name=Åbo Pumpar Ab'
run 0 add customer 'name=Åbo Pumpar Ab'
for company in $("$rapport" list customer | sed -n '/Pumpar/s/ .*//p'); do
  run 0 add contact 'name=Örjan Ålander' "customer=$company"
done
run 3 stage 'Örjan'
case $messages in *'Pumpar Ab) '*-*-*-*-*', Örjan'*'Pumpar Ab) '*-*-*-*-*) ;; *) wrong="${wrong}no ids: $messages" ;; esac
tap 'find__tells_namesakes_of_companies_of_one_name_apart' "$wrong"
tap_done
