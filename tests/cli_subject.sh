#!/bin/sh
# What a person may ask for, over the command line: erasure down to the last byte.
. "$top_srcdir/tests/cli_world.sh"

world() { # a journal with Kaisa Neulanen in all of it
  rm -rf "$folder/data" "$folder/state"
  mkdir -p "$folder/data"
  RAPPORT_JOURNAL=$folder/data/journal.db XDG_STATE_HOME=$folder/state
  export RAPPORT_JOURNAL XDG_STATE_HOME
  "$rapport" init --name 'Anna Laine' >/dev/null
  "$rapport" log --create 'meeting Kaisa Neulanen @ Saimaa Valves Oy, Maija Virtanen @ Saimaa Valves Oy yesterday: Kaisa Neulanen complained' >/dev/null
  "$rapport" log 'phone Kaisa Neulanen today: neulasalaisuus
< s1 hobbies: neulonta
+ trust 4
! send the neula by fri' >/dev/null
  "$rapport" backup "$folder/data/old.db" >/dev/null
  "$rapport" restore "$folder/data/old.db" --yes >/dev/null # which makes an automatic backup
  rm "$folder/data/old.db"
}
needles() {
  grep -rlaiE 'neula|kaisa' "$folder/data" "$folder/state" | sed 's/^/it is still in /'
}

world
tap subject__the_world_is_full_of_her "$(needles | grep -q backups || echo 'no needle in the backups')"
says subject__needs_a_part_and_a_name 2 'something is missing' subject
says subject__needs_a_name 2 'rapport subject erase NAME' subject erase
says subject__of_an_unknown_part 2 'allowed is erase' subject eraze Kaisa
says subject__of_nobody 3 'Nobody' subject erase Nobody
note 0 'phone Maija Salo @ Kymijoki Paper today: x' --create
says subject__of_several 3 'can be' subject erase Maija
says subject__of_a_company 3 'Saimaa' subject erase Saimaa
says subject__without_a_terminal_only_tells 1 '--yes erases Kaisa Neulanen for good' subject erase Kaisa
says subject__of_a_journal_that_is_only_read 2 'leave out --read-only' subject erase Kaisa --yes --read-only
before=$(cksum <"$RAPPORT_JOURNAL")
run 0 subject erase Kaisa --dry-run
for words in 'Erasing Kaisa Neulanen takes for good' '1 contact, 1 relationship, 1 meeting' 'Stays without them' \
  'whole name becomes' 'Copies, exports and bundles'; do
  case $out in *"$words"*) ;; *) wrong="$wrong no “$words” in: $out" ;; esac
done
tap subject__dry_run_shows_what_would_go "$wrong"
tap subject__dry_run_changes_nothing "$([ "$before" = "$(cksum <"$RAPPORT_JOURNAL")" ] || echo 'the journal is another')"
run 0 subject erase Kaisa --dry-run --json
json subject__dry_run_as_json 'erased=false' 'records.contact=1' 'records.interaction=1' 'stays[0].type="interaction"' \
  'mentions[0].title' 'notes=0' 'namesake=false'
run 0 subject erase Kaisa --yes --json
json subject__erases 'erased=true' 'purged=true' 'records.relationship=1'
tap subject__leaves_no_byte "$(needles)"
says subject__undo_does_not_bring_them_back 0 'nothing to take back' undo
says subject__is_erased_once 3 'Kaisa' subject erase Kaisa --yes
says subject__the_others_stay 0 'Maija Virtanen' list contact
says subject__the_meeting_stays_without_the_name 0 '[erased] complained' list interaction
says subject__the_journal_is_sound 0 'no damage' check

world
"$rapport" backup "$folder/mine.db" >/dev/null
run 0 subject erase Kaisa --yes
tap subject__says_how_much_went "$(case $out in *'erased Kaisa Neulanen: '*' records'*) ;; *) echo "$out" ;; esac)"
run 0 restore "$folder/mine.db" --yes
tap restore__does_not_bring_them_back "$wrong$(needles)"
says restore__has_the_others 0 'Maija Virtanen' list contact

tap_done
