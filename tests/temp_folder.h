/* A folder of its own for a test program: made in TMPDIR, removed with everything in it. */
#ifndef RAPPORT_TEST_TEMP_FOLDER_H
#define RAPPORT_TEST_TEMP_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "rapport/str.h"

/* The full path of a new, empty folder; the caller gives it to temp_folder_remove. NULL when there can be none. */
static inline char *temp_folder_make(void) {
  const char *above = getenv("TMPDIR");
  char *path = rp_str_format("%s/rapport-test-XXXXXX", above != NULL && *above == '/' ? above : "/tmp");
  if (mkdtemp(path) != NULL)
    return path;
  perror(path);
  free(path);
  return NULL;
}

static inline int temp_folder_remove_one(const char *path, const struct stat *info, int kind, struct FTW *place) {
  (void)info;
  (void)kind;
  (void)place;
  return remove(path);
}

/* Removes the folder and frees its path; 0 when all is gone. Takes NULL. */
static inline int temp_folder_remove(char *path) {
  int result = path != NULL ? nftw(path, temp_folder_remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) : 0;
  free(path);
  return result;
}

#endif
