/* A disk that fails, for SQLite and for what the store does beside it: a VFS between SQLite and the system, and the
 * renames and links of the program, are counted, and one of them fails, ends the process or forgets. */
#ifndef STORE_DISK_H
#define STORE_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "rapport/store.h"

enum fate { FATE_NONE, FATE_FAIL, FATE_KILL, FATE_POWER };

extern struct disk {
  enum fate fate;
  int code;      /* what a failing write returns; 0: an I/O error of the operation */
  int left;      /* writes, syncs, truncates, renames and links until it happens */
  bool lasting;  /* everything after it fails as well */
  bool lies;     /* syncs do nothing and say that they did */
  int after_cut; /* so many syncs fail that follow the cut of a rollback journal: the last step of a commit */
  bool dies;     /* with the last of these */
  bool dead;     /* it did: everything that is written fails */
  uint64_t chance;
} disk;

/* For a group's set-up and tear-down: every connection opened between them is on this disk. */
int disk_use(void **state);
int disk_give_back(void **state);
/* Nothing happens any more. */
void disk_spare(void);
/* Of what SQLite has not synced (with FATE_POWER), any part of any file is on the disk. */
void disk_lose_power(void);
/* Ends the process as a kill does. */
_Noreturn void disk_cut_off(void);
/* Whether a process ended so, from what waitpid says of it. */
bool disk_was_cut_off(int ended);
/* A writer in another process is killed when its change is half in the closed journal: the rollback journal stays. */
void disk_interrupt(const char *path, const struct rp_store_options *options);

#endif
