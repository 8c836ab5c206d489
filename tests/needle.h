/* Looking for a text in every byte of every file of a folder. */
#ifndef NEEDLE_H
#define NEEDLE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/str.h"

/* Appends the names of the files below that have it, a line each. */
static inline void needle_find(const char *folder, const char *needle, struct rp_str *out) {
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    struct rp_str bytes = {0};
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
      continue;
    char *path = rp_str_format("%s/%s", folder, entry->d_name);
    if (entry->d_type == DT_DIR)
      needle_find(path, needle, out);
    else if (rp_io_read(path, 1 << 28, &bytes, NULL) == RP_OK)
      for (size_t at = 0; at + strlen(needle) <= bytes.length; at++) {
        if (memcmp(bytes.data + at, needle, strlen(needle)) != 0)
          continue;
        rp_str_addf(out, "%s at %zu\n", path, at);
        break;
      }
    rp_str_fini(&bytes);
    free(path);
  }
  if (listing != NULL)
    closedir(listing);
}

#endif
