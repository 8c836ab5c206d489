#!/bin/sh
# A team over the command line: Sofia, who keeps the team file, Anna and Erik, who sell, each in a folder of their own.
. "$top_srcdir/tests/cli_world.sh"
unset RAPPORT_JOURNAL
sofia=$folder/sofia anna=$folder/anna erik=$folder/erik post=$folder/post
mkdir "$sofia" "$anna" "$erik" "$post"
needle=NEULA # stands in what is private

# All that is said is looked through for it.
said=$folder/said
: >"$said"
run() {
  wanted=$1
  shift
  out=$("$rapport" "$@" 2>"$folder/messages" </dev/null)
  status=$?
  messages=$(cat "$folder/messages")
  printf '%s\n%s\n' "$out" "$messages" >>"$said"
  wrong=
  [ "$status" -eq "$wanted" ] || wrong="rapport $* ended with $status instead of $wanted: $messages"
}
# of WHO ARGUMENT ...: is done with their journal. team ARGUMENT ...: with the team file.
of() {
  who=$1
  shift
  run 0 "$@" -j "$folder/$who/journal.db"
  [ -z "$wrong" ] || { echo "Bail out! $wrong"; exit 99; }
}
team() { of sofia team "$@" --file "$sofia/team.db"; }

for who in sofia:'Sofia Berg' anna:'Anna Laine' erik:'Erik Strand'; do
  of "${who%%:*}" init --name "${who#*:}"
done

# ---- wrong usage ----

set -- -j "$anna/journal.db"
says team__needs_a_part 2 'something is missing' team "$@"
says team__of_an_unknown_part 2 'did you mean team status' team stats "$@"
says team__of_a_part_that_is_like_none 2 'allowed are create, join' team frobnicate "$@"
says team__join_needs_a_file 2 'rapport team join OUT.request' team join "$@"
says team__admit_needs_two_files 2 'rapport team admit IN.request OUT.invite' team admit x "$@"
says team__status_takes_nothing 2 '“x” is too much' team status x "$@"
says team__option_of_another_part 2 '--for means nothing to “rapport team status”' team status --for Anna "$@"
says team__join_takes_no_team_file 2 '--file means nothing' team join x --file y "$@"
says team__as_of_another_day 2 'leave out --as-of' team status --as-of yesterday "$@"
says team__join_with_read_only 2 'leave out --read-only' team join "$post/x" --read-only "$@"
says team__without_a_journal 3 'rapport init' team status -j "$folder/none.db"
says team__of_no_team 1 'belongs to no team' team status "$@"
says team__pack_of_no_team 1 'belongs to no team' team pack "$post/x" "$@"
says team__merge_of_no_team 1 'belongs to no team' team merge "$post/x" "$@"
says team__accept_without_a_request 1 'no file of the form' team accept "$anna/journal.db" "$@"

# ---- create ----

says create__needs_a_manager 2 'who manages the team' team create Nordic -j "$folder/none.db"
says create__of_a_blank_name 1 'The name of the team is missing or empty' team create ' ' -j "$sofia/journal.db"
says create__of_a_name_that_is_too_long 1 'more than' team create "$(printf '%0300d' 0)" -j "$sofia/journal.db"
tap create__that_is_refused_leaves_nothing "$(ls "$sofia" | grep team)"
says team__without_a_team_file 3 'there is no team file' team status --file "$sofia/team.db" -j "$sofia/journal.db"
run 0 team create Nordic Industry -j "$sofia/journal.db" --json
json create__makes_the_file_beside_the_journal 'team="Nordic Industry"' 'manager="Sofia Berg"' "file=\"$sofia/team.db\"" \
  team_id fingerprint
tap create__keeps_it_private "$(find "$sofia" -name team.db ! -perm 600)"
says create__never_overwrites 1 'never overwritten' team create Nordic Industry -j "$sofia/journal.db"
says create__never_overwrites_a_journal 1 'never overwritten' team create X -j "$sofia/journal.db" --file "$anna/journal.db"
says status__of_a_team_of_nobody 0 'Nobody has been admitted yet' team status --file "$sofia/team.db"
says pack__for_nobody_yet 3 'nor anybody else yet' team pack --for Anna "$post/x" -j "$sofia/journal.db"

