#!/bin/sh
# A team's own rules over the command line: Sofia gives them, Anna gets them with a bundle.
. "$top_srcdir/tests/cli_world.sh"
unset RAPPORT_JOURNAL
sofia=$folder/sofia anna=$folder/anna erik=$folder/erik post=$folder/post
mkdir "$sofia" "$anna" "$erik" "$post"
of() {
  who=$1
  shift
  run 0 "$@" -j "$folder/$who/journal.db"
  [ -z "$wrong" ] || { echo "Bail out! $wrong"; exit 99; }
}
team() { of sofia team "$@" --file "$sofia/team.db"; }

of sofia init --name 'Sofia Berg'
of sofia team create Nordic Industry
for member in anna:'Anna Laine' erik:'Erik Strand'; do
  name=${member#*:} self=${member%%:*}
  of "$self" init --name "$name"
  of "$self" team join "$post/$self.request"
  team admit "$post/$self.request" "$post/$self.invite"
  of "$self" team accept "$post/$self.invite"
done

# ---- the manager gives them ----

cat >"$folder/nordic.yaml" <<'END'
cadence_days: {B: 21}
suggestions:
  - id: T01
    when: [stage >= 0, status = active]
    text: Ask whom else in the company to meet
    source: OWN
    kind: contact
    asks: none
  - {id: N19, off: true}
END
set -- --file "$sofia/team.db"
says rules__of_a_team_that_has_none 0 'has no rules of its own' team rules "$@"
says rules__of_nothing_to_take_back 0 'nothing to take back' team rules --none "$@"
says rules__of_a_file_that_is_not_there 3 'not there' team rules "$folder/none.yaml" "$@"
printf 'suggestions:\n  - id: T1\n    when: [stge >= 1]\n' >"$folder/wrong.yaml"
says rules__with_a_fault_show_the_place 1 'wrong.yaml:3:12: there is no fact “stge”' team rules "$folder/wrong.yaml" "$@"
sed 's/asks: none/asks: {how: invite, domain: self, layer: 1}/' "$folder/nordic.yaml" >"$folder/wrong.yaml"
says rules__never_invite_to_tell_private_things 1 'wrong.yaml:8:11' team rules "$folder/wrong.yaml" "$@"
sed '/asks/d' "$folder/nordic.yaml" >"$folder/wrong.yaml"
says rules__need_asks 1 'asks is missing here' team rules "$folder/wrong.yaml" "$@"
says rules__not_with_none_too 2 'leave out the file, or --none' team rules "$folder/nordic.yaml" --none "$@"
says rules__of_a_journal_cannot_be_set 1 'is a journal and no team file' team rules "$folder/nordic.yaml" --file "$anna/journal.db"
says rules__with_read_only 2 'leave out --read-only' team rules "$folder/nordic.yaml" --read-only "$@"
says rules__are_still_none 0 'has no rules of its own' team rules "$@"
says rules__are_set_beside_the_journal 0 'version 1, 22 Nov' team rules "$folder/nordic.yaml" -j "$sofia/journal.db"
run 0 team rules "$folder/nordic.yaml" --json "$@"
json rules__that_are_the_same_change_nothing 'changed=false' 'rules.version=1' 'rules.since="2026-11-22"' 'rules.in_force=true'
says rules__are_shown 0 'Ask whom else in the company' team rules "$@"
says status__tells_the_version 0 'rules of the team: version 1, 22 Nov' team status "$@"

# ---- a member gets them ----

of anna log --create 'Maija Virtanen @ Saimaa Valves Oy yesterday: A second line in Oulu'
says next__before 0 '"suggestion":"N' next Maija --json -j "$anna/journal.db"
team pack --for Anna "$post/for_anna.rpb"
run 0 team merge "$post/for_anna.rpb" --dry-run -j "$anna/journal.db"
for words in "the team's rules would be version 1" 'thresholds that change: 1, suggestions: 2' 'cadence_days.B: 21 instead of 30' \
  'T01 is new: Ask whom else' 'N19 is taken away'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap merge__dry_run_tells_what_the_rules_change "$wrong"
run 0 team rules --json -j "$anna/journal.db"
json merge__dry_run_changes_no_rules 'rules=null' 'text=null'
run 0 team merge "$post/for_anna.rpb" --json -j "$anna/journal.db"
json merge__takes_the_rules '[0].rules.version=1' '[0].rules.in_force=true' '[0].rules.thresholds=1' '[0].rules.suggestions=2' \
  '[0].rules.changes@count=3'
run 0 team status --json -j "$anna/journal.db"
json status__of_a_journal_tells_the_version 'rules.version=1'
of anna team withhold Maija
run 0 team status -j "$anna/journal.db"
case $out in *'rules of the team: version 1'*Withheld*Maija*) ;; *) wrong="$wrong$out" ;; esac
tap status__of_a_journal_tells_the_version_before_what_is_withheld "$wrong"
of anna team share Maija
run 0 next Maija --json -j "$anna/journal.db"
case $out in *'"T01"'*) ;; *) wrong="$wrong no T01: $out" ;; esac
tap next__goes_by_the_rules_of_the_team "$wrong"
mkdir -p "$XDG_CONFIG_HOME/rapport"
printf 'cadence_days: {A: 3, B: 5}\nsuggestions: [{id: T01, off: true}]\n' >"$XDG_CONFIG_HOME/rapport/rules.yaml"
run 0 rules show --json -j "$anna/journal.db"
json rules_show__as_json 'team.version=1' 'team.team="Nordic Industry"' 'suggestions[0].origin="shipped"' origins
case $out in *'"cadence_days.A":14,"cadence_days.B":21'*) ;; *) wrong="$wrong other thresholds" ;; esac
case $out in *'"cadence_days.A":"shipped","cadence_days.B":"team"'*) ;; *) wrong="$wrong other origins" ;; esac
tap rules_show__keeps_the_thresholds_of_the_team "$wrong"
says rules_show__says_where_they_are_from 0 '# The shipped rules, those of the team “Nordic Industry” (version 1, 22 Nov)' \
  rules show -j "$anna/journal.db"
