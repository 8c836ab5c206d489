#!/bin/sh
# Prints the lines that the tests ran, by file and by layer, from the counts of a build with --enable-coverage.
# To be run in the build folder. GCOV is the reader to use ("llvm-cov gcov" for clang).
set -eu
find src -name '*.gcno' | sort | while read -r notes; do
  ${GCOV:-gcov} -n -o "$(dirname "$notes")" "$notes" 2>/dev/null
done | awk '
  /^File / { file = $0; gsub(/^File .*src\/|.$/, "", file); counted = ($0 ~ /src\/.*\.c.$/) }
  /^Lines executed:/ && counted && !(file in lines) {
    split($0, part, /[:% ]+/); lines[file] = part[5]; ran[file] = part[3] * part[5] / 100
    layer = file; if (!sub(/\/.*/, "", layer)) layer = "."
    total[layer] += part[5]; reached[layer] += ran[file]; all += part[5]; seen += ran[file]
    printf "%6.1f %% of %5d  %s\n", part[3], part[5], file
  }
  END {
    for (layer in total) printf "%6.1f %% of %5d  %s/\n", 100 * reached[layer] / total[layer], total[layer], layer
    if (seen) printf "%6.1f %% of %5d  lines in all\n", 100 * seen / all, all; else exit 1
  }'