# ---- join, admit, accept ----

says join__never_into_the_journal 1 'the journal itself' team join "$anna/journal.db" --force -j "$anna/journal.db"
says join__into_no_folder 3 'not there' team join "$folder/none/x" -j "$anna/journal.db"
says join__to_standard_output 2 'name the file' team join - -j "$anna/journal.db"
says join__of_a_team_file 1 'is a team file and no journal' team join "$post/x" -j "$sofia/team.db"
says status__of_a_team_file_as_the_journal 1 'is a team file and no journal' team status -j "$sofia/team.db"
says status__of_a_journal_as_the_team_file 1 'is a journal and no team file' team status --file "$anna/journal.db"
of anna team join "$post/anna.request"
tap join__says_what_to_compare "$(case $out in *'by telephone'*) ;; *) echo "$out" ;; esac)"
fingerprint=$(printf '%s\n' "$out" | grep -E '^  [0-9]{5} ')
tap join__writes_a_file_of_ones_own "$(find "$post" -name anna.request ! -perm 600)"
says join__does_not_overwrite 1 '--force' team join "$post/anna.request" -j "$anna/journal.db"
of anna team join "$post/anna.request" --force
says status__of_somebody_who_has_asked 1 'takes the manager' team status -j "$anna/journal.db"
says admit__of_nothing 3 'not there' team admit "$post/none" "$post/x" -j "$sofia/journal.db"
says admit__of_something_else 1 'no file of the form' team admit "$sofia/journal.db" "$post/x" -j "$sofia/journal.db"
says admit__by_a_journal 1 'is a journal and no team file' team admit "$post/anna.request" "$post/x" --file "$anna/journal.db"
says admit__without_a_team_file 3 'there is no team file' team admit "$post/anna.request" "$post/x" -j "$anna/journal.db"
sed 's/Anna Laine/Anne Laine/' "$post/anna.request" >"$post/changed.request"
says admit__of_a_changed_request 1 'not what its sender signed' team admit "$post/changed.request" "$post/x" -j "$sofia/journal.db"
of sofia team admit "$post/anna.request" "$post/anna.invite"
tap admit__tells_who_asks_and_their_fingerprint "$(case $out in *'Anna Laine asked'*"$fingerprint"*) ;; *) echo "$out" ;; esac)"
of erik team join "$post/erik.request"
says accept__of_an_invitation_for_another 1 'does not have this journal' team accept "$post/anna.invite" -j "$erik/journal.db"
says accept__of_a_request 1 'is needed here' team accept "$post/erik.request" -j "$erik/journal.db"
run 0 team accept "$post/anna.invite" -j "$anna/journal.db" --json
json accept__tells_the_team_and_its_manager 'team="Nordic Industry"' 'manager="Sofia Berg"' fingerprint
run 0 team admit "$post/erik.request" "$post/erik.invite" -j "$sofia/journal.db" --json
json admit__as_json 'name="Erik Strand"' node fingerprint
of erik team accept "$post/erik.invite"
tap accept__says_what_to_compare "$(case $out in *'managed by Sofia Berg'*'by telephone'*) ;; *) echo "$out" ;; esac)"
cp "$sofia/team.db" "$sofia/second.db"

# ---- what each has ----

cat >"$folder/list.jsonl" <<'END'
{"format":"rapport-journal","version":1,"source":"list"}
{"type":"customer","id":"c1","name":"Saimaa Valves Oy","tier":"B"}
END
for who in anna erik; do
  of $who import jsonl "$folder/list.jsonl"
