#!/bin/sh
# What build-aux/embed.sh makes of files compiles without a warning and gives the same bytes back.
set -u
. "${top_srcdir:=.}/tests/tap.sh"
embed=$top_srcdir/build-aux/embed.sh
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

mkdir "$scratch/rules" "$scratch/themes"
printf 'name: "Älä \\"\n# ??/ \303\244\342\202\254\360\237\230\200\t%%d\r\n' >"$scratch/rules/default.yaml"
awk 'BEGIN { for (i = 0; i < 9000; i++) print "line " i ": ääkköset" }' >"$scratch/themes/high-contrast.yaml"
: >"$scratch/themes/mono.yaml"
sh "$embed" "$scratch"/rules/default.yaml "$scratch"/themes/*.yaml >"$scratch/embedded.c"
cat >"$scratch/main.c" <<'C'
#include "rapport/embedded.h"
#include <stdio.h>
#include <string.h>
int main(int count, char **words) {
  if (count < 2) return !(fwrite(rp_embedded_rules_default, 1, rp_embedded_rules_default_length, stdout));
  for (const struct rp_embedded *file = rp_embedded_themes; file->name != NULL; file++) {
    if (strcmp(words[1], "names") == 0) puts(file->name);
    if (strcmp(words[1], file->name) == 0) return fwrite(file->text, 1, file->length + 1, stdout) != file->length + 1;
  }
  return 0;
}
C
# shellcheck disable=SC2086 # CC may hold options
tap source__compiles "$(${CC:-cc} -I"$top_srcdir/include" -Wall -Wextra -Wpedantic -Wconversion -Werror \
  -o "$scratch/main" "$scratch/embedded.c" "$scratch/main.c" 2>&1)"
tap file__is_the_same "$("$scratch/main" | cmp - "$scratch/rules/default.yaml" 2>&1)"
tap table__has_every_file "$("$scratch/main" names | tr '\n' ' ' | grep -vx 'high-contrast mono ')"
{
  cat "$scratch/themes/high-contrast.yaml"
  printf '\0'
} >"$scratch/expected"
tap long_file__is_the_same_and_ends_in_nul "$("$scratch/main" high-contrast | cmp - "$scratch/expected" 2>&1)"
tap empty_file__is_empty "$("$scratch/main" mono | od -An -to1 | grep -vx ' 000')"
tap missing_file__is_refused "$(sh "$embed" "$scratch/themes/none.yaml" >/dev/null 2>&1 && echo 'status 0')"
tap_done
