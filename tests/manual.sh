#!/bin/sh
# What the program writes of itself for the installation: the manual page and the completions of two shells.
set -u
. "${top_srcdir:=.}/tests/tap.sh"
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
tap manual__has_every_key_of_the_interface "$(
  sed -n 's/^  X([A-Z_]*, \([a-z_]*\), ".*N_.*/\1/p' "$top_srcdir/include/rapport/actions.h" | while read -r action; do
    grep -qF "\\fI$action\\fR" "$manual" || echo "no action $action"
  done)"
if command -v groff >/dev/null; then
  tap manual__is_well_formed "$(groff -man -ww -Tutf8 -z "$manual" 2>&1)"
else
  tap_skip manual__is_well_formed 'no groff'
fi

if command -v bash >/dev/null; then
  # shellcheck disable=SC2016 # bash is to expand these
  complete='. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rapport; printf "%s\n" "${COMPREPLY[@]}"'
  tap bash__completes_a_command "$(bash -c "$complete" "$bash_script" rapport brie 2>&1 | grep -vx brief)"
  tap bash__completes_every_command "$(for command in $commands; do
    bash -c "$complete" "$bash_script" rapport "$command" | grep -qx "$command" || echo "not $command"
  done)"
  tap bash__completes_an_option "$(bash -c "$complete" "$bash_script" rapport log --dry 2>&1 | grep -vx -e --dry-run)"
else
  tap_skip bash__completes 'no bash'
fi
if command -v zsh >/dev/null; then
  tap zsh__is_sound "$(zsh -n "$zsh_script" 2>&1)"
else
  tap_skip zsh__is_sound 'no zsh'
fi
tap_done