done
RAPPORT_JOURNAL=$anna/journal.db
export RAPPORT_JOURNAL
note 0 "video Maija Virtanen @ Saimaa Valves Oy yesterday: $needle
< b2 goals_and_strategy: $needle
< s1 hobbies: $needle
+ trust 4
! send the $needle offer by fri" --create
tap log__of_anna "$wrong"
"$rapport" add boundary relationship=Maija owner=customer domain=self max_layer=1 reason=strict_privacy note=$needle >/dev/null
"$rapport" edit Maija "notes=$needle" >/dev/null
RAPPORT_JOURNAL=$erik/journal.db
note 0 "meeting Pekka Salo @ Saimaa Valves Oy yesterday: $needle
> b1: $needle" --create
tap log__of_erik "$wrong"
unset RAPPORT_JOURNAL

# ---- pack ----

says pack__needs_a_file 2 'rapport team pack OUT.rpb' team pack -j "$anna/journal.db"
says pack__never_into_the_journal 1 'the journal itself' team pack "$anna/journal.db" --force -j "$anna/journal.db"
ln -s "$anna/journal.db" "$post/link.rpb"
says pack__never_through_a_link 1 'the journal itself' team pack "$post/link.rpb" --force -j "$anna/journal.db"
ln -sf "$folder/list.jsonl" "$post/link.rpb"
says pack__never_through_a_link_to_something_else 1 'link' team pack "$post/link.rpb" --force -j "$anna/journal.db"
rm "$post/link.rpb"
before=$(cksum <"$anna/journal.db")
run 0 team pack --dry-run --read-only -j "$anna/journal.db"
for words in 'for Sofia Berg' 'Saimaa Valves Oy · whole' 'Maija Virtanen · shape' 'promise · shape' 'Maija Virtanen: '; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
case $out in *boundary*) wrong="$wrong it tells of a boundary: $out" ;; esac
tap pack__dry_run_shows_what_would_leave "$wrong"
tap pack__dry_run_changes_nothing "$([ "$before" = "$(cksum <"$anna/journal.db")" ] || echo 'the journal is another')"
run 0 team pack --dry-run -j "$anna/journal.db" --json
json pack__dry_run_as_json 'written=false' 'for="Sofia Berg"' 'whole.customer=1' 'shape.contact=1' 'shape.promise=1' \
  'conclusions=1' 'withheld=0' 'deleted=0' 'records[0].leaves' 'records[0].title' 'records[0].type' \
  'concluded[0].contact="Maija Virtanen"' 'concluded[0].says.stage'
says pack__of_anna_has_the_first_number 0 'bundle 1' team pack "$post/anna1.rpb" -j "$anna/journal.db"
tap pack__writes_a_file_of_ones_own "$(find "$post" -name anna1.rpb ! -perm 600)"
says pack__does_not_overwrite 1 '--force' team pack "$post/anna1.rpb" -j "$anna/journal.db"
of erik team pack "$post/erik1.rpb"
says pack__of_a_team_file_needs_a_name 2 'whom is the bundle for' team pack "$post/x" --file "$sofia/team.db"

# ---- merge ----

set -- --file "$sofia/team.db"
: >"$post/empty.rpb"
head -c 500 "$post/anna1.rpb" >"$post/short.rpb"
says merge__of_a_journal 1 'a database and no bundle' team merge "$anna/journal.db" "$@"
says merge__of_an_empty_file 1 'empty.rpb: The file is empty' team merge "$post/empty.rpb" "$@"
says merge__of_half_a_bundle 1 'short.rpb' team merge "$post/short.rpb" "$@"
says merge__of_what_is_not_there 3 'not there' team merge "$post/none.rpb" "$@"
says merge__of_a_folder 1 'post' team merge "$post" "$@"
says merge__by_whom_it_is_not_for 1 'not for you' team merge "$post/anna1.rpb" -j "$erik/journal.db"
says merge__of_ones_own 1 'packed here' team merge "$post/anna1.rpb" -j "$anna/journal.db"
says merge__with_read_only 2 'leave out --read-only' team merge "$post/anna1.rpb" --read-only "$@"
team digest
empty=$out
run 0 team merge "$post/anna1.rpb" --dry-run "$@"
case $out in *'Maija Virtanen · would be new'*) ;; *) wrong="$wrong$out" ;; esac
tap merge__dry_run_shows_what_would_be_new "$wrong"
run 0 team merge "$post/anna1.rpb" --dry-run --json "$@"
json merge__dry_run_as_json '[0].sender="Anna Laine"' '[0].sequence=1' '[0].known=false' '[0].stored=false' '[0].new.contact=1' \
  '[0].items[0].what="new"'
