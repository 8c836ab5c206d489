#!/bin/sh
# embed.sh FOLDER/STEM.EXT... >embedded.c
#
# Writes a C source that holds the named files. For each file an array of characters, ended by a NUL that its length
# does not count:
#     const char rp_embedded_FOLDER_STEM[];  const size_t rp_embedded_FOLDER_STEM_length;
# and for each folder a table of its files by stem, in the order of the command line, ended by a row of NULL:
#     const struct rp_embedded rp_embedded_FOLDER[];
# What the program uses of these is declared in include/rapport/embedded.h. Only the last folder of a path counts.
set -eu
[ $# -gt 0 ] || {
  echo 'usage: embed.sh FOLDER/STEM.EXT... >embedded.c' >&2
  exit 2
}

# A name of C from a file's name.
name() { printf '%s' "$1" | tr -c 'A-Za-z0-9' '_'; }
folder_of() { basename "$(dirname "$1")"; }
stem_of() {
  stem=$(basename "$1")
  printf '%s' "${stem%.*}"
}

printf '/* Made by embed.sh. */\n#include "rapport/embedded.h"\n'
tables=
for file; do
  [ -r "$file" ] || {
    echo "embed.sh: $file cannot be read" >&2
    exit 1
  }
  folder=$(name "$(folder_of "$file")")
  array=rp_embedded_${folder}_$(name "$(stem_of "$file")")
  # Octal character constants: they have the right value whether char is signed or not, and, unlike one string, no limit.
  printf '\nextern const char %s[];\nextern const size_t %s_length;\nconst char %s[] = {\n' "$array" "$array" "$array"
  od -An -v -to1 "$file" | awk '{ for (i = 1; i <= NF; i++) printf "\047\\%s\047,", $i; print "" }'
  printf '0};\nconst size_t %s_length = sizeof %s - 1;\n' "$array" "$array"
  case " $tables " in *" $folder "*) ;; *) tables="$tables $folder" ;; esac
done

for table in $tables; do
  printf '\nextern const struct rp_embedded rp_embedded_%s[];\n' "$table"
  printf 'const struct rp_embedded rp_embedded_%s[] = {\n' "$table"
  for file; do
    [ "$(name "$(folder_of "$file")")" = "$table" ] || continue
    stem=$(stem_of "$file")
    array=rp_embedded_${table}_$(name "$stem")
    printf '  {"%s", %s, sizeof %s - 1},\n' "$stem" "$array" "$array"
  done
  printf '  {0, 0, 0}};\n'
done
