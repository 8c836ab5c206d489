#!/bin/sh
# import, export, stage as JSON: what other programs rely on.
. "$top_srcdir/tests/cli_world.sh"

json() { # json NAME EXPRESSION: passes when $out satisfies the expression of Python on `v`, the parsed output
  if [ -z "$python" ]; then tap_skip "$1" 'no Python to read JSON with'; return; fi
  wrong=$wrong$(printf '%s\n' "$out" | "$python" -c "
import json, sys
v = json.loads(sys.stdin.read())
if not ($2): print('not so: ' + json.dumps(v)[:2000])" 2>&1)
  tap "$1" "$wrong"
}
python=$(command -v python3 || true)

run 0 import jsonl "$top_srcdir/tests/fixtures/interchange.jsonl"
case $messages in *'not encrypted'*) ;; *) wrong="$wrong$messages" ;; esac
tap 'import__makes_a_journal_and_says_so' "$wrong"
run 0 export jsonl "$folder/first.jsonl"
tap 'export__writes_a_file' "$wrong"
RAPPORT_JOURNAL="$folder/second.db"
run 0 import jsonl "$folder/first.jsonl"
run 0 export jsonl "$folder/second.jsonl"
tap 'round_trip__gives_the_same_bytes' "$wrong$(cmp "$folder/first.jsonl" "$folder/second.jsonl" 2>&1)"
says 'import__again_changes_nothing' 0 'added 0, changed 0' import jsonl "$folder/first.jsonl"
says 'export__does_not_overwrite' 1 '--force' export jsonl "$folder/first.jsonl"
out=$("$rapport" import jsonl - <"$folder/first.jsonl" 2>&1)
status=$?
tap 'import__reads_standard_input' "$([ $status -eq 0 ] || echo "ended with $status: $out")"

printf '%s\n' '{"format":"rapport-journal","version":1}' '{"type":"customer","id":"a","name":"Good Oy"}' \
  '{"type":"customer","id":"b","name":"Bad Oy","teir":"A"}' >"$folder/mixed.jsonl"
says 'import__names_file_and_line' 1 "$folder/mixed.jsonl:3: " import jsonl "$folder/mixed.jsonl"
lacks 'import__of_a_bad_file_stores_nothing' 'Good Oy' list customer
says 'import__keep_going_ends_with_1' 1 'rejected.jsonl' import jsonl "$folder/mixed.jsonl" --keep-going
says 'import__keep_going_takes_the_good_lines' 0 'Good Oy' list customer
tap 'import__keep_going_sets_the_bad_ones_aside' "$(grep -q 'Bad Oy' "$folder/mixed.jsonl.rejected.jsonl" || echo missing)"
says 'import__of_what_is_not_there' 3 'not there' import jsonl "$folder/nothing.jsonl"
says 'import__of_an_unknown_format' 2 'jsonl' import excel "$folder/first.jsonl"

RAPPORT_JOURNAL="$folder/example.db"
worked_example
run 0 stage Maija --json
json 'stage__has_every_field_in_order' "list(v) == ['relationship','salesperson','salesperson_id','contact','contact_id','customer','customer_id','as_of','stage','stage_code','since','status','direction','business_only','depth','ceiling','flags','changes','missing','reasons','suggestions']"
run 0 stage Maija --json
json 'stage__of_the_worked_example' "v['stage'] == 2 and v['stage_code'] == 'collaborative_partner' and v['since'] == '2026-11-12' and v['status'] == 'active' and v['direction'] == 'deepening' and v['flags'] == [] and v['as_of'] == '2026-11-22'"
run 0 stage Maija --json
json 'depth__of_the_worked_example' "v['depth'] == {'business':{'salesperson':2,'customer':2,'mutual':2},'self':{'salesperson':2,'customer':2,'mutual':2}} and v['ceiling'] == {'business':3,'self':3}"
run 0 stage Maija --json
json 'changes__of_the_worked_example' "[(c['date'],c['from'],c['to'],c['rule']) for c in v['changes']] == [('2026-08-04',0,1,'U1'),('2026-11-12',1,2,'U2')] and all(c['evidence'] for c in v['changes'])"
run 0 stage Maija --json
json 'missing__of_the_worked_example' "[(m['condition'],m['now'],m['needed']) for m in v['missing']] == [('depth_business_salesperson',2,3),('depth_business_customer',2,3),('depth_self_salesperson',2,3),('depth_self_customer',2,3),('relational_benefits',1,2),('days_in_stage',10,180),('contacts_in_stage',1,6)]"
run 0 stage Maija --json
json 'suggestions__of_the_worked_example' "v['suggestions'] == ['N24','N27','N30']"
run 0 stage Maija --json --as-of 2026-10-01
json 'stage__as_of_an_earlier_day' "v['stage'] == 1 and v['as_of'] == '2026-10-01'"
run 0 stage Saimaa --json
json 'stage__of_a_customer' "v['customer'] == 'Saimaa Valves Oy' and v['deepest'] == 2 and v['active_dyads'] == 1 and v['decision_maker'] is True and len(v['relationships']) == 1"
run 0 stage --all --json
json 'stage__all_is_one_object_a_line' "v['contact'] == 'Maija Virtanen'"
run 0 next --json
json 'next__has_its_fields' "[list(s) for s in v] == [['relationship','contact','suggestion','text','source','evidence','hold']] * 3 and v[0]['suggestion'] == 'N24' and v[0]['hold'] is None"
run 0 today --json
json 'today__is_an_array' "isinstance(v, list) and all('kind' in i and 'contact' in i for i in v)"
for command in 'brief Maija' 'review' 'map Maija' 'journey Saimaa' 'themes Saimaa' 'show Maija' 'list contact' 'search maija' \
  'rules show' 'rules facts' 'theme list' 'config' 'check'; do
  # shellcheck disable=SC2086
  run 0 $command --json
  json "json__of_$(echo "$command" | tr ' ' '_')" 'v is not None'
done
run 0 show Maija --json
json 'show__is_a_record_of_the_interchange_format' "v['type'] == 'contact' and v['name'] == 'Maija Virtanen' and v['role'] == 'decision_maker' and v['audience'] == 'shape' and 'created' in v"
tap_done