team digest
tap merge__dry_run_changes_nothing "$([ "$out" = "$empty" ] || echo "$out")"
run 1 team merge "$post/short.rpb" "$post/anna1.rpb" "$post/none.rpb" "$@"
case $messages in *short.rpb:*none.rpb*) ;; *) wrong="$wrong$messages" ;; esac
case $out in *'anna1.rpb: bundle 1 of Anna Laine'*) ;; *) wrong="$wrong$out" ;; esac
tap merge__takes_those_that_are_not_refused "$wrong"
run 1 team merge "$post/short.rpb" "$post/erik1.rpb" --json "$@"
json merge__as_json '[0].refused' '[1].sender="Erik Strand"' '[1].stored=true' '[1].conclusions=1'
says merge__again_is_known 0 'here already' team merge "$post/anna1.rpb" "$@"
team digest
first=$out
of sofia team merge "$post/erik1.rpb" "$post/anna1.rpb" --file "$sofia/second.db"
run 0 team digest --file "$sofia/second.db" --json
json digest__is_the_same_in_any_order "digest=\"$first\""
says list__of_the_team_file 0 'Pekka Salo' list contact -j "$sofia/team.db"
run 0 team status --json "$@"
json status__of_the_team_file 'team="Nordic Industry"' 'role="manager"' 'members[*].name=["Anna Laine","Erik Strand"]' \
  'members[*].sequence=[1,1]' 'members[*].missing=[[],[]]' 'members[*].revoked=[false,false]' 'members[0].at'

# ---- the review ----

run 0 team review "$@"
for words in 'Nordic Industry' '2 of 2 journals this week' 'the last 30 days' 'Anna Laine' 'Saimaa Valves Oy' 'Changed' \
  'Maija Virtanen, Saimaa Valves Oy (Anna Laine): new' 'not made for'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
case $out in *Anna*Erik*) ;; *) wrong="$wrong not in the order of the roster: $out" ;; esac
case $out in *"$needle"* | *hobbies*) wrong="$wrong it tells what is private: $out" ;; esac
tap review__as_text "$wrong"
run 0 team review --json --since 2026-11-01 "$@"
json review__as_json 'team="Nordic Industry"' 'since="2026-11-01"' 'since_is="given"' 'journals=2' 'heard=2' \
  'members[*].salesperson=["Anna Laine","Erik Strand"]' 'members[0].stages.prospect=1' 'customers[0].cells[0].stage' \
  'relationships[*].told=[true,true]' 'changed[0].from=null' 'changed[0].date' 'questions' 'purpose'
case $out in *"$needle"*) wrong="it tells what is private: $out" ;; esac
tap review__as_json_tells_nothing_private "$wrong"
run 0 team review -j "$sofia/journal.db" --json
json review__is_of_the_team_file_beside_the_journal 'team="Nordic Industry"' 'since_is'
run 0 team review -j "$anna/journal.db" --json
json review__of_a_journal 'team="Nordic Industry"' 'members[0].heard=null' 'questions=[]' 'relationships[*].told=[false]'
says review__since_tomorrow 2 'looks back' team review --since 2026-12-24 "$@"
says review__of_another_day 2 'leave out --as-of' team review --as-of yesterday "$@"
says review__only_read 0 'Nordic Industry' team review --read-only "$@"
says stage__says_what_was_concluded 0 'as Anna Laine has concluded' stage Maija -j "$sofia/team.db"

# ---- back to a salesperson ----

