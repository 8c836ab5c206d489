#!/bin/sh
# The documentation says what is so: its tables are those of the program, and every example in it is run. `GENERATE=1'
# writes the pages anew with what the program says; what has changed is then read before it is committed.
. "$top_srcdir/tests/cli_world.sh"

pages=$(cd "$top_srcdir" && echo README.md CHANGELOG.md CONTRIBUTING.md docs/*.md)
mkdir "$folder/bin"
ln -s "$(cd "$top_builddir" && pwd)/rapport" "$(cd "$top_builddir" && pwd)/tests/json_at" "$folder/bin"
PATH=$folder/bin:$PATH
export PATH

for page in $pages; do
  # A world of its own: nothing is there yet.
  work=$folder/$(basename "$page" .md)
  mkdir -p "$work/here" "$work/config/rapport/themes" "$work/home"
  wrong=$(
    unset RAPPORT_JOURNAL
    HOME=$work/home XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
    export HOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME
    awk -f "$top_srcdir/tests/docs.awk" -v page="$page" -v work="$work" "$top_srcdir/$page" >"$work/page" ||
      echo "$page cannot be run"
    [ ! -f "$work/wrong" ] || cat "$work/wrong"
  )
  if [ "${GENERATE-}" = 1 ] && [ -n "$wrong" ]; then
    cp "$work/page" "$top_srcdir/$page"
    wrong=
  fi
  tap "$(basename "$page" .md)__says_what_is_so" "$wrong"

  # What a page points at in the repository is there.
  tap "$(basename "$page" .md)__links_to_what_is_there" "$(
    sed -n 's/](\([^)#:]*\)[^)]*)/\n\1\n/gp' "$top_srcdir/$page" | sed -n '/^[A-Za-z][A-Za-z0-9_./-]*$/p' | while read -r target; do
      case $target in
        */* | *.md | LICENSE) [ -e "$top_srcdir/$(dirname "$page")/$target" ] || echo "$page points at $target" ;;
      esac
    done
    grep -oE '`(src|include|tests|po|rules|themes|build-aux)/[A-Za-z0-9_./*-]*`' "$top_srcdir/$page" | tr -d '`' | while read -r named; do
      case $named in *NAME* | *_X.*) continue ;; esac
      # shellcheck disable=SC2086 # a pattern of names
      ls -d "$top_srcdir"/$named >/dev/null 2>&1 || echo "$page names $named"
    done
  )"
done
tap_done
