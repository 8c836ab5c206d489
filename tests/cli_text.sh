#!/bin/sh
# What a person reads of stage and next, the sample journal, help for programs, and long output through a pager.
. "$top_srcdir/tests/cli_world.sh"

# in_order NAME STATUS WORDS ... -- ARGUMENT ...: the output has the words in this order.
in_order() {
  name=$1 wanted=$2 found=
  shift 2
  : >"$folder/words"
  while [ "$1" != -- ]; do
    printf '%s\n' "$1" >>"$folder/words"
    shift
  done
  shift
  run "$wanted" "$@"
  rest=$out
  while read -r words; do
    case $rest in
    *"$words"*) rest=${rest#*"$words"} ;;
    *)
      found="“$words” is not in its place in: $out"
      break
      ;;
    esac
  done <"$folder/words"
  tap "$name" "$wrong$found"
}

worked_example
in_order stage__of_a_person 0 'Maija Virtanen' 'Saimaa Valves Oy · Anna Laine' 'collaborative partner' 'deepening' \
  'you 2, they 2, both 2' 'Why' 'U2 KJ' 'To come closer' '2 relational benefits, 1 now' 'Next' N24 N27 N30 -- stage Maija
lacks stage__tells_its_history_only_when_asked 'U1 KJ' stage Maija
in_order stage__with_its_history 0 '2026-08-04' 'prospect → business partner' 'U1 KJ' '> b1' '2026-11-12' 'U2 KJ' '> b2' \
  '+revenue 4' -- stage Maija --history
in_order stage__of_a_company 0 'Saimaa Valves Oy' 'deepest: collaborative partner' 'decision maker: yes' 'Maija Virtanen' \
  -- stage Saimaa
in_order stage__of_all 0 '2  Maija Virtanen · Saimaa Valves Oy · collaborative partner' -- stage --all
says stage__of_nobody 2 'whose stage?' stage
run 0 list relationship --json
relationship=$(printf '%s\n' "$out" | sed 's/.*"id":"\([^"]*\)".*/\1/; q')
run 0 edit "$relationship" 'override=business_partner: too early'
in_order stage__beside_ones_own_view 0 'collaborative partner' 'your own view: business partner, 22 Nov: too early' -- \
  stage Maija
lacks stage__before_ones_own_view_was_held 'your own view' stage Maija --as-of 2026-11-21
in_order brief__beside_ones_own_view 0 because 'your own view: business partner, 22 Nov: too early' 'Last meetings' -- brief Maija

run 0 log 'video Maija 2026-11-23 14:30: Second offer'
in_order today__a_meeting_with_its_time 0 Meetings 'Mon 14:30  video Maija Virtanen · Second offer' -- today
run 0 today --json
json today__a_meeting_with_its_time_for_programs '[0].kind="planned"' '[0].date="2026-11-23"' '[0].time="14:30"' '[0].days=1'
run 0 undo
in_order next__of_all 0 'Maija Virtanen · Saimaa Valves Oy' N24 because N27 because N30 because -- next
says next__is_dismissed_with_a_reason 0 'dismissed: N27' next Maija --dismiss N27 --why 'they have one'
lacks next__that_is_dismissed_is_gone N27 next Maija
in_order next__that_is_dismissed_is_told_when_asked 0 N24 N27 dismissed N30 -- next Maija --all-suggestions
run 0 next --json --all-suggestions
json next__has_it_as_json_too '[*].suggestion=["N24","N27","N30"]' '[1].hold="dismissed"'
says next__is_snoozed_until_a_day 0 'snoozed: N24' next Maija --snooze N24 2026-12-01
says next__needs_a_day_to_snooze_until 2 'until when?' next Maija --snooze N30
says next__needs_a_name 2 'whose suggestion?' next --accept N30
says next__is_accepted 0 'accepted: N30' next Maija --accept N30 2026-12-04
says next__that_is_accepted_is_a_dated_step 0 '2026-12-04' list next_step
says next__of_what_is_not_suggested 3 'suggested are N24, N27, N30' next Maija --accept N99
says next__of_a_journal_for_reading_only 2 'leave out --read-only' next Maija --accept N30 --read-only