says pack__for_somebody_who_is_not_there 3 'there are Anna Laine, Erik Strand' team pack --for Nobody "$post/x" "$@"
says pack__for_a_member 0 'which only Erik Strand can read' team pack --for strand "$post/for_erik.rpb" "$@"
says merge__of_the_managers_bundle 0 'of Sofia Berg' team merge "$post/for_erik.rpb" -j "$erik/journal.db"
says list__of_a_colleagues_people 0 'Maija Virtanen' list contact -j "$erik/journal.db"
tap brief__names_colleagues "$("$rapport" brief Pekka -j "$erik/journal.db" |
  grep -q 'Anna Laine knows Maija Virtanen: prospect' || echo 'it does not')" # his own words stand in it too
says withhold__of_a_colleagues_relationship 1 'is that of Anna Laine' team withhold Maija -j "$erik/journal.db"
run 0 team status --json -j "$erik/journal.db"
json status__of_a_journal 'role="member"' 'manager="Sofia Berg"' 'packed.sequence=1' 'received.sequence=1' 'withheld=[]' 'revoked=false'

# ---- written on two sides ----

of anna edit Saimaa tier=A 'notes=Anna says: a second line in Oulu'
of erik edit Saimaa tier=C 'notes=Erik says: a new director'
for who in anna erik; do
  of $who team pack "$post/${who}2.rpb"
  of $who team pack "$post/${who}3.rpb"
done
says merge__names_what_never_came 0 'never came: 1' team merge "$post/anna3.rpb" "$@"
says status__names_the_numbers_that_never_came 0 'Anna Laine: bundle 3, 22 Nov; 2 never came' team status "$@"
team merge "$post/erik2.rpb" "$post/erik3.rpb" "$post/anna2.rpb"
run 0 team conflicts "$@"
for words in 'Saimaa Valves Oy · notes' 'Anna says' 'Erik says' 'rapport edit' 'Saimaa Valves Oy · tier: ' 'gave way'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap conflicts__tells_both_sides "$wrong"
run 0 team conflicts --json "$@"
json conflicts__as_json 'texts@count=1' 'texts[0].field="notes"' 'texts[0].versions@count=2' \
  'set_aside[0].field="tier"' 'set_aside[0].title="Saimaa Valves Oy"' 'set_aside[0].by' 'set_aside[0].won_by'
run 0 team conflicts --json --since 2026-11-23 "$@"
json conflicts__since_a_day 'set_aside=[]'
says conflicts__since_no_day 2 '2026-02-30' team conflicts --since 2026-02-30 "$@"
team digest
first=$out
of sofia team merge "$post/anna2.rpb" "$post/erik3.rpb" "$post/anna3.rpb" "$post/erik2.rpb" --file "$sofia/second.db"
run 0 team digest --file "$sofia/second.db"
tap digest__of_two_sides_is_the_same_in_any_order "$wrong$([ "$out" = "$first" ] || echo "$out is not $first")"
team pack --for Anna "$post/for_anna.rpb"
of anna team merge "$post/for_anna.rpb"
says conflicts__of_a_journal 0 'Erik says' team conflicts -j "$anna/journal.db"
of anna edit Saimaa 'notes=A second line in Oulu, and a new director'
says conflicts__that_are_joined_are_gone 0 '"texts":[]' team conflicts --json -j "$anna/journal.db"
of anna team pack "$post/anna4.rpb"
team merge "$post/anna4.rpb"
says conflicts__that_are_joined_are_gone_for_all 0 '"texts":[]' team conflicts --json "$@"

# ---- withheld ----

