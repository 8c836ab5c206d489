#!/bin/sh
# A journal from its first day: init, log, undo, edits, lists, keeping.
. "$top_srcdir/tests/cli_world.sh"

says 'no_journal__names_init' 3 'rapport init' stage Maija
says 'no_journal__is_not_made_by_reading' 3 'rapport init' list contact
[ -e "$RAPPORT_JOURNAL" ] && found=there || found=
tap 'no_journal__leaves_nothing_behind' "$found"
says 'init__needs_a_name' 2 '--name' init --no-passphrase
says 'init__makes_a_journal_and_says_that_it_is_not_encrypted' 0 'not encrypted' init --name 'Anna Laine' --no-passphrase
says 'next__says_when_there_is_none' 0 'Nothing is suggested now' next
says 'init__never_overwrites' 1 'never overwrites' init --name 'Erik Strand' --no-passphrase
modes=$(stat -c %a "$RAPPORT_JOURNAL" 2>/dev/null || stat -f %Lp "$RAPPORT_JOURNAL")
[ "$modes" = 600 ] && wrong= || wrong="the journal's mode is $modes"
tap 'init__keeps_the_journal_private' "$wrong"

note 3 'Maija Virtanen: plant visit'
case $messages in *'1:1'*'NAME @ COMPANY'* | *'COMPANY'*) ;; *) wrong="${wrong}does not say how to make a person: $messages" ;; esac
tap 'log__of_an_unknown_person_says_how_to_make_one' "$wrong"
note 3 'Maija Virtanen @ Saimaa Valves Oy: plant visit'
tap 'log__makes_nobody_without_asking' "$wrong"
lacks 'log__that_was_refused_stored_nothing' Maija list contact
note 0 'video Maija Virtanen @ Saimaa Valves Oy yesterday: Budget round opens in January.
< b2 goals_and_strategy: a second line in Oulu, not public yet
> b2 goals_and_strategy: our roadmap for the third quarter
< s1 hobbies: has started sailing
+ trust 4
- time 2
! send the offer by fri
? she sends the drawings by 2026-12-01
?? which seals does line 2 need' --create --dry-run
tap 'log__dry_run_is_done' "$wrong"
lacks 'log__dry_run_stores_nothing' Maija list contact
note 0 'video Maija Virtanen @ Saimaa Valves Oy yesterday: Budget round opens in January.
< b2 goals_and_strategy: a second line in Oulu, not public yet
> b2 goals_and_strategy: our roadmap for the third quarter
< s1 hobbies: has started sailing
+ trust 4
- time 2
! send the offer by fri
? she sends the drawings by 2026-12-01
?? which seals does line 2 need' --create
case $out in *'business partner'*) ;; *) wrong="${wrong}does not tell the change of stage: $out" ;; esac
tap 'log__tells_what_changed_in_the_assessment' "$wrong"
says 'list__by_the_filter_language' 0 'Maija Virtanen' list contact 'stage>=1' customer:saimaa
lacks 'list__filters_out' Maija list contact 'stage>=2'
lacks 'list__takes_a_word_that_begins_with_a_minus' Maija list contact -maija
says 'list__with_a_filter_that_does_not_parse' 2 'stage' list contact 'stage>=x'
says 'list__of_an_unknown_type' 2 'contact' list contct
says 'search__without_case' 0 'sailing' search SAILING
says 'search__finds_prefixes' 0 'hobbies' search sail
says 'search__folds_accents' 0 'Oulu' search óulu
says 'today__lists_what_is_due' 0 'send the offer' today
says 'brief__folds_private_text_when_it_is_passed_on' 0 '--private' brief Maija
lacks 'brief__does_not_print_private_text' sailing brief Maija
says 'brief__prints_it_when_told' 0 'sailing' brief Maija --private
says 'map__shows_topics' 0 'hobbies' map Maija
says 'journey__shows_channels' 0 'video' journey Saimaa
says 'themes__shows_all_ten' 0 'customization' themes Saimaa
says 'review__tells_the_change_of_stage' 0 'business partner' review
says 'list__says_whose_promise_it_is' 0 '  2026-11-21  Maija Virtanen · ! send the offer (by 27 Nov)' list promise
says 'list__says_what_its_type_does_not' 0 'Maija Virtanen · ?? which seals does line 2 need' list promise
says 'search__says_who_told_it' 0 'Maija Virtanen · < s1 hobbies: has started sailing' search sailing
says 'add__takes_names_and_natural_dates' 0 'Send samples' add promise relationship=Maija by=salesperson 'text=Send samples' due=fri
says 'add__names_what_is_allowed' 1 'meeting, phone' add interaction at=today channel=vidoe contacts=Maija
says 'add__of_an_unknown_field' 1 'birthday' add contact nme=x
says 'edit__says_which_stages_change' 0 'Maija' edit Maija 'title=Purchasing director'
says 'show__prints_the_whole_record' 0 'Purchasing director' show Maija
says 'undo__names_the_action' 0 'Maija' undo
lacks 'undo__took_it_back' 'Purchasing director' show Maija
says 'redo__puts_it_on_again' 0 'Maija' redo
says 'redo__did' 0 'Purchasing director' show Maija
says 'delete__asks_before_it_takes_others_along' 1 '--yes' delete Maija
says 'delete__takes_them_along' 0 'undo' delete Maija --yes
lacks 'delete__did' Maija list contact
says 'undo__brings_all_back' 0 'taken back' undo
says 'undo__did' 0 'sailing' brief Maija --private
meeting=$("$rapport" list interaction --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
says 'delete__of_a_meeting_says_what_stays' 0 'stays without it: 3 disclosures, 3 promises' delete "$meeting"
case $out in *'--whole would have taken it along: 3 disclosures, 1 evaluation, 3 promises'*) ;;
  *) wrong="says \"$out\"" ;; esac
