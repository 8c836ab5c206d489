# shellcheck shell=sh
# TAP for the tests written in sh: `. "$top_srcdir/tests/tap.sh"`, then a result for each thing looked at, then tap_done.
# These tests find the source in $top_srcdir and the build in $top_builddir, which `make check` sets.
: "${top_srcdir:=.}" "${top_builddir:=.}"
tap_count=0

# tap NAME FINDINGS: passes when FINDINGS is empty; otherwise fails and shows them.
tap() {
  tap_count=$((tap_count + 1))
  if [ -z "$2" ]; then
    printf 'ok %d - %s\n' "$tap_count" "$1"
  else
    printf 'not ok %d - %s\n' "$tap_count" "$1"
    printf '%s\n' "$2" | sed 's/^/#   /'
  fi
}

# tap_skip NAME REASON
tap_skip() {
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

tap_done() { printf '1..%d\n' "$tap_count"; }