# The sample journal is made where there is none, kept, made anew when asked for, and never put over another one.
demo=$XDG_DATA_HOME/rapport/demo.db
unset RAPPORT_JOURNAL
in_order demo__prints_the_day 0 'Meetings' 'today' 'Due' 'Next steps' -- demo --no-ui --people 3
before=$(cksum <"$demo")
run 0 demo --json
json demo__as_json '[*].kind'
tap demo__stays_as_it_is "$([ "$before" = "$(cksum <"$demo")" ] || echo 'it was written again')"
says demo__of_no_people 2 'allowed are 1 to 100000' demo --no-ui --fresh --people 0
tap demo__that_is_not_made_leaves_the_old_one "$([ "$before" = "$(cksum <"$demo")" ] || echo 'it is another')"
run 0 demo --no-ui --fresh --people 5 --years 1
tap demo__anew "$wrong$([ "$before" != "$(cksum <"$demo")" ] || echo 'it is the same')"
run 0 list contact -j "$demo"
tap demo__has_the_people_asked_for "$wrong$([ "$(printf '%s\n' "$out" | wc -l)" -eq 5 ] || echo "$out")"
says demo__of_another_journal 1 'did not make' demo --no-ui --fresh -j "$folder/journal.db"
says demo__leaves_another_journal_alone 0 'Maija Virtanen' stage Maija -j "$folder/journal.db"

says help__of_no_command 2 '“frobnicate”' help frobnicate
says help__of_a_command 0 'Usage: rapport stage' help stage
for file in docs/rapport.1:--man completions/rapport:'--completion bash' completions/_rapport:'--completion zsh'; do
  # shellcheck disable=SC2086
  LC_ALL=C run 0 help ${file#*:}
  tap "help__writes_$(basename "${file%%:*}")" "$wrong$(printf '%s\n' "$out" | cmp - "$top_builddir/${file%%:*}" 2>&1)"
done
says help__of_another_shell 2 'allowed are bash, zsh' help --completion fish
export RAPPORT_JOURNAL="$folder/journal.db"
# Where the locale has no more than ASCII a person gets letters, not bytes; what programs read is UTF-8 everywhere.
run 0 add customer name='Åkerström & Söner Ab'
run 0 add contact name='Jörgen Ærø – 日本' customer=Åkerström role=champion
run 0 log 'phone Jörgen: Maßband 20 €, 3 °C … “schön”'
ascii() {
  name=$1 words=$2
  shift 2
  LC_ALL=C run 0 "$@"
  case "$out" in *"$words"*) ;; *) wrong="${wrong}no “$words” in: $out" ;; esac
  tap "$name" "$wrong$(printf '%s\n' "$out$messages" | LC_ALL=C grep '[^ -~]')"
}
ascii c_locale__gets_letters_for_names 'Jorgen Aro - [][]' show Jörgen
ascii c_locale__gets_letters_for_texts 'Masband 20 E, 3 oC ... "schon"' brief Jörgen
ascii c_locale__gets_arrows_as_typed 'prospect -> business partner' stage Maija --history
ascii c_locale__gets_help '"rapport COMMAND --help" says more.' --help
LC_ALL=C run 3 show 'Jörgen Öhman'
case $messages in *'Jorgen Ohman'*) ;; *) wrong="$wrong$messages" ;; esac
tap c_locale__gets_letters_in_messages "$wrong$(printf '%s\n' "$messages" | LC_ALL=C grep '[^ -~]')"
for command in 'show Jörgen --json' 'export jsonl' 'rules show' 'search schön --json'; do
  # shellcheck disable=SC2086 # words
  run 0 $command
  utf8=$out
  # shellcheck disable=SC2086
  LC_ALL=C run 0 $command
  [ "$out" = "$utf8" ] || wrong="${wrong}rapport $command says something else in the locale C: $out"
  tap "c_locale__leaves_$(printf '%s' "${command%% *}")_to_programs" "$wrong"
done

# In a note the words of the language are understood, and they are named when one is not.
if [ -f "$top_builddir/locale/fi/LC_MESSAGES/rapport.mo" ]; then
  export RAPPORT_LOCALEDIR="$top_builddir/locale" LANGUAGE='fi' RAPPORT_JOURNAL="$folder/journal.db"
  note 0 'palaveri Maija: Käynti.
< b2 tavoitteet: uusi linja
> b1 hinta: ehtomme
+ luottamus 4
- aika 2
! lähetän tarjouksen pe mennessä' --dry-run
  for words in 'tavoitteet ja strategia: uusi linja' 'hinta ja ehdot: ehtomme' '+luottamus 4' '-aika 2' 'lähetän tarjouksen'; do
    case $out in *"$words"*) ;; *) wrong="${wrong}no “$words” in: $out" ;; esac
  done
  tap 'log__understands_the_words_of_the_language' "$wrong"
  note 1 'Maija: Käynti.
< b2 tarpeed: uusi linja'
  case $messages in *'tarpeet? Aiheet'*'tarpeet, hinta ja ehdot'*) ;; *) wrong="$wrong$messages" ;; esac
  tap 'log__names_the_topics_of_the_language' "$wrong"
  note 1 'Maija: Käynti.
+ luotamus 4'
  case $messages in *'luottamus'*'vaivaton viestintä'*) ;; *) wrong="$wrong$messages" ;; esac
  tap 'log__names_the_benefits_of_the_language' "$wrong"
fi
tap_done
