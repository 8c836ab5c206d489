#!/bin/sh
# The set-up script, as far as it can be tried without installing anything.
set -u
. "${top_srcdir:=.}/tests/tap.sh"
script=$top_srcdir/bootstrap
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# try COMMAND...: its output in $out, its status in $status.
try() {
  out=$("$@" 2>&1 </dev/null)
  status=$?
}
# says WORD...: a finding for each that is not in $out.
says() {
  for word; do
    case $out in *"$word"*) ;; *) printf 'does not say "%s": %s\n' "$word" "$out" ;; esac
  done
}
is() { [ "$status" = "$1" ] || printf 'the status is %s, not %s: %s\n' "$status" "$1" "$out"; }

try sh -n "$script"
tap syntax__is_sound "$(is 0)"

for argument in '' -h --help; do
  # shellcheck disable=SC2086 # none or one
  try sh "$script" $argument
  tap "help__with_${argument:-nothing}" "$(is 0; says run check build RAPPORT_BUILD)"
done

try sh "$script" frobnicate
tap argument__unknown "$(is 2; says '"frobnicate"' 'run, check or build')"

# A machine without Debian's tools and without any other: every package is named, and nothing is made but the folder.
mkdir "$scratch/bin" "$scratch/tree"
for tool in awk cat dirname find id mkdir printf sh; do ln -s "$(command -v "$tool")" "$scratch/bin/$tool"; done
cp "$script" "$scratch/tree/bootstrap"
try env PATH="$scratch/bin" "$scratch/bin/sh" "$scratch/tree/bootstrap" build
tap other_system__names_packages "$(is 1; says 'dnf install' 'pacman -S' 'brew install' libsodium-devel utf8proc)"
tap other_system__makes_nothing "$(cd "$scratch/tree" && find . -type f ! -name bootstrap)"

# Each library that configure.ac asks for is one that the script installs.
tap libraries__are_those_of_configure "$(sed -n 's/^PKG_CHECK_MODULES(\[[A-Z]*\], \[\([^ ]*\).*/\1/p' "$top_srcdir/configure.ac" |
  while read -r module; do
    grep -q "^pc:$module " "$script" || echo "configure.ac asks for $module, which no row of bootstrap names"
  done)"
tap_done
