#!/bin/sh
# import, export, stage as JSON: what other programs rely on.
. "$top_srcdir/tests/cli_world.sh"

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
stage_keys='["relationship","salesperson","salesperson_id","contact","contact_id","customer","customer_id","as_of","stage",
  "stage_code","since","status","direction","business_only","depth","ceiling","flags","changes","missing","reasons","suggestions"]'
run 0 stage Maija --json
json stage__has_every_field_in_order "@keys=$stage_keys"
json stage__of_the_worked_example 'stage=2' 'stage_code="collaborative_partner"' 'since="2026-11-12"' 'status="active"' \
  'direction="deepening"' 'flags=[]' 'as_of="2026-11-22"'
json depth__of_the_worked_example 'depth.business={"salesperson":2,"customer":2,"mutual":2}' \
  'depth.self={"salesperson":2,"customer":2,"mutual":2}' 'ceiling={"business":3,"self":3}'
json changes__of_the_worked_example 'changes[*].date=["2026-08-04","2026-11-12"]' 'changes[*].from=[0,1]' \
  'changes[*].to=[1,2]' 'changes[*].rule=["U1","U2"]' 'changes[*].evidence[0]'
json missing__of_the_worked_example 'missing[*].condition=["depth_business_salesperson","depth_business_customer",
  "depth_self_salesperson","depth_self_customer","relational_benefits","days_in_stage","contacts_in_stage"]' \
  'missing[*].now=[2,2,2,2,1,10,1]' 'missing[*].needed=[3,3,3,3,2,180,6]'
json suggestions__of_the_worked_example 'suggestions=["N24","N27","N30"]'
run 0 stage Maija --json --as-of 2026-10-01
json stage__as_of_an_earlier_day 'stage=1' 'as_of="2026-10-01"'
run 0 stage Saimaa --json
json stage__of_a_customer 'customer="Saimaa Valves Oy"' 'deepest=2' 'active_dyads=1' 'decision_maker=true' \
  'relationships@count=1'
run 0 stage --all --json
json_lines stage__all_is_one_object_a_line '[*].contact=["Maija Virtanen"]' "[0]@keys=$stage_keys"
run 0 next --json
next_keys='["relationship","contact","suggestion","text","source","evidence","hold"]'
json next__has_its_fields "[*]@keys=[$next_keys,$next_keys,$next_keys]" '[*].suggestion=["N24","N27","N30"]' '[0].hold=null'
run 0 today --json
json today__is_an_array '[*].kind' '[*].contact'
for command in 'brief Maija' 'review' 'map Maija' 'journey Saimaa' 'themes Saimaa' 'show Maija' 'list contact' 'search maija' \
  'rules show' 'rules facts' 'theme list' 'config' 'check'; do
  # shellcheck disable=SC2086
  run 0 $command --json
  json "json__of_$(echo "$command" | tr ' ' '_')" .
done
run 0 show Maija --json
json show__is_a_record_of_the_interchange_format 'type="contact"' 'name="Maija Virtanen"' 'role="decision_maker"' \
  'audience="shape"' created

# Relationships made in another order than that of the people.
RAPPORT_JOURNAL="$folder/order.db"
cat >"$folder/order.jsonl" <<'END'
{"format":"rapport-journal","version":1}
{"type":"salesperson","id":"00000000-0000-7000-8000-00000000000a","name":"Anna Laine"}
{"type":"salesperson","id":"00000000-0000-7000-8000-00000000000b","name":"Erik Strand"}
{"type":"customer","id":"00000000-0000-7000-8000-00000000000c","name":"Saimaa Valves Oy"}
{"type":"contact","id":"00000000-0000-7000-8000-000000000001","name":"Maija Virtanen","customer":"00000000-0000-7000-8000-00000000000c"}
{"type":"contact","id":"00000000-0000-7000-8000-000000000002","name":"Pekka Salo","customer":"00000000-0000-7000-8000-00000000000c"}
{"type":"relationship","id":"00000000-0000-7000-8000-000000000011","salesperson":"00000000-0000-7000-8000-00000000000b","contact":"00000000-0000-7000-8000-000000000002"}
{"type":"relationship","id":"00000000-0000-7000-8000-000000000012","salesperson":"00000000-0000-7000-8000-00000000000b","contact":"00000000-0000-7000-8000-000000000001"}
{"type":"relationship","id":"00000000-0000-7000-8000-000000000013","salesperson":"00000000-0000-7000-8000-00000000000a","contact":"00000000-0000-7000-8000-000000000001"}
END
run 0 import jsonl "$folder/order.jsonl"
run 0 stage --all --json
json_lines stage__all_is_ordered_by_contact_then_salesperson '[*].contact=["Maija Virtanen","Maija Virtanen","Pekka Salo"]' \
  '[*].salesperson=["Anna Laine","Erik Strand","Erik Strand"]'
says 'stage__of_several_names_the_salespeople' 3 'Erik Strand, Anna Laine' stage Maija
run 0 stage Maija --json --salesperson Erik
json stage__of_the_salesperson_asked_for 'salesperson="Erik Strand"'
says 'stage__of_a_salesperson_who_has_none' 3 'Erik Strand' stage Pekka --salesperson Anna
says 'stage__all_takes_no_name' 2 'Pekka' stage --all Pekka
says 'salesperson__that_is_unknown_names_the_list' 3 'rapport list salesperson' stage Maija --salesperson Nobody
tap_done