tap 'delete__of_a_meeting_names_what_was_noted_there' "$wrong"
says 'delete__left_what_was_told' 0 'sailing' brief Maija --private
run 0 undo
says 'delete__of_a_whole_meeting_asks' 1 'takes with it: 3 disclosures, 1 evaluation, 3 promises' delete "$meeting" --whole
says 'delete__of_a_whole_meeting_in_json' 0 '"with":{"disclosure":3,"evaluation":1,"promise":3},"without":{}' delete "$meeting" --whole --yes --json
lacks 'delete__took_what_was_told' sailing brief Maija --private
run 0 undo
says 'undo__brings_the_whole_meeting_back' 0 'sailing' brief Maija --private
says 'next__accept_makes_a_step' 0 'accepted' next Maija --accept N21
says 'accepted__is_a_dated_step' 0 'due' list next_step --json
lacks 'accepted__is_not_suggested_again' N21 next Maija
says 'accepted__is_told_when_asked_for' 0 N21 next Maija --all-suggestions
says 'next__snooze_needs_a_date' 2 'until when' next Maija --snooze N27
says 'next__of_what_is_not_suggested' 3 'suggested are' next Maija --accept N01
says 'read_only__changes_nothing' 2 'read-only' undo --read-only
says 'check__finds_no_damage' 0 'no damage' check

# Keeping.
says 'backup__writes_a_copy' 0 'wrote' backup "$folder/copy.db"
says 'backup__does_not_overwrite' 1 "$folder/copy.db" backup "$folder/copy.db"
run 0 log 'Maija: after the copy'
says 'restore__asks' 1 '--yes' restore "$folder/copy.db"
says 'restore__puts_the_copy_in_place' 0 'restored' restore "$folder/copy.db" --yes
lacks 'restore__did' 'after the copy' list interaction

# A person who objected.
run 0 edit Maija objected=yes
says 'objected__nothing_is_concluded' 0 'Nothing is concluded' stage Maija
lacks 'objected__nor_in_the_list' 'partner' stage --all
run 0 stage Maija --json
json objected__programs_get_the_answer_of_the_engine stage 'suggestions=[]'

# Days: what is asked for, and the ends of the calendar.
run 0 review --json --since 2026-11-16
json review__since_is_the_first_day 'since="2026-11-16"' 'until="2026-11-22"'
run 0 review --json
json review__is_a_week 'since="2026-11-16"' 'until="2026-11-22"'
says 'review__of_one_day' 0 'Sun 22 Nov 2026 – Sun 22 Nov 2026' review --since today
says 'review__of_days_to_come' 2 'looks back' review --since tomorrow
for day in 1900-01-01 9999-12-31; do
  for command in today next 'brief Maija' 'journey Saimaa'; do
    # shellcheck disable=SC2086
    run 0 $command --as-of "$day"
    tap "$(echo "$command" | cut -d' ' -f1)__on_$day" "$wrong"
  done
done
says 'review__on_the_last_day_there_is' 0 '9999' review --as-of 9999-12-31

# Suggestions put aside, for programs and twice.
run 0 edit Maija objected=no
run 0 next Maija --accept N27 --json
json next__accept_tells_programs_what_is_held '[*].suggestion=["N27"]' '[*].hold=["accepted"]'
run 0 next Maija --accept N27 2026-12-24
run 0 list next_step --json
json next__accepted_again_moves_the_step_there_is '[*].due=["2026-12-24","2026-11-29"]' '@count=2'
says 'next__holds_cannot_stand_together' 2 'choose one' next Maija --accept N27 --dismiss N27
says 'next__date_that_is_none' 2 '2026-02-30' next Maija --accept N27 2026-02-30
says 'next__why_alone' 2 '--dismiss' next Maija --why because
run 0 backup "$folder/program.db" --json
json backup__tells_programs_where "backup=\"$folder/program.db\""
run 0 restore "$folder/program.db" --yes --json
json restore__tells_programs_where "journal=\"$RAPPORT_JOURNAL\""

# A journal that cannot be begun is not made.
run 1 init --name "$(printf '%201s' '' | tr ' ' n)" -j "$folder/long.db"
tap 'init__of_a_name_that_is_refused_makes_nothing' "$wrong$(find "$folder" -name 'long.db*')"
run 1 init --name "$(printf 'Anna\nLaine')" -j "$folder/long.db"
tap 'init__of_a_name_of_two_lines' "$wrong$(find "$folder" -name 'long.db*')"
tap_done
