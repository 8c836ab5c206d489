#include "idle.h"

#include <limits.h>
#include <stddef.h>
#include <unistd.h>

#ifdef HAVE_TIMERFD_CREATE
#include <sys/timerfd.h>
#include <time.h>
#endif

#include "rapport/when.h"

#ifdef HAVE_TIMERFD_CREATE

static int open_timer(void) {
  return timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
}

static void set_timer(int fd, int64_t milliseconds) {
  const struct itimerspec after = {
      .it_value = {.tv_sec = (time_t)(milliseconds / 1000), .tv_nsec = (long)(milliseconds % 1000) * 1000000L}};
  if (fd >= 0)
    (void)timerfd_settime(fd, 0, &after, NULL);
}

#else

static int open_timer(void) {
  return -1;
}

static void set_timer(int fd, int64_t milliseconds) {
  (void)fd;
  (void)milliseconds;
}

#endif

void idle_open(struct idle *idle, int64_t milliseconds) {
  *idle = (struct idle){.milliseconds = milliseconds, .fd = milliseconds > 0 ? open_timer() : -1};
  idle_begin(idle);
}

void idle_close(struct idle *idle) {
  if (idle->fd >= 0)
    close(idle->fd);
  *idle = (struct idle){.fd = -1};
}

void idle_begin(struct idle *idle) {
  if (idle->milliseconds == 0)
    return;
  idle->due = rp_clock_uptime() + idle->milliseconds;
  set_timer(idle->fd, idle->milliseconds);
}

bool idle_is_over(const struct idle *idle) {
  return idle->milliseconds > 0 && rp_clock_uptime() >= idle->due;
}

void idle_end(struct idle *idle) {
  idle->milliseconds = 0;
  set_timer(idle->fd, 0);
}

int idle_timeout(const struct idle *idle, int timeout) {
  if (idle->milliseconds == 0 || idle->fd >= 0)
    return timeout;
  int64_t left = idle->due - rp_clock_uptime();
  left = left < 0 ? 0 : left > INT_MAX ? INT_MAX : left;
  return timeout >= 0 && timeout < left ? timeout : (int)left;
}
