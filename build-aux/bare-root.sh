#!/bin/sh
# bare-root.sh [check | run | screen | SHELL-COMMAND]...
#
# Proves the two commands on a Debian that has nothing yet: makes a minimal root with debootstrap in a temporary folder, puts the
# committed tree in it, and runs there `./bootstrap check` and `./bootstrap run`, without a terminal and on one of 80x24, where the
# interface must open and end with "q" (or runs what is named).
# To be run as root; needs debootstrap. SUITE is the release (bookworm); the mirror is the one this machine installs from, or
# MIRROR. KEEP=1 keeps the root for a look. The root has no locale but C and C.UTF-8, and no terminal description but ncurses-base's.
set -eu
[ $# -gt 0 ] || set -- check run screen
suite=${SUITE:-bookworm}

stop() {
  echo "bare-root: $*" >&2
  exit 1
}
[ "$(id -u)" = 0 ] || stop 'to be run as root'
command -v debootstrap >/dev/null || stop 'debootstrap is needed: apt-get install debootstrap'
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
# The first mirror that apt is set up for and that has the suite.
# shellcheck disable=SC2016 # apt fills these in
mirror=${MIRROR:-$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
  awk -v suite="$suite" '$1 == suite { print $2; exit }')}
[ -n "$mirror" ] || stop "apt has no mirror of $suite; name one in MIRROR"

# shellcheck disable=SC2016 # the shell in the root expands these
screen='
  mkfifo /tmp/keys
  TERM=xterm-256color script -qefc "stty rows 24 cols 80 && ./bootstrap run" /tmp/screen </tmp/keys >/dev/null 2>&1 &
  exec 3>/tmp/keys
  until grep -qa Meetings /tmp/screen 2>/dev/null; do
    kill -0 $! 2>/dev/null || { cat /tmp/screen; exit 1; }
    sleep 1
  done
  printf q >&3
  wait $!'

root=$(mktemp -d)
clean() {
  for place in dev/pts proc; do
    if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
  done
  if [ -n "${KEEP-}" ]; then echo "bare-root: kept $root" >&2; else rm -rf --one-file-system "$root"; fi
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

echo "bare-root: making $suite in $root" >&2
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
  tail -n 20 "$root.log" >&2
  stop "debootstrap failed; its log is $root.log"
}
rm -f "$root.log"
rm -rf "$root"/var/lib/apt/lists/* # as on a root where `apt-get update` was never run
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
# The screen tests open pseudo-terminals, which must be those of this root.
rm -f "$root/dev/ptmx"
ln -s pts/ptmx "$root/dev/ptmx"
# Where this machine reaches its mirror through a proxy, so does the root.
apt-config dump | grep -E '^Acquire::(http|https)::[Pp]roxy' >"$root/etc/apt/apt.conf.d/99proxy" || :
cp /etc/resolv.conf "$root/etc/resolv.conf"
chmod 755 "$root" # mktemp made it for root alone
mkdir "$root/rapport"
git -C "$top" archive HEAD | tar -x -C "$root/rapport"

status=0
for command; do
  echo "bare-root: $command" >&2
  case $command in
  check | run) command="./bootstrap $command" ;;
  screen) command=$screen ;;
  esac
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-xterm}" JOBS="${JOBS-}" \
    chroot "$root" sh -c "cd /rapport && $command" </dev/null || status=$?
done
exit "$status"