says rules_show__says_what_does_not_count 0 'of the team, instead of your own' rules show -j "$anna/journal.db"
lacks next__of_a_suggestion_that_an_own_file_turns_off T01 next Maija --json -j "$anna/journal.db"
rm "$XDG_CONFIG_HOME/rapport/rules.yaml"
run 0 rules show --json -j "$folder/none.db"
json rules_show__without_a_journal 'team=null' thresholds

# ---- older, and taken back ----

says rules__are_taken_back 0 'none; taken back by version 2' team rules --none "$@"
team pack --for Anna "$post/without.rpb"
says merge__takes_them_back 0 "the team's rules are taken back" team merge "$post/without.rpb" -j "$anna/journal.db"
lacks next__goes_by_the_shipped_rules_again T01 next Maija --json -j "$anna/journal.db"
of erik team pack "$post/erik.rpb"
of anna team pack "$post/anna_without.rpb"
team merge "$post/erik.rpb" "$post/anna_without.rpb"
team rules "$folder/nordic.yaml"
team pack --for Erik "$post/third.rpb"
of erik team merge "$post/third.rpb"
run 0 team rules --json -j "$erik/journal.db"
json rules__grow_from_version_to_version 'rules.version=3'
run 0 team status "$@"
for words in 'Anna Laine: bundle 1, 22 Nov; still goes by version 2' 'Erik Strand: bundle 1, 22 Nov; does not go by'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap status__names_who_goes_by_other_rules "$wrong"
of erik team pack "$post/erik_third.rpb"
team merge "$post/erik_third.rpb"
run 0 team status --json "$@"
json status__of_members_as_json 'members[0].rules_version=2' 'members[1].rules_version=3'

# ---- handed over ----

