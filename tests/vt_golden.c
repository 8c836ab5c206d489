/* Screens compared with those that are kept, and written anew with GENERATE=1. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/str.h"
#include "vt.h"

struct golden {
  char *expected;
  bool styles;
  struct rp_str *found;
};

static char *golden_path(const char *name) {
  const char *source = getenv("top_srcdir");
  return rp_str_format("%s/tests/golden/%s.txt", source != NULL ? source : ".", name);
}

static void render(struct vt *vt, const struct golden *golden) {
  rp_str_clear(golden->found);
  rp_str_add(golden->found, vt_text(vt));
  if (golden->styles)
    rp_str_addf(golden->found, "--- styles\n%s", vt_styles(vt));
}

static bool is_golden(struct vt *vt, const void *context) {
  const struct golden *golden = context;
  render(vt, golden);
  return rp_str_equal(rp_str_text(golden->found), golden->expected);
}

static char *read_golden(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    fail_msg("%s: %s; run the test with GENERATE=1 to write it", path, strerror(errno));
  struct rp_str text = {0};
  int byte;
  while ((byte = getc(file)) != EOF)
    rp_str_addc(&text, (char)byte);
  fclose(file);
  return rp_str_take(&text);
}

static void write_golden(struct vt *vt, const struct golden *golden, const char *path) {
  vt_settle(vt);
  render(vt, golden);
  FILE *file = fopen(path, "w");
  if (file == NULL)
    fail_msg("%s: %s", path, strerror(errno));
  fputs(rp_str_text(golden->found), file);
  assert_int_equal(fclose(file), 0);
}

static void check_golden(struct vt *vt, const char *name, bool styles) {
  struct rp_str found = {0};
  struct golden golden = {.styles = styles, .found = &found};
  char *path = golden_path(name);
  const char *generate = getenv("GENERATE");
  if (generate != NULL && generate[0] != '\0') {
    write_golden(vt, &golden, path);
  } else {
    golden.expected = read_golden(path);
    if (!vt_becomes(vt, is_golden, &golden)) {
      print_error("%s: expected\n%s\nfound\n%s\n", path, golden.expected, rp_str_text(&found));
      fail_msg("the screen is not as in %s", path);
    }
    free(golden.expected);
  }
  rp_str_fini(&found);
  free(path);
}

void vt_golden(struct vt *vt, const char *name) {
  check_golden(vt, name, false);
}

void vt_golden_styles(struct vt *vt, const char *name) {
  check_golden(vt, name, true);
}
