#!/bin/sh
# Each public header compiles alone as strict C17, twice in a row, says what it is for, and documents each function:
# a comment directly above the prototype or above the unbroken group of lines it stands in, or on its own line.
set -u
. "${top_srcdir:=.}/tests/tap.sh"

for header in "$top_srcdir"/include/rapport/*.h; do
  name=$(basename "$header" .h)
  # shellcheck disable=SC2086 # both are words
  tap "${name}__compiles_alone" "$(printf '#include "rapport/%s.h"\n#include "rapport/%s.h"\n' "$name" "$name" |
    ${CC:-cc} ${CPPFLAGS-} -std=c17 -D_XOPEN_SOURCE=700 -I"$top_srcdir/include" -Wall -Wextra -Wpedantic -Werror \
      -fsyntax-only -x c - 2>&1)"
  tap "${name}__is_documented" "$(awk '
    function words(line) { return line ~ /[a-z][a-z]/ }
    NR == 1 && !/^\/\*/ { print "line 1: the header does not begin with what it is for" }
    # A group is a run of lines without an empty one; `said` is whether a comment was seen in it.
    /^[ \t]*$/ { said = 0; next }
    in_comment { if (words($0)) said = 1; if (/\*\//) in_comment = 0; next }
    /\/\*/ { said = 1; if ($0 !~ /\*\//) in_comment = 1; if ($0 ~ /^[ \t]*\/\*/) next }
    # Inside of braces, of a macro and of a statement that goes on nothing begins.
    macro { macro = /\\$/; next }
    /^[ \t]*#/ { macro = /\\$/; next }
    depth == 0 && !open && /^(static inline |extern |const |struct |enum |[a-z_])[^={}]*[ *]rp_[a-z0-9_]+\(/ && !/^typedef/ {
      match($0, /rp_[a-z0-9_]+\(/)
      if (!said) printf "line %d: %s) has no comment\n", NR, substr($0, RSTART, RLENGTH)
    }
    { line = $0; gsub(/\/\*.*\*\//, "", line); open = (depth == 0 && line !~ /[;}][ \t]*$/)
      depth += gsub(/\{/, "", line) - gsub(/\}/, "", line) }
  ' "$header")"
done
tap_done
