#!/bin/sh
# Who may know whom: first by what each file includes, then by what each layer's library asks of the others when linked.
set -u
. "${top_srcdir:=.}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# A layer, then the layers below it that it may know, then single headers (of data only) that it may know beside them.
layers='
base
domain   base
engine   base domain
store    base domain history.h embedded.h
conf     base domain engine style.h
exchange base domain engine store
journal  base domain engine store conf exchange
team     base domain engine store conf exchange journal
tui      base
report   base domain engine store conf exchange journal team tui
app      base domain engine store conf exchange journal team tui
cli      base domain engine store conf exchange journal team tui report app
'

# What only some files may include: a pattern for the header, then the files.
headers='
sqlite3[.]h             src/store/
yaml[.]h                src/conf/yaml.c
(n?curses|term)[.]h     src/tui/term.c
(ncursesw?/.*)[.]h      src/tui/term.c
csv[.]h                 src/exchange/
libical/.*[.]h          src/exchange/
utf8proc[.]h            src/base/
sodium.*[.]h            src/base/ src/store/ src/team/
'

# What only some objects may ask of the C library and others: a pattern for the symbol, then layers or layer/file.
symbols='
time|clock_gettime|gettimeofday|timespec_get|ftime               base/when
sqlite3_.*                                                       store
yaml_.*                                                          conf/yaml
csv_.*|ical.*                                                    exchange
(__)?v?printf(_chk)?|puts|putchar|stdout                         tui app cli
fopen|open(at)?|read|write|getenv|secure_getenv|socket|connect   base store conf exchange journal tui app cli
system|popen                                                     none
'

# ---- by includes --------------------------------------------------------------------------------------------------
# "LAYER HEADER" for each public header: the layer whose library lists it in Makefile.am.
owners=$(sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}' Makefile.am |
  awk '/^(nodist_)?lib[a-z]+_a_SOURCES *\+?=/ { layer = $1; sub(/^(nodist_)?lib/, "", layer); sub(/_a_SOURCES.*/, "", layer)
    for (i = 1; i <= NF; i++) if ($i ~ /^include\/rapport\//) print layer, substr($i, 17) }')

tap headers__each_belong_to_one_layer "$(for header in include/rapport/*.h; do
  printf '%s\n' "$owners" | awk -v header="${header##*/}" '
    $2 == header { n++ } END { if (n != 1) print header " stands in the SOURCES of " n + 0 " layers in Makefile.am" }'
done)"

# "FILE:LINE: HEADER" for each include, FILE without "./".
includes=$(grep -nE '^[ 	]*#[ 	]*include' -r src include --include='*.[ch]' |
  sed -E 's/^([^:]*:[0-9]+):[^"<]*["<]([^">]*)[">].*/\1 \2/')

printf '%s\n' "$layers" | grep . >"${TMPDIR:-/tmp}/layers.$$"
trap 'rm -f "${TMPDIR:-/tmp}/layers.$$"' EXIT
while read -r layer allowed; do
  tap "${layer}__includes_only_what_it_may_know" "$({ printf '%s\n' "$owners"; echo; printf '%s\n' "$includes"; } |
    awk -v layer="$layer" -v allowed=" $layer $allowed " '
      !/./ { second = 1; next }
      !second { owner[$2] = $1; next }
      {
        split($1, place, ":")
        if (place[1] ~ "^include/rapport/") { if (owner[substr(place[1], 17)] != layer) next }
        else if (place[1] !~ "^src/" layer "/") next
        if ($2 ~ /^rapport\//) {
          header = substr($2, 9)
          whose = header in owner ? owner[header] : "no layer"
          if (!index(allowed, " " whose " ") && !index(allowed, " " header " "))
            print $1 ": " layer " may not know " header " of " whose
        } else if ($2 ~ /^(\.\.|src|base|domain|engine|store|conf|exchange|journal|team|tui|app|cli)\//)
          print $1 ": a private header of another folder: " $2
      }')"
done <"${TMPDIR:-/tmp}/layers.$$"

printf '%s\n' "$headers" | grep . >"${TMPDIR:-/tmp}/layers.$$"
while read -r pattern files; do
  tap "includes_of_$(printf '%s' "$pattern" | tr -dc 'a-z0-9')__only_where_they_belong" "$(printf '%s\n' "$includes" |
    awk -v pattern="^($pattern)\$" -v files="$files" '
      BEGIN { count = split(files, file, " ") }
      $2 ~ pattern { for (i = 1; i <= count; i++) if (index($1, file[i]) == 1) next; print $1 ": includes " $2 }')"
done <"${TMPDIR:-/tmp}/layers.$$"

# ---- by symbols ---------------------------------------------------------------------------------------------------
all=$(cd "$top_builddir" && for library in lib*.a; do [ -f "$library" ] && nm -A "$library" 2>/dev/null; done)
if [ -z "$all" ]; then
  tap_skip symbols 'no libraries, or no nm to read them'
  tap_done
  exit
fi
# "LAYER OBJECT KIND SYMBOL"; an object is named as its source.
all=$(printf '%s\n' "$all" | sed -E -n 's/^lib([a-z]+)\.a:([^:]*)\.o: *[0-9a-f]* +([A-Za-z]) ([^ ]+)$/\1 \2 \3 \4/p' |
  sed -E 's/^([a-z]+) [^ ]*_a-/\1 /')

printf '%s\n' "$layers" | grep . >"${TMPDIR:-/tmp}/layers.$$"
while read -r layer allowed; do
  tap "${layer}__links_only_with_what_it_may_know" "$(printf '%s\n' "$all" | awk -v layer="$layer" -v allowed=" $layer $allowed " '
    $4 !~ /^rp_/ { next }
    $3 ~ /[A-TV-Zu]/ { owner[$4] = $1 }
    $3 == "U" && $1 == layer { user[$4] = $2 }
    END {
      for (symbol in user) if (symbol in owner && !index(allowed, " " owner[symbol] " "))
        print user[symbol] ".c uses " symbol " of " owner[symbol]
    }')"
done <"${TMPDIR:-/tmp}/layers.$$"

printf '%s\n' "$symbols" | grep . >"${TMPDIR:-/tmp}/layers.$$"
while read -r pattern places; do
  tap "calls_of_$(printf '%s' "${pattern%%|*}" | tr -dc 'a-z0-9_')__only_where_they_belong" "$(printf '%s\n' "$all" |
    awk -v pattern="^($pattern)(@.*)?\$" -v places=" $places " '
      $3 == "U" && $4 ~ pattern && !index(places, " " $1 " ") && !index(places, " " $1 "/" $2 " ") {
        print "src/" $1 "/" $2 ".c uses " $4 }')"
done <"${TMPDIR:-/tmp}/layers.$$"
tap_done
