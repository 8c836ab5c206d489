/* Who holds the journal. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "internal.h"
#include "rapport/i18n.h"

/* The bytes SQLite locks, at 1 GiB: pending, reserved, and 510 shared ones (sqlite.org/src/file/src/os.h). */
#define LOCK_FIRST 0x40000000
#define LOCK_COUNT 512

/* In a child: opening and closing the file in this process would drop the locks SQLite holds on it. Only calls that are
 * safe after a fork from a program with threads. */
static void ask(const char *path, int answer) {
  long holder = 0;
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_FIRST, .l_len = LOCK_COUNT};
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
    holder = lock.l_pid;
  ssize_t written = write(answer, &holder, sizeof holder);
  _exit(written == (ssize_t)sizeof holder ? 0 : 1);
}

long holder_of(const char *path) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return 0;
  long holder = 0;
  pid_t child = fork();
  if (child == 0)
    ask(path, ends[1]);
  close(ends[1]);
  if (child > 0) {
    ssize_t got;
    do
      got = read(ends[0], &holder, sizeof holder);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof holder)
      holder = 0;
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
  }
  close(ends[0]);
  return holder > 0 && holder != (long)getpid() ? holder : 0; /* -1: a lock of another machine */
}

/* The name of a process where the system tells it (Linux). */
static void name_of(long process, char name[64]) {
  char path[64];
  name[0] = '\0';
  snprintf(path, sizeof path, "/proc/%ld/comm", process);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return;
  if (fgets(name, 64, file) == NULL)
    name[0] = '\0';
  name[strcspn(name, "\n")] = '\0';
  fclose(file);
}

rp_status holder_say(const char *path, struct rp_err *err) {
  long holder = holder_of(path);
  if (holder == 0)
    return rp_err_set(err, RP_ELOCKED, _("%s is in use by another program; try again in a moment"), path);
  char name[64];
  name_of(holder, name);
  return rp_err_set(err, RP_ELOCKED, _("%s is held by process %ld%s%s%s; close it there or try again in a moment"),
                    path, holder, name[0] != '\0' ? " (" : "", name, name[0] != '\0' ? ")" : "");
}
