#!/bin/sh
# What the program writes of itself for the installation: the manual page and the completions of two shells.
set -u
. "${top_srcdir:=.}/tests/cli_world.sh"
manual=$top_builddir/docs/rapport.1
bash_script=$top_builddir/completions/rapport
zsh_script=$top_builddir/completions/_rapport
commands=$("$top_builddir/rapport" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')

tap manual__has_every_section "$(for section in NAME SYNOPSIS DESCRIPTION COMMANDS OPTIONS 'EXIT STATUS' ENVIRONMENT FILES; do
  grep -qx ".SH $section" "$manual" || echo "no section $section"
done)"
tap manual__has_every_command "$([ -n "$commands" ] || echo 'the help names no command'
  for command in $commands; do
    grep -qF "\\fB$command\\fR" "$manual" || echo "no command $command"
  done)"
tap manual__has_every_option "$(
  sed -n 's/^  X([A-Z_]*, [^,]*, "\([a-z-]*\)",.*/\1/p' "$top_srcdir/src/cli/cli.h" | sed 's/-/\\-/g' | while read -r option; do
    grep -qF "\\fB\\-\\-$option\\fR" "$manual" || echo "no option $option"
  done)"
tap manual__has_every_key_of_the_interface "$(
  sed -n 's/^  X([A-Z_]*, \([a-z_]*\), ".*N_.*/\1/p' "$top_srcdir/include/rapport/actions.h" | while read -r action; do
    grep -qF "\\fI$action\\fR" "$manual" || echo "no action $action"
  done)"
# What can be said without groff: only the requests that are meant, closed where opened, and no escape that is unknown.
tap manual__is_well_formed "$(awk '
  /^[.\047]/ && !/^\.(TH|SH|SS|TP|PP|RS|RE|nf|fi)( |$)/ { print FILENAME ":" FNR ": no request of this page: " $0 }
  /^\.RS/ { inner++ } /^\.RE/ { if (--inner < 0) print FILENAME ":" FNR ": closes nothing" }
  /^\.nf/ { plain++ } /^\.fi/ { plain-- }
  { line = $0; gsub(/\\(f[BIR]|-|e|&|\([lr]q)/, "", line); if (line ~ /\\/) print FILENAME ":" FNR ": unknown escape: " $0
    if (line ~ /[^ -~]/) print FILENAME ":" FNR ": no ASCII: " $0
    font = "R"; while (match($0, /\\f[BIR]/)) { font = substr($0, RSTART + 2, 1); $0 = substr($0, RSTART + 3) }
    if (font != "R") print FILENAME ":" FNR ": the font is not set back" }
  END { if (inner != 0 || plain != 0) print FILENAME ": .RS or .nf is not closed" }' "$manual"
  if command -v groff >/dev/null; then groff -man -ww -Tutf8 -z "$manual" 2>&1; fi)"

# The examples of each command, on the sample journal, each in a world of its own.
mkdir "$folder/bin" "$folder/sample"
ln -s "$(cd "$top_builddir" && pwd)/rapport" "$folder/bin/rapport"
PATH=$folder/bin:$PATH
(
  cd "$folder/sample" || exit 1
  rapport demo --no-ui -j journal.db && rapport export jsonl journal.jsonl -j journal.db && rapport backup copy.db -j journal.db &&
    rapport rules show >rules.yaml && echo 'inherits: light' >paper.yaml &&
    echo 'Maija today: Budget round opens in January.' >note
) >/dev/null || { echo 'Bail out! the sample journal cannot be made'; exit 99; }
for command in $commands; do
  examples=$(rapport "$command" --help | sed -n '/^Examples$/,/^$/s/^  //p')
  tap "examples_of_${command}__can_be_run" "$(
    [ -n "$examples" ] || echo 'there are none'
    printf '%s\n' "$examples" | while read -r example; do
      rm -rf "$folder/world"
      cp -r "$folder/sample" "$folder/world"
      cd "$folder/world" || exit 1
      RAPPORT_JOURNAL=$folder/world/journal.db
      XDG_DATA_HOME=$folder/world/data XDG_CONFIG_HOME=$folder/world/config XDG_STATE_HOME=$folder/world/state
      case $command in init) RAPPORT_JOURNAL=$folder/world/new.db ;; esac
      said=$(sh -c "$example" 2>&1 </dev/null) || echo "$example: $said"
    done
  )"
done
types=$(sed -n 's/^### `\(.*\)`$/\1/p' "$top_srcdir/docs/format.md" | grep -vx -e item -e override)
tap help__lists_the_fields_of_every_type "$([ -n "$types" ] || echo 'there are no types'
  for type in $types; do
    rapport help "$type" | grep -q "rapport add $type " || echo "not of $type"
  done)"

if command -v bash >/dev/null; then
  # shellcheck disable=SC2016 # bash is to expand these
  complete='. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rapport; printf "%s\n" "${COMPREPLY[@]}"'
  tap bash__completes_a_command "$(bash -c "$complete" "$bash_script" rapport brie 2>&1 | grep -vx brief)"
  tap bash__completes_every_command "$(for command in $commands; do
    bash -c "$complete" "$bash_script" rapport "$command" | grep -qx "$command" || echo "not $command"
  done)"
  tap bash__completes_an_option "$(bash -c "$complete" "$bash_script" rapport log --dry 2>&1 | grep -vx -e --dry-run)"
  completes() { bash -c "$complete" "$bash_script" rapport "$@" 2>&1; }
  tap bash__completes_behind_an_option_with_a_value "$(completes -j other.db brie | grep -vx brief)"
  tap bash__completes_a_field "$(completes add contact rol | grep -vx role=)"
  tap bash__completes_a_code_of_a_field "$(completes add contact role = dec | grep -vx decision_maker)"
  tap bash__completes_the_parts_of_a_command "$(completes theme '' | grep -v -e '^--' -e '^list$' -e '^check$')"
  tap bash__offers_nothing_for_a_name "$(completes stage Mai)"
  # bash reads as much of the other shell's grammar as this script is written in.
  tap zsh__is_sound "$(bash -n "$zsh_script" 2>&1; if command -v zsh >/dev/null; then zsh -n "$zsh_script" 2>&1; fi)"
else
  tap_skip completions 'no bash'
fi
tap zsh__has_every_command "$(for command in $commands; do
  grep -q "^    '$command:" "$zsh_script" && grep -q "^        $command) _arguments" "$zsh_script" || echo "not $command"
done)"
tap_done
