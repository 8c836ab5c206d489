#!/bin/sh
# cmocka-tap.sh PROGRAM [ARGUMENT...]
#
# Runs a unit test and mends its TAP: cmocka 1.1 reports a skipped test as "not ok N # SKIP", which counts as failed.
# The exit status is the program's. TEST_WRAPPER, when set, is a command to run it under (make memcheck).
set -u
exec 4>&1
status=$({ { ${TEST_WRAPPER:-} "$@" 3>&- 4>&-; echo $? >&3; } |
  sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/' >&4; } 3>&1)
exit "$status"
