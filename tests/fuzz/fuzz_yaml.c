/* Any bytes as YAML, as rules, as a theme and as settings. */
#include <string.h>

#include "check.h"
#include "rapport/rules_file.h"
#include "rapport/settings.h"
#include "rapport/theme.h"
#include "rapport/utf8.h"
#include "rapport/yaml.h"

/* An error of a file says where. */
static void check_error(rp_status status, const struct rp_err *err, size_t size) {
  CHECK(status == RP_EREFUSED && err->code == status && err->text[0] != '\0');
  CHECK(size > RP_YAML_BYTES || (err->line >= 1 && err->column >= 1 && err->caret >= 1));
}

static void check_node(const struct rp_yaml_node *node, unsigned level) {
  CHECK(level <= RP_YAML_LEVELS && node->line >= 1 && node->column >= 1 && node->text != NULL);
  size_t at = rp_yaml_offset(node->document, node->line, node->column);
  CHECK(at <= strlen(rp_yaml_text(node->document)));
  if (node->kind == RP_YAML_TEXT) {
    struct rp_str clean = {0};
    struct rp_err err = {0};
    CHECK(node->count == 0 && (node->end_line > node->line || node->end_column >= node->column));
    CHECK(rp_utf8_clean(node->text, strlen(node->text), RP_UTF8_MANY_LINES, &clean, NULL) == RP_OK);
    rp_str_fini(&clean);
    rp_err_set(&err, RP_EREFUSED, "x");
    err.column = (unsigned)(at % 9);
    rp_yaml_place(node, &err);
    CHECK(err.line == node->line && err.column >= node->column);
  }
  for (size_t i = 0; i < node->count; i++) {
    if (node->kind == RP_YAML_LIST) {
      check_node(&node->items[i], level + 1);
    } else {
      CHECK(rp_yaml_find(node, node->pairs[i].key.text) == &node->pairs[i] || i > 64);
      check_node(&node->pairs[i].key, level + 1);
      check_node(&node->pairs[i].value, level + 1);
    }
  }
}

static void try_quote(const char *text) {
  struct rp_str line = {0};
  struct rp_yaml *yaml = NULL;
  rp_str_add(&line, "[");
  rp_yaml_quote(text, &line);
  rp_str_add(&line, "]");
  CHECK(rp_yaml_parse(rp_str_text(&line), line.length, &yaml, NULL) == RP_OK);
  CHECK(rp_yaml_root(yaml)->count == 1 && strcmp(rp_yaml_root(yaml)->items[0].text, text) == 0);
  rp_yaml_free(yaml);
  rp_str_fini(&line);
}

static void try_tree(const char *bytes, size_t size) {
  struct rp_yaml *yaml = NULL;
  struct rp_err err = {0};
  rp_status status = rp_yaml_parse(bytes, size, &yaml, &err);
  if (status != RP_OK) {
    CHECK(yaml == NULL);
    check_error(status, &err, size);
    return;
  }
  check_node(rp_yaml_root(yaml), 0);
  try_quote(rp_yaml_text(yaml));
  rp_yaml_free(yaml);
}

static void try_rules(const char *bytes, size_t size) {
  struct rp_rules rules, again;
  struct rp_err err = {0};
  rp_status status = rp_rules_file_parse(bytes, size, RP_RULES_OWN, &rules, &err);
  if (status != RP_OK) {
    check_error(status, &err, size);
    return;
  }
  struct rp_str first = {0}, second = {0};
  rp_rules_file_print(&rules, &first);
  CHECK(rp_rules_file_parse(rp_str_text(&first), first.length, RP_RULES_OWN, &again, NULL) == RP_OK);
  rp_rules_file_print(&again, &second);
  CHECK(strcmp(rp_str_text(&first), rp_str_text(&second)) == 0);
  rp_str_fini(&first);
  rp_str_fini(&second);
  rp_rules_fini(&rules);
  rp_rules_fini(&again);
}

static void try_theme(const char *bytes, size_t size) {
  struct rp_theme theme = {.name = "untouched"};
  struct rp_err err = {0};
  rp_status status = rp_theme_parse("fuzzed", bytes, size, &theme, &err);
  if (status != RP_OK) {
    check_error(status, &err, size);
    CHECK(strcmp(theme.name, "untouched") == 0);
    return;
  }
  for (int slot = 0; slot < RP_SLOT_COUNT; slot++)
    CHECK(theme.styles[slot].attributes < 32 && theme.styles[slot].fg.value <= 0xFFFFFF);
}

static void try_settings(const char *bytes, size_t size) {
  static const struct {
    const char *name, *value;
  } edits[] = {{"language", "fi"}, {"audience.contact", "team"}, {"mouse", ""}, {"audience.promise", ""}};
  struct rp_settings settings;
  struct rp_err err = {0};
  rp_status status = rp_settings_parse(bytes, size, &settings, &err);
  if (status != RP_OK) {
    check_error(status, &err, size);
    return;
  }
  rp_settings_fini(&settings);
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
    struct rp_str changed = {0};
    status = rp_settings_edit(bytes, size, edits[i].name, edits[i].value, &changed, &err);
    CHECK(status == RP_OK || (status == RP_EREFUSED && changed.length == 0));
    if (status == RP_OK) {
      CHECK(rp_settings_parse(rp_str_text(&changed), changed.length, &settings, NULL) == RP_OK);
      CHECK(i != 0 || strcmp(rp_settings_language(&settings), "fi") == 0);
      CHECK(i != 1 || settings.audiences[RP_TYPE_CONTACT] == RP_AUDIENCE_TEAM);
      rp_settings_fini(&settings);
    }
    rp_str_fini(&changed);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *bytes = (const char *)data;
  try_tree(bytes, size);
  try_rules(bytes, size);
  try_theme(bytes, size);
  try_settings(bytes, size);
  return 0;
}
