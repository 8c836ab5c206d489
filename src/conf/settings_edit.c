/*
 * Changing one option in the file and nothing else: the place is found in the tree, the text around it stays. Whatever
 * comes of it is read again and compared, so that a way of writing YAML that was not thought of is refused, not
 * damaged.
 */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/nearest.h"
#include "rapport/settings.h"
#include "rapport/theme.h"

/* ---- what is asked for ------------------------------------------------------------------------------------------- */

/* The option of a name; NULL with RP_EUSAGE when there is none. */
static const struct rp_option *find_option(const char *name, struct rp_err *err) {
  if (strcmp(name, "keys") == 0 || strncmp(name, "keys.", strlen("keys.")) == 0) {
    rp_err_set(err, RP_EUSAGE, _("keys are set by hand in config.yaml, as keys: {undo: u}"));
    return NULL;
  }
  size_t count;
  const struct rp_option *options = rp_options(&count);
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, name, strlen(name));
  size_t found = 0;
  for (; found < count && strcmp(options[found].name, name) != 0; found++)
    rp_nearest_try(&nearest, options[found].name);
  if (found == count && nearest.best != NULL)
    rp_err_set(err, RP_EUSAGE, _("there is no option “%s”; did you mean %s?"), name, nearest.best);
  else if (found == count)
    rp_err_set(err, RP_EUSAGE, _("there is no option “%s”; “rapport config” lists them"), name);
  rp_nearest_fini(&nearest);
  return found < count ? &options[found] : NULL;
}

/* Reads the value as the file would, and appends it as the file is to have it. */
static rp_status read_value(const struct rp_option *option, const char *value, struct rp_str *out, struct rp_err *err) {
  struct rp_str line = {0};
  struct rp_settings settings;
  struct rp_err fault = {0};
  const char *dot = strchr(option->name, '.');
  if (dot != NULL)
    rp_str_addf(&line, "%.*s: {%s: ", (int)(dot - option->name), option->name, dot + 1);
  else
    rp_str_addf(&line, "%s: ", option->name);
  rp_yaml_quote(value, &line);
  rp_str_add(&line, dot != NULL ? "}" : "");
  rp_status status = rp_settings_parse(rp_str_text(&line), line.length, &settings, &fault);
  rp_str_fini(&line);
  if (status != RP_OK)
    return rp_err_set(err, RP_EUSAGE, "%s", fault.text); /* its place is in a text that nobody wrote */
  rp_settings_print(&settings, option, out);
  struct rp_theme theme;
  if (strcmp(option->name, "theme") == 0)
    status = rp_theme_load(settings.theme, &theme, err);
  rp_settings_fini(&settings);
  if (status == RP_ENOTFOUND && err != NULL)
    err->code = RP_EUSAGE;
  return status == RP_ENOTFOUND ? RP_EUSAGE : status;
}

/* ---- where it goes ----------------------------------------------------------------------------------------------- */

/* A replacement of some bytes of the text. */
struct change {
  size_t from, to;
  struct rp_str text;
};

static size_t start_of(const struct rp_yaml_node *node) {
  return rp_yaml_offset(node->document, node->line, node->column);
}

static bool is_flow(const struct rp_yaml_node *map) {
  return rp_yaml_text(map->document)[start_of(map)] == '{';
}

/* Appends lines at the end of the file. */
static void append_lines(const struct rp_yaml *yaml, const char *name, const char *value, struct change *change) {
  const char *text = rp_yaml_text(yaml);
  const char *dot = strchr(name, '.');
  change->from = change->to = strlen(text);
  if (change->from > 0 && text[change->from - 1] != '\n')
    rp_str_addc(&change->text, '\n');
  if (dot != NULL)
    rp_str_addf(&change->text, "%.*s:\n  %s: %s\n", (int)(dot - name), name, dot + 1, value);
  else
    rp_str_addf(&change->text, "%s: %s\n", name, value);
}

/* Puts a key before the others of a nested map. */
static void insert_nested(const struct rp_yaml_node *group, const char *name, const char *value,
                          struct change *change) {
  change->from = change->to = start_of(group);
  if (group->kind != RP_YAML_MAP) { /* "audience:" alone */
    rp_str_addf(&change->text, "\n  %s: %s", name, value);
  } else if (is_flow(group)) {
    change->from = ++change->to;
    rp_str_addf(&change->text, "%s: %s%s", name, value, group->count > 0 ? ", " : "");
  } else {
    rp_str_addf(&change->text, "%s: %s\n", name, value);
    rp_str_fill(&change->text, ' ', group->column - 1);
  }
}

static void replace_value(const struct rp_yaml_node *value, const char *text, struct change *change) {
  change->from = start_of(value);
  change->to = rp_yaml_offset(value->document, value->end_line, value->end_column);
  while (change->to > change->from && rp_yaml_text(value->document)[change->to - 1] == '\n') /* a block of lines */
    change->to--;
  rp_str_addf(&change->text, "%s%s", change->from == change->to ? " " : "", text);
}

/* Takes the line of a pair out. */
static void remove_line(const struct rp_yaml_pair *pair, struct change *change) {
  const char *text = rp_yaml_text(pair->key.document);
  change->from = rp_yaml_offset(pair->key.document, pair->key.line, 1);
  change->to = change->from + strcspn(text + change->from, "\n");
  if (text[change->to] == '\n')
    change->to++;
}