run 0 team withhold Maija -j "$anna/journal.db" --json
json withhold__as_json 'contact="Maija Virtanen"' 'withheld=true' relationship
says withhold__of_nobody 3 'Nobody' team withhold Nobody -j "$anna/journal.db"
says status__lists_what_is_withheld 0 'Maija Virtanen' team status -j "$anna/journal.db"
run 0 team pack --dry-run -j "$anna/journal.db"
case $out in *'Maija Virtanen · withdrawn'*'Maija Virtanen: withheld'*) ;; *) wrong="$wrong$out" ;; esac
tap pack__dry_run_shows_what_is_withheld_and_taken_back "$wrong"
of anna team pack "$post/anna5.rpb"
says merge__takes_back 0 'taken back: ' team merge "$post/anna5.rpb" "$@"
lacks withheld__is_not_in_the_team_file Maija list relationship -j "$sofia/team.db"
lacks withheld__meetings_are_not_in_the_team_file video list interaction -j "$sofia/team.db"
says withheld__stays_in_the_journal 0 Maija list relationship -j "$anna/journal.db"
of anna team share Maija
of anna team pack "$post/anna6.rpb"
team merge "$post/anna6.rpb"
says share__brings_it_back 0 Maija list relationship -j "$sofia/team.db"

# ---- what belongs to the salespeople ----

for how in accept snooze dismiss; do
  if [ "$how" = snooze ]; then until=tomorrow; else until=; fi
  # shellcheck disable=SC2086 # a day or none
  says "next__${how}s_nothing_in_a_team_file" 1 "in a team's file nothing is suggested" \
    next Maija $until --salesperson Anna "--$how" N14 -j "$sofia/team.db"
done
says log__writes_nothing_in_a_team_file 1 "in a team's file nothing is logged" log 'Maija today: x' -j "$sofia/team.db"
says log__writes_nothing_for_anybody_in_a_team_file 1 "in a team's file nothing is logged" \
  log 'Maija today: x' --salesperson Anna -j "$sofia/team.db"

# ---- revoked ----

says revoke__of_nobody 3 'there are Anna Laine' team revoke Nobody "$@"
says revoke__of_the_manager 3 'no salesperson' team revoke Sofia "$@"
run 0 team revoke Erik --json "$@"
json revoke__as_json 'name="Erik Strand"' 'revoked_after=3'
of erik team pack "$post/erik4.rpb"
says merge__of_who_was_revoked 1 'revoked after number 3' team merge "$post/erik4.rpb" "$@"
says pack__for_who_was_revoked 1 'revoked' team pack --for Erik "$post/x" "$@"
says status__tells_who_was_revoked 0 'revoked after number 3' team status "$@"
says review__tells_who_was_revoked 0 'Erik Strand (revoked)' team review "$@"
team admit "$post/erik.request" "$post/erik_again.invite"
says merge__of_who_was_admitted_again 0 'bundle 4 of Erik Strand' team merge "$post/erik4.rpb" "$@"

# ---- the same person, entered twice ----

