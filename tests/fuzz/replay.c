/*
 * The main of a fuzz target in the normal build: runs the kept corpus through it as a TAP test. Each input is tried
 * whole, cut short, and with single bytes changed (always the same ones), so that the sanitizer build sees more than
 * the seeds; with FUZZ_REPLAY=whole (for valgrind, which is slow) only whole. Inputs: the files and folders named, else
 * the corpus of the target's own name.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "rapport/io.h"

enum { LARGEST_INPUT = 1 << 20, CUTS = 64, CHANGES = 64 };

static unsigned long inputs;

/* In a block of exactly its size, so that the sanitizer sees one byte read too far. */
static void try_bytes(const char *bytes, size_t size) {
  uint8_t *exact = malloc(size > 0 ? size : 1);
  if (exact == NULL)
    abort();
  memcpy(exact, bytes, size);
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
}

static void try_input(struct rp_str *input) {
  const char *bytes = rp_str_text(input);
  inputs++;
  try_bytes(bytes, input->length);
  const char *how = getenv("FUZZ_REPLAY");
  if (how != NULL && strcmp(how, "whole") == 0)
    return;
  for (size_t cut = 0; cut < CUTS && cut < input->length; cut++)
    try_bytes(bytes, input->length * cut / CUTS);
  uint32_t random = 1;
  for (int change = 0; change < CHANGES && input->length > 0; change++) {
    random = random * 1664525 + 1013904223;
    char *byte = &input->data[(random >> 8) % input->length];
    char kept = *byte;
    *byte = (char)(random >> 24);
    try_bytes(bytes, input->length);
    *byte = kept;
  }
}

/* Runs a file, or every file of a folder. */
static bool try_path(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) {
    printf("# %s is not there\n", path);
    return false;
  }
  struct rp_str text = {0};
  bool fine = true;
  if (!S_ISDIR(info.st_mode)) {
    struct rp_err err;
    fine = rp_io_read(path, LARGEST_INPUT, &text, &err) == RP_OK;
    if (fine)
      try_input(&text);
    else
      printf("# %s\n", err.text);
  } else {
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
      if (entry->d_name[0] == '.')
        continue;
      rp_str_clear(&text);
      rp_str_addf(&text, "%s/%s", path, entry->d_name);
      fine = try_path(rp_str_text(&text)) && fine;
    }
    if (folder != NULL)
      closedir(folder);
  }
  rp_str_fini(&text);
  return fine;
}

int main(int count, char **arguments) {
  const char *slash = strrchr(arguments[0], '/');
  const char *program = slash != NULL ? slash + 1 : arguments[0];
  const char *name = strstr(program, "fuzz_");
  name = name != NULL ? name + strlen("fuzz_") : program;

  puts("1..1");
  fflush(stdout); /* a target that aborts has promised one result and given none */
  bool fine = true;
  for (int i = 1; i < count; i++)
    fine = try_path(arguments[i]) && fine;
  if (count < 2) {
    const char *source = getenv("top_srcdir");
    struct rp_str corpus = {0};
    rp_str_addf(&corpus, "%s/tests/fuzz/corpus/%s", source != NULL ? source : ".", name);
    fine = try_path(rp_str_text(&corpus));
    rp_str_fini(&corpus);
  }
  fine = fine && inputs > 0;
  printf("%s 1 - corpus %s: %lu inputs\n", fine ? "ok" : "not ok", name, inputs);
  return fine ? 0 : 1;
}