static void plan(const struct rp_yaml *yaml, const char *name, const char *value, struct change *change) {
  const struct rp_yaml_node *root = rp_yaml_root(yaml);
  const struct rp_yaml_pair *pair = rp_yaml_find_path(root, name);
  const char *dot = strchr(name, '.');
  char *group_name = rp_mem_textn(name, dot != NULL ? (size_t)(dot - name) : strlen(name));
  const struct rp_yaml_pair *group = rp_yaml_find(root, group_name);
  free(group_name);
  if (value[0] == '\0' && pair != NULL)
    remove_line(pair, change);
  else if (value[0] == '\0')
    change->from = change->to = 0;
  else if (pair != NULL)
    replace_value(&pair->value, value, change);
  else if (dot != NULL && group != NULL)
    insert_nested(&group->value, dot + 1, value, change);
  else
    append_lines(yaml, name, value, change);
}

/* ---- whether only that has changed ------------------------------------------------------------------------------- */

static bool same_keys(const struct rp_settings *a, const struct rp_settings *b) {
  bool same = a->key_count == b->key_count;
  for (size_t i = 0; same && i < a->key_count; i++)
    same = rp_str_equal(a->keys[i].action, b->keys[i].action) && rp_str_equal(a->keys[i].key, b->keys[i].key);
  return same;
}

static bool is_as_planned(const struct rp_settings *before, const struct rp_settings *after,
                          const struct rp_option *changed, const char *value) {
  size_t count;
  const struct rp_option *options = rp_options(&count);
  struct rp_settings standard;
  rp_settings_init(&standard);
  bool as_planned = same_keys(before, after);
  for (size_t i = 0; i < count && as_planned; i++) {
    struct rp_str wanted = {0}, is = {0};
    rp_settings_print(after, &options[i], &is);
    if (&options[i] != changed)
      rp_settings_print(before, &options[i], &wanted);
    else if (value[0] == '\0')
      rp_settings_print(&standard, changed, &wanted);
    else
      rp_str_add(&wanted, value);
    as_planned = strcmp(rp_str_text(&wanted), rp_str_text(&is)) == 0;
    rp_str_fini(&wanted);
    rp_str_fini(&is);
  }
  rp_settings_fini(&standard);
  return as_planned;
}

static rp_status edit(const struct rp_settings *before, const struct rp_option *option, const char *value,
                      struct rp_str *out, struct rp_err *err) {
  const char *text = rp_yaml_text(before->document);
  struct change change = {0};
  struct rp_str changed = {0};
  struct rp_settings after;
  plan(before->document, option->name, value, &change);
  rp_str_addn(&changed, text, change.from);
  rp_str_addn(&changed, rp_str_text(&change.text), change.text.length);
  rp_str_add(&changed, text + change.to);
  rp_str_fini(&change.text);
  bool as_planned = false;
  if (rp_settings_parse(rp_str_text(&changed), changed.length, &after, NULL) == RP_OK) {
    as_planned = is_as_planned(before, &after, option, value);
    rp_settings_fini(&after);
  }
  rp_status status = RP_OK;
  if (as_planned)
    rp_str_addn(out, rp_str_text(&changed), changed.length);
  else
    status = rp_err_set(err, RP_EREFUSED,
                        _("%s cannot be changed without touching more of the file; change it by hand"), option->name);
  rp_str_fini(&changed);
  return status;
}

rp_status rp_settings_edit(const char *text, size_t length, const char *name, const char *value, struct rp_str *out,
                           struct rp_err *err) {
  const struct rp_option *option = find_option(name, err);
  if (option == NULL)
    return RP_EUSAGE;
  struct rp_str wanted = {0};
  struct rp_settings before;
  rp_status status = value[0] != '\0' ? read_value(option, value, &wanted, err) : RP_OK;
  if (status == RP_OK)
    status = rp_settings_parse(text, length, &before, err);
  if (status == RP_OK) {
    status = edit(&before, option, rp_str_text(&wanted), out, err);
    rp_settings_fini(&before);
  }
  rp_str_fini(&wanted);
  return status;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

/* Makes the folder of a file. */
static rp_status make_folder(const char *path, struct rp_err *err) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL || slash == path)
    return RP_OK;
  char *folder = rp_mem_textn(path, (size_t)(slash - path));
  rp_status status = rp_io_make_folder(folder, err);
  free(folder);
  return status;
}

rp_status rp_settings_set(const char *path, const char *name, const char *value, struct rp_err *err) {
  char *file = path != NULL ? rp_mem_text(path) : NULL;
  struct rp_str text = {0}, changed = {0};
  rp_status status = file != NULL ? RP_OK : rp_io_path(RP_IO_CONFIG, "config.yaml", &file, err);
  if (status == RP_OK)
    status = rp_io_read(file, RP_YAML_BYTES, &text, err);
  if (status == RP_ENOTFOUND && file != NULL)
    status = RP_OK;
  if (status == RP_OK) {
    status = rp_settings_edit(rp_str_text(&text), text.length, name, value, &changed, err);
    if (status != RP_OK)
      rp_err_in(err, file);
  }
  if (status == RP_OK && strcmp(rp_str_text(&text), rp_str_text(&changed)) != 0) {
    /* a link, as those who keep such files elsewhere have it, stays a link */
    char *real = realpath(file, NULL);
    status = make_folder(file, err);
    if (status == RP_OK)
      status = rp_io_write(real != NULL ? real : file, rp_str_text(&changed), changed.length, err);
    free(real);
  }
  rp_str_fini(&text);
  rp_str_fini(&changed);
  free(file);
  return status;
}