id() { printf '%s\n' "$out" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p' | head -n 1; }
of erik add contact 'name=MAIJA VIRTANEN' customer=Saimaa emails=maija@saimaa.example "notes=Has a cat, Musti" --json
twin=$(id)
of erik log "phone $twin 19.11.: Asked about the delivery"
says same__lists_them 0 'name in the same company: Maija' same -j "$erik/journal.db"
run 0 same --json -j "$erik/journal.db"
json same__as_json '@count=1' '[0].type="contact"' '[0].same="name"' '[0].stands.id' '[0].gone.title'
of erik team pack "$post/erik_twin.rpb"
team merge "$post/erik_twin.rpb"
says conflicts__list_who_may_be_the_same 0 'Perhaps entered twice' team conflicts "$@"
says same__of_nobody 3 'nobody called' same Nobody -j "$sofia/team.db"
says same__of_two_types 1 'only two people or two companies' same "$twin" Saimaa -j "$sofia/team.db"
says same__changes_nothing_when_dry 0 'would be one' same Maija --dry-run -j "$sofia/team.db"
says same__makes_one 0 'are one now' same Maija -j "$sofia/team.db"
says same__has_nothing_left 0 'Nobody seems' same -j "$sofia/team.db"
run 0 list contact maija --json -j "$sofia/team.db"
json same__leaves_one '@count=1'
team pack --for Erik "$post/one_for_erik.rpb"
says merge__says_who_was_joined 0 'joined into others that are the same: 1' \
  team merge "$post/one_for_erik.rpb" -j "$erik/journal.db"
run 0 list contact maija --json -j "$erik/journal.db"
json merge__leaves_one_at_home '@count=1'
says merge__keeps_what_was_private 0 Musti show Maija -j "$erik/journal.db"
of erik team pack "$post/erik_one.rpb"
team merge "$post/erik_one.rpb"
says merge__keeps_the_meetings_of_both 0 'phone Maija Virtanen' list interaction -j "$sofia/team.db"
lacks merge__does_not_tell_the_notes Musti export jsonl -j "$sofia/team.db"
says different__needs_two 1 'two people or two companies' different Maija Maija -j "$sofia/team.db"
# ---- erased ----

of erik subject erase Pekka --yes
tap erase__says_what_comes_next "$(case $out in *'rapport team pack'*) ;; *) echo "$out" ;; esac)"
of erik team pack "$post/erik5.rpb"
says merge__dry_run_counts_who_would_be_erased 0 'erased at a colleague' team merge "$post/erik5.rpb" --dry-run "$@"
run 0 team merge "$post/erik5.rpb" --json "$@"
json merge__counts_who_is_erased '[0].erased_people=1' '[0].erased_records'
lacks erased__is_not_in_the_team_file Pekka list contact -j "$sofia/team.db"
says status__counts_who_has_erased 0 'erased on 2 of 3; no answer yet: Anna Laine' team status "$@"
team pack --for Anna "$post/for_anna2.rpb"
of anna team merge "$post/for_anna2.rpb"
of anna team pack "$post/anna7.rpb"
team merge "$post/anna7.rpb"
run 0 team status --json "$@"
json status__has_erased_everywhere 'erasures[0].erased=3' 'erasures[0].of=3' 'erasures[0].open=[]' 'erasures[0].key' 'erasures[0].at'
tap erased__is_in_no_byte "$(grep -lai pekka "$sofia/team.db" "$erik"/* "$anna"/*)"

# ---- the review as a page ----

page=$post/review.html
set -- --file "$sofia/team.db"
says review__as_a_page 0 "wrote $page" team review --format html "$page" "$@"
tap review__as_a_page_stands_alone "$(
  for part in '<!DOCTYPE html>' '<html lang="en">' '<svg ' 'Nordic Industry' 'pay or employment' '</html>'; do
    grep -qF "$part" "$page" || echo "$part is missing"
  done
  grep -oE '<script|https?://|url\(|@import' "$page"
  [ "$(stat -c %a "$page")" = 600 ] || stat -c %a "$page"
  ! command -v xmllint >/dev/null || xmllint --noout "$page" 2>&1
)"
says review__replaces_no_other_file 1 '--force' team review --format html "$page" "$@"
says review__as_a_page_to_standard_output 0 '<h2>Coverage</h2>' team review --format html "$@"
LANGUAGE=fi
export LANGUAGE
says review__as_a_page_in_finnish 0 '<html lang="fi">' team review --format html - "$@"
LANGUAGE=
says review__of_no_format 2 'allowed are text, html' team review --format pdf "$@"
says review__as_text_in_a_file 2 'add --format html' team review "$post/x" "$@"
says review__as_json_and_a_page 2 'leave one out' team review --format html --json "$@"

says erase__in_a_team_file_says_whom_to_pack_for 0 'rapport team pack --for NAME OUT.rpb' \
  subject erase Maija --yes -j "$sofia/team.db"

# ---- nothing private has left ----

tap private__is_in_no_file_that_leaves "$(grep -l "$needle" "$post"/* "$sofia"/*)"
tap private__is_in_nothing_that_is_said "$(grep "$needle" "$said")"
tap private__is_where_it_belongs "$(grep -q "$needle" "$anna/journal.db" || echo 'the needle is not there to be found')"
tap_done
