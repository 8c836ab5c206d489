#!/bin/sh
# Texts for a person reach the translators: each source with a marked text stands in po/POTFILES.in, and gettext can read
# what stands there.
set -u
. "${top_srcdir:=.}/tests/tap.sh"
cd "$top_srcdir" || exit 1

listed=$(grep -v '^#' po/POTFILES.in | grep .)
marked=$(grep -lrE '(^|[^A-Za-z0-9_"])(_|N_|P_|C_|NC_)\("' src include --include='*.[ch]' | grep -v '^include/rapport/i18n.h$')

tap marked_texts__are_listed "$(for file in $marked; do
  printf '%s\n' "$listed" | grep -qxF "$file" || echo "$file is not in po/POTFILES.in"
done)"
tap listed_files__exist "$(for file in $listed; do [ -f "$file" ] || echo "$file is not there"; done)"
tap listed_files__are_sorted "$(printf '%s\n' "$listed" | LC_ALL=C sort -uc 2>&1)"

if command -v xgettext >/dev/null; then
  options=$(sed -n 's/^XGETTEXT_OPTIONS = //p' po/Makevars)
  # shellcheck disable=SC2086 # the options are words
  tap marked_texts__can_be_read "$(xgettext --from-code=UTF-8 -o /dev/null $options --files-from=po/POTFILES.in 2>&1)"
else
  tap_skip marked_texts__can_be_read 'no xgettext'
fi

# Names, texts and commands stand in the quotation marks of the language: “…” in English, ”…” in Finnish and Swedish. The
# keyboard's own only where a person has to type them: in JSON, YAML and the shell, around a colour or two words.
quoted_wrongly() { # CATALOGUE msgid|msgstr WRONG
  msgattrib --no-obsolete --no-wrap "$1" | sed -E -n "/^$2/s/^msg[a-z_]*(\\[[0-9]\\])? \"(.*)\"\$/\\2/p" | sed -E \
    's/\{\\"[^}]*\}|\{ink: [^}]*\}|\\"#[^ ]*\\"|:\\"[^ ]* [^ ]*\\"|--create \\"[^"]*\\"| \\" //g' | grep -E "$3"
}

template=
if command -v xgettext >/dev/null && command -v msgmerge >/dev/null; then
  template=$(mktemp) && trap 'rm -f "$template"' EXIT
  # shellcheck disable=SC2086 # the options are words
  xgettext --from-code=UTF-8 -o "$template" $options --files-from=po/POTFILES.in 2>/dev/null
  tap marked_texts__quote_in_one_way "$(quoted_wrongly "$template" msgid '"|`|„|«')"
fi

# The texts of the source that a catalogue does not have, or has not looked at since they changed.
untranslated() { # CATALOGUE
  msgmerge -q --no-fuzzy-matching -o - "$1" "$template" 2>/dev/null | msgattrib --no-obsolete --untranslated 2>/dev/null |
    sed -n '/^#:/,$p' | grep -E '^msgid|^"' | head -n 40
  msgattrib --no-obsolete --only-fuzzy "$1" | grep '^msgid' | head -n 10
}

for catalogue in po/*.po; do
  [ -f "$catalogue" ] || continue
  language=$(basename "$catalogue" .po)
  tap "${language}__is_listed" "$(grep -v '^#' po/LINGUAS | tr ' ' '\n' | grep -qxF "$language" || echo "$language is not in po/LINGUAS")"
  tap "${language}__quotes_in_one_way" "$(quoted_wrongly "$catalogue" msgstr '"|`|“|„|«')"
  tap "${language}__is_well_formed" "$(msgfmt -c -o /dev/null "$catalogue" 2>&1)"
  if [ -n "$template" ]; then
    tap "${language}__is_complete" "$(untranslated "$catalogue")"
  else
    tap_skip "${language}__is_complete" 'no xgettext or msgmerge'
  fi
done
tap_done
