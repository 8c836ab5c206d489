/* Where themes are: a person's own in the configuration folder, the shipped ones in the binary. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/embedded.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/str.h"
#include "rapport/style.h"
#include "rapport/theme.h"
#include "rapport/vec.h"
#include "theme_internal.h"

#define EXTENSION ".yaml"

/* Like RP_VEC, with a name for parameters. */
struct theme_names {
  struct rp_theme_entry *items;
  size_t count, capacity;
};

/* Names that are safe as the name of a file, so that no theme lies outside its folder. */
static bool is_name(const char *name) {
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  size_t length = strlen(name);
  return length > 0 && length < RP_THEME_NAME_SIZE && strspn(name, allowed) == length;
}

static const struct rp_embedded *find_shipped(const char *name) {
  for (const struct rp_embedded *theme = rp_embedded_themes; theme->name != NULL; theme++) {
    if (strcmp(theme->name, name) == 0)
      return theme;
  }
  return NULL;
}

/* The folder of the person's own themes; NULL when there is no home. The caller frees. */
static char *own_folder(void) {
  char *folder = NULL;
  return rp_io_path(RP_IO_CONFIG, "themes", &folder, NULL) == RP_OK ? folder : NULL;
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct rp_theme_entry *)a)->name, ((const struct rp_theme_entry *)b)->name);
}

static void add_entry(struct theme_names *names, const char *name, const char *path) {
  *rp_vec_add(names) =
      (struct rp_theme_entry){.name = rp_mem_text(name), .path = path != NULL ? rp_mem_text(path) : NULL};
}

static void add_own(struct theme_names *names) {
  char *folder = own_folder();
  DIR *directory = folder != NULL ? opendir(folder) : NULL;
  for (struct dirent *file; directory != NULL && (file = readdir(directory)) != NULL;) {
    size_t length = strlen(file->d_name);
    size_t extension = strlen(EXTENSION);
    if (length <= extension || strcmp(file->d_name + length - extension, EXTENSION) != 0)
      continue;
    char *name = rp_mem_textn(file->d_name, length - extension);
    char *path = rp_str_format("%s/%s", folder, file->d_name);
    if (is_name(name))
      add_entry(names, name, path);
    free(path);
    free(name);
  }
  if (directory != NULL)
    closedir(directory);
  free(folder);
}

/* Names and paths only: nothing is read, so that an error can list them. */
static void find_all(struct theme_names *names) {
  add_own(names);
  size_t own = names->count;
  for (const struct rp_embedded *theme = rp_embedded_themes; theme->name != NULL; theme++) {
    bool hidden = false;
    for (size_t i = 0; i < own && !hidden; i++)
      hidden = strcmp(names->items[i].name, theme->name) == 0;
    if (!hidden)
      add_entry(names, theme->name, NULL);
  }
  if (names->count > 1)
    qsort(names->items, names->count, sizeof *names->items, by_name);
}

static void describe(struct rp_theme_entry *entry) {
  struct theme_source source = {0};
  struct rp_theme theme;
  struct rp_err err = {0};
  if (rp_theme_load(entry->name, &theme, &err) != RP_OK) {
    entry->broken = true;
    entry->description = rp_mem_text(err.text);
    return;
  }
  const struct rp_yaml_pair *description = NULL;
  if (theme_source_open(entry->name, false, &source, NULL) == RP_OK)
    description = rp_yaml_find(rp_yaml_root(source.yaml), "description");
  entry->description = rp_mem_text(description != NULL ? description->value.text : "");
  theme_source_fini(&source);
}

void rp_theme_list(struct rp_theme_list *out) {
  struct theme_names names = {0};
  find_all(&names);
  for (size_t i = 0; i < names.count; i++)
    describe(&names.items[i]);
  *out = (struct rp_theme_list){names.items, names.count};
}

void rp_theme_list_fini(struct rp_theme_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->items[i].name);
    free(list->items[i].path);
    free(list->items[i].description);
  }
  free(list->items);
  *list = (struct rp_theme_list){0};
}

static rp_status fail_not_found(const char *name, struct rp_err *err) {
  struct theme_names names = {0};
  struct rp_str text = {0};
  find_all(&names);
  for (size_t i = 0; i < names.count; i++)
    rp_str_addf(&text, "%s%s", i > 0 ? ", " : "", names.items[i].name);
  rp_err_set(err, RP_ENOTFOUND, _("there is no theme “%s”; there are %s"), name, rp_str_text(&text));
  rp_str_fini(&text);
  rp_theme_list_fini(&(struct rp_theme_list){names.items, names.count});
  return RP_ENOTFOUND;
}

/* ---- one theme --------------------------------------------------------------------------------------------------- */

rp_status theme_source_open(const char *name, bool shipped_only, struct theme_source *out, struct rp_err *err) {
  if (!is_name(name))
    return fail_not_found(name, err);
  char *folder = shipped_only ? NULL : own_folder();
  if (folder != NULL) {
    char *path = rp_str_format("%s/%s" EXTENSION, folder, name);
    free(folder);
    rp_status status = rp_yaml_read(path, &out->yaml, err);
    if (status == RP_OK) {
      out->name = rp_mem_text(name);
      out->file = path;
      out->own = true;
      return RP_OK;
    }
    free(path);
    if (status != RP_ENOTFOUND)
      return status;
  }
  const struct rp_embedded *shipped = find_shipped(name);
  if (shipped == NULL)
    return fail_not_found(name, err);
  out->name = rp_mem_text(name);
  out->file = rp_str_format("themes/%s" EXTENSION, name);
  return rp_yaml_parse(shipped->text, shipped->length, &out->yaml, err);
}

void theme_source_fini(struct theme_source *source) {
  free(source->name);
  free(source->file);
  rp_yaml_free(source->yaml);
  *source = (struct theme_source){0};
}
