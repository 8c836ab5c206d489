#!/bin/sh
# Help, wrong usage, exit statuses, and journals that cannot be used.
. "$top_srcdir/tests/cli_world.sh"

says 'help__lists_the_commands' 0 'stage' --help
says 'version__is_printed' 0 'rapport ' --version
commands=$("$rapport" --help | sed -n '/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
  says "help__of_$command" 0 "Usage: rapport $command" "$command" --help
done
says 'unknown_command__is_wrong_usage' 2 'did you mean stage' stge
says 'unknown_option__is_wrong_usage' 2 'did you mean --json' stage --jsn
says 'option__of_another_command' 2 '--keep-going' stage --keep-going Maija
says 'option__without_its_value' 2 '--journal FILE' stage --journal
says 'too_many_arguments__are_wrong_usage' 2 'too much' undo now
says 'too_few_arguments__are_wrong_usage' 2 'missing' brief
says 'passphrase__is_refused_until_there_is_a_vault' 2 'not encrypted yet' init --name 'Anna Laine' --passphrase-fd 3
[ -e "$RAPPORT_JOURNAL" ] && found=there || found=
tap 'passphrase__that_is_refused_makes_no_journal' "$found"
says 'passphrase__is_refused_by_all_commands' 2 'encrypted disk' --passphrase-fd 3
says 'passphrase__is_explained_by_the_help' 0 'not encrypted yet' --help
says 'date__that_is_none' 2 '30' stage Maija --as-of 2026-02-30
RAPPORT_NOW=never; export RAPPORT_NOW
says 'clock__that_does_not_parse' 2 'RAPPORT_NOW' today
RAPPORT_NOW=2026-11-22T09:30

worked_example
says 'options__may_stand_before_the_command' 0 '"stage":2' --json stage Maija
says 'name__that_is_unknown_lists_the_nearest' 3 'did you mean Maija Virtanen' stage Maja
run 0 add customer 'name=Lohja Steel'
run 0 add contact 'name=Maiju Salo' 'customer=Lohja'
says 'name__that_is_ambiguous_lists_the_candidates' 3 'Maiju Salo (Lohja Steel)' stage mai
says 'name__with_its_company' 3 'nobody has a relationship' stage 'mai @ lohja'
says 'rules__check_shows_a_caret' 1 '^' rules check "$top_srcdir/tests/fixtures/bad_rules.yaml"
says 'rules__of_a_file_change_the_answer' 0 '"stage":1' stage Maija --json --rules "$top_srcdir/tests/fixtures/slow_rules.yaml"
says 'rules__show_takes_no_file' 2 '“x” is too much: rapport rules show' rules show x
says 'rules__facts_takes_no_file' 2 'too much' rules facts x
says 'rules__check_needs_a_file' 2 'which file?' rules check
says 'rules__of_an_unknown_part' 2 'show | check FILE | facts' rules chek
says 'theme__list_takes_no_file' 2 '“x” is too much: rapport theme list' theme list x
says 'theme__check_needs_a_file' 2 'which file?' theme check
says 'theme__check_of_a_shipped_one' 0 'all right' theme check "$top_srcdir/themes/default.yaml"
says 'config__sets_and_tells' 0 '' config theme=mono
says 'config__did' 0 'mono' config theme
says 'config__of_an_unknown_setting' 2 'colour' config colour
config=$XDG_CONFIG_HOME/rapport/config.yaml
says 'config__check_of_a_good_file' 0 "$config is all right" config check
printf 'theme: rouge\nkeys:\n  udno: U\n  undo: m\n' >"$config"
says 'config__check_names_the_theme' 1 "$config:1:8: there is no theme “rouge”" config check
says 'config__check_names_an_unknown_action' 1 "$config:3:3: there is no action “udno”; did you mean undo?" config check
says 'config__check_names_both_actions_of_a_key' 1 \
  "$config:4:9: the key m of “undo” is also the key of “log” on the same screen, which keeps it" config check
run 1 config check --json
json 'config__check_as_json' .ok=false .findings@count=3 '.findings[2].line=4' '.findings[2].column=9'
echo 'them: light' >"$config"
says 'config__check_of_an_unknown_setting' 1 "$config:1:1: there is no key “them”; did you mean theme?" config check
tap 'config__says_it_once' "$(printf '%s\n' "$messages" | grep -c 'no key' | grep -vx 1)"
says 'config__of_a_broken_file_is_said_by_others' 0 "$config:1:1: there is no key “them”" stage Maija
rm "$config"

# Journals that cannot be used.
mkdir "$folder/folder"
says 'journal__that_is_a_folder' 1 "$folder/folder" stage Maija -j "$folder/folder"
echo 'Dear diary' >"$folder/text.db"
says 'journal__that_is_no_database' 1 "$folder/text.db" stage Maija -j "$folder/text.db"
tap 'journal__that_is_no_database_is_left_alone' "$(grep -v 'Dear diary' "$folder/text.db")"
ln -s "$RAPPORT_JOURNAL" "$folder/link.db"
says 'journal__that_is_a_link' 1 'link' stage Maija -j "$folder/link.db"
mkfifo "$folder/pipe.db"
says 'journal__that_is_a_pipe' 1 "$folder/pipe.db" stage Maija -j "$folder/pipe.db"
head -c 6000 "$RAPPORT_JOURNAL" >"$folder/cut.db"
run 1 check -j "$folder/cut.db"
tap 'journal__that_is_cut_is_refused' "$wrong"
if [ "$(id -u)" != 0 ]; then
  cp "$RAPPORT_JOURNAL" "$folder/readonly.db"
  chmod 400 "$folder/readonly.db"
  says 'journal__for_reading_only_can_be_read' 0 'Maija' stage Maija -j "$folder/readonly.db"
  run 1 log 'Maija: x' -j "$folder/readonly.db"
  tap 'journal__for_reading_only_is_not_written' "$wrong"
fi
out=$("$rapport" list contact --json 2>&1 >/dev/full)
status=$?
[ -e /dev/full ] && tap 'output__that_cannot_be_written_is_said' "$([ $status -eq 5 ] || echo "ended with $status: $out")"
says 'journal__that_has_no_name' 2 '--journal' stage Maija --journal ''
says 'journal__that_has_no_name_for_demo' 2 '--journal' demo --no-ui -j ''
tap_done