of anna add promise relationship=Maija by=salesperson 'text=Send the drawings' made=2026-11-20 due=2026-11-30 audience=team
of anna add boundary relationship=Maija owner=customer domain=self max_layer=1 reason=strict_privacy audience=shape
of anna add boundary relationship=Maija owner=customer domain=business max_layer=2 reason=company_policy
of anna team pack "$post/anna.rpb"
team merge "$post/anna.rpb"
says handover__to_whom 2 'who takes over' team handover Maija "$@"
says handover__of_whom 2 'for everybody' team handover --to Erik "$@"
says handover__to_oneself 2 'name two salespeople' team handover Maija --from Erik --to Erik "$@"
says handover__to_somebody_who_is_not_there 3 'Pekka' team handover Maija --to Pekka "$@"
of anna add salesperson 'name=Päivi Tähti' audience=shape
of anna team pack "$post/anna_colleague.rpb"
team merge "$post/anna_colleague.rpb"
says handover__to_somebody_who_is_no_member 1 'Päivi Tähti is not a salesperson of the team' team handover Maija --to päivi "$@"
says handover__from_somebody_who_is_no_member 3 'Päivi Tähti has no active relationship' team handover --from päivi --to Erik "$@"
says handover__of_somebody_who_is_not_there 3 'Nobody' team handover Nobody --to Erik "$@"
says handover__of_nobody 3 'Erik Strand has no active relationship' team handover --from Erik --to Anna "$@"
says handover__with_read_only 2 'leave out --read-only' team handover Maija --to Erik --read-only "$@"
team digest
before=$out
run 0 team handover Maija Virtanen --to Erik --dry-run "$@"
for words in 'would be handed over to Erik Strand' 'Maija Virtanen (Saimaa Valves Oy), Anna Laine: begins at the beginning' \
  'meetings so far: 1; open promises of the predecessor: 1; limits of' 'that go along: 1' 'what Anna Laine has not shared, '; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap handover__dry_run_tells_what_goes_along "$wrong"
team digest
tap handover__dry_run_changes_nothing "$([ "$out" = "$before" ] || echo "$out")"
says handover__to_somebody_of_whom_nothing_came 3 "merge the manager's latest bundle" team handover Maija --to Erik -j "$anna/journal.db"
team pack --for Anna "$post/of_erik.rpb"
of anna team merge "$post/of_erik.rpb"
run 0 team handover Maija --to Erik --dry-run --json -j "$anna/journal.db"
json handover__of_ones_own_as_json 'to="Erik Strand"' 'stored=false' 'relationships[0].private_limits=1' 'relationships[0].limits=1' \
  'relationships[0].from="Anna Laine"' 'relationships[0].what="new"' 'relationships[0].shared=true'
says handover__of_ones_own_tells_what_stays 0 '1 limit of theirs stays with Anna Laine' team handover Maija --to Erik --dry-run \
  -j "$anna/journal.db"
# A record that Anna typed of a colleague is not that colleague's own.
of anna add salesperson 'name=Erik Strand' audience=shape
of anna team pack "$post/anna_twin.rpb"
team merge "$post/anna_twin.rpb"
says handover__by_the_manager 0 'The next bundles for both' team handover Maija --to Erik "$@"
team pack --for Erik "$post/fourth.rpb"
says merge__tells_whose_it_is_now 0 'yours now, see “rapport brief”: Maija Virtanen' team merge "$post/fourth.rpb" -j "$erik/journal.db"
run 0 brief Maija --private -j "$erik/journal.db"
for words in 'Who knew them before' 'Anna Laine knew them until then; 1 meeting, last 21 Nov' 'Anna Laine promised: Send the drawings'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap brief__tells_the_successor_of_before "$wrong"
run 0 brief Maija --json -j "$erik/journal.db"
json brief__of_the_successor_begins_at_the_beginning 'salesperson="Erik Strand"' 'stage=0' 'status="active"' 'changes=[]' \
  'ceiling.self=1' 'ceiling.business=3' 'before@count=2'
team pack --for Anna "$post/fifth.rpb"
says merge__tells_whose_it_was 0 "Maija Virtanen is Erik Strand's now" team merge "$post/fifth.rpb" -j "$anna/journal.db"
run 0 stage Maija --json --salesperson Anna -j "$anna/journal.db"
json stage__of_the_predecessor_has_ended 'status="ended"'
run 0 next Maija --salesperson Anna -j "$anna/journal.db"
tap next__of_the_predecessor_asks_for_no_farewell "$(case $out in *courteously*) echo "$out" ;; esac)"
tap_done
