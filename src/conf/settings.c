#include "rapport/settings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/vec.h"

/* ---- the options ------------------------------------------------------------------------------------------------- */

static const char *const language_words[] = {"auto", "en", "fi", "sv", NULL};
static const char *const week_words[] = {"auto", "monday", "sunday", NULL};
static const char *const audience_words[] = {
#define CODE(NAME, code, label, flags) #code,
    RP_AUDIENCES(CODE)
#undef CODE
        NULL};

enum { LONGEST_IDLE = 24 * 60 /* minutes */ };

#define MEMBER(name) offsetof(struct rp_settings, name)
#define AUDIENCE(ENUM, type, label, flags, audience, FIELDS) \
  {"audience." #type, \
   RP_YAML_WORD, \
   audience_words, \
   N_("who may see a new record of this type"), \
   audience, \
   0, \
   MEMBER(audiences) + RP_TYPE_##ENUM * sizeof(int)},

static const struct rp_option options[] = {
    {"language", RP_YAML_WORD, language_words, N_("language of the interface; auto: as the environment says"), 0, 0,
     MEMBER(language)},
    {"theme", RP_YAML_STRING, NULL, N_("colours; “rapport theme list” names them"), 0, 0, MEMBER(theme)},
    {"ascii", RP_YAML_BOOL, NULL, N_("draw with ASCII characters only"), 0, 0, MEMBER(ascii)},
    {"mouse", RP_YAML_BOOL, NULL, N_("use the mouse; without, the terminal selects text with it"), 1, 0, MEMBER(mouse)},
    {"lock_after_minutes", RP_YAML_NUMBER, NULL,
     N_("lock when nothing was typed for so many minutes, also while the computer slept; 0: never"), 15, LONGEST_IDLE,
     MEMBER(lock_after_minutes)},
    {"week_start", RP_YAML_WORD, week_words, N_("first day of the week in calendars; auto: as the locale says"), 0, 0,
     MEMBER(week_start)},
    RP_RECORD_TYPES(AUDIENCE)};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static const char standard_theme[] = "default";

const struct rp_option *rp_options(size_t *count) {
  *count = OPTION_COUNT;
  return options;
}

void rp_settings_init(struct rp_settings *out) {
  *out = (struct rp_settings){.theme = rp_mem_text(standard_theme)};
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    void *member = (char *)out + options[i].offset;
    if (options[i].type == RP_YAML_WORD)
      *(int *)member = options[i].standard;
    else if (options[i].type == RP_YAML_NUMBER)
      *(int32_t *)member = options[i].standard;
    else if (options[i].type == RP_YAML_BOOL)
      *(bool *)member = options[i].standard != 0;
  }
}

void rp_settings_fini(struct rp_settings *settings) {
  free(settings->theme);
  free(settings->keys);
  free(settings->path);
  rp_yaml_free(settings->document);
  *settings = (struct rp_settings){0};
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static const struct rp_yaml_node *first_key(const struct rp_yaml_node *value) {
  return value->kind == RP_YAML_LIST ? value->items : value;
}

/* The keys of one action: one, or a list. */
static rp_status check_keys(const struct rp_yaml_pair *pair, struct rp_err *err) {
  const struct rp_yaml_node *keys = first_key(&pair->value);
  size_t count = pair->value.kind == RP_YAML_LIST ? pair->value.count : 1;
  for (size_t i = 0; i < count; i++) {
    if (keys[i].kind != RP_YAML_TEXT || keys[i].text[0] == '\0')
      return rp_yaml_fail(&keys[i], err, _("keys.%s must be a key or a list of keys, as [m, Ctrl-N]; [] is no key"),
                          pair->key.text);
  }
  return RP_OK;
}

static rp_status read_keys(const struct rp_yaml_node *map, void *member, struct rp_err *err) {
  struct rp_settings *settings = member;
  if (rp_yaml_is_empty(map))
    return RP_OK;
  if (map->kind != RP_YAML_MAP)
    return rp_yaml_fail(map, err, _("keys must be a map of actions and their keys, as {undo: u}"));
  RP_VEC(struct rp_settings_key) keys = {0};
  rp_status status = RP_OK;
  for (size_t i = 0; i < map->count && status == RP_OK; i++) {
    const struct rp_yaml_pair *pair = &map->pairs[i];
    const struct rp_yaml_node *first = first_key(&pair->value);
    bool is_list = pair->value.kind == RP_YAML_LIST;
    status = check_keys(pair, err);
    if (status == RP_OK && is_list && pair->value.count == 0)
      *rp_vec_add(&keys) = (struct rp_settings_key){pair->key.text, NULL, &pair->key, &pair->value};
    for (size_t j = 0; j < (is_list ? pair->value.count : 1) && status == RP_OK; j++)
      *rp_vec_add(&keys) = (struct rp_settings_key){pair->key.text, first[j].text, &pair->key, &first[j]};
  }
  settings->keys = keys.items;
  settings->key_count = keys.count;
  return status;
}

/* The row of an option, as the decoder wants it. */
static struct rp_yaml_field field_of(const struct rp_option *option) {
  enum { LONGEST = 63 }; /* of the name of a theme */
  return (struct rp_yaml_field){.key = option->name,
                                .type = option->type,
                                .offset = option->offset,
                                .words = option->words,
                                .high = option->type == RP_YAML_NUMBER ? option->high : LONGEST};
}

/* Takes the document over, also after an error. */
static rp_status decode(struct rp_yaml *yaml, struct rp_settings *out, struct rp_err *err) {
  struct rp_yaml_field fields[OPTION_COUNT + 1];
  for (size_t i = 0; i < OPTION_COUNT; i++)
    fields[i] = field_of(&options[i]);
  fields[OPTION_COUNT] = (struct rp_yaml_field){.key = "keys", .type = RP_YAML_OTHER, .read = read_keys};
  struct rp_settings settings;
  rp_settings_init(&settings);
  settings.document = yaml;
  rp_status status = rp_yaml_decode(rp_yaml_root(yaml), fields, OPTION_COUNT + 1, &settings, err);
  if (status == RP_OK)
    *out = settings;
  else
    rp_settings_fini(&settings);
  return status;
}

rp_status rp_settings_parse(const char *bytes, size_t length, struct rp_settings *out, struct rp_err *err) {
  struct rp_yaml *yaml = NULL;
  rp_status status = rp_yaml_parse(bytes, length, &yaml, err);
  return status == RP_OK ? decode(yaml, out, err) : status;
}

rp_status rp_settings_load(const char *path, struct rp_settings *out, struct rp_err *err) {
  char *file = path != NULL ? rp_mem_text(path) : NULL;
  if (file == NULL && rp_io_path(RP_IO_CONFIG, "config.yaml", &file, NULL) != RP_OK) {
    rp_settings_init(out); /* no home: nothing is set */
    return RP_OK;
  }
  struct rp_yaml *yaml = NULL;
  rp_status status = rp_yaml_read(file, &yaml, err);
  if (status == RP_ENOTFOUND) {
    rp_settings_init(out);
    status = RP_OK;
  } else if (status == RP_OK) {
    status = decode(yaml, out, err);
  }
  if (status != RP_OK) {
    rp_err_in(err, file);
    free(file);
    return status;
  }
  out->path = file;
  return RP_OK;
}

/* ---- showing ----------------------------------------------------------------------------------------------------- */

const char *rp_settings_language(const struct rp_settings *settings) {
  return settings->language == 0 ? "" : language_words[settings->language];
}

int rp_settings_first_weekday(const struct rp_settings *settings) {
  return settings->week_start == 0 ? rp_i18n_first_weekday() : settings->week_start == 1 ? 0 : 6;
}

void rp_settings_print(const struct rp_settings *settings, const struct rp_option *option, struct rp_str *out) {
  const void *member = (const char *)settings + option->offset;
  if (option->type == RP_YAML_BOOL)
    rp_str_add(out, *(const bool *)member ? "true" : "false");
  else if (option->type == RP_YAML_NUMBER)
    rp_str_addf(out, "%d", (int)*(const int32_t *)member);
  else if (option->type == RP_YAML_WORD)
    rp_str_add(out, option->words[*(const int *)member]);
  else
    rp_yaml_quote(*(char *const *)member, out);
}

unsigned rp_settings_line(const struct rp_settings *settings, const struct rp_option *option) {
  if (settings->document == NULL)
    return 0;
  const struct rp_yaml_pair *pair = rp_yaml_find_path(rp_yaml_root(settings->document), option->name);
  return pair != NULL ? pair->key.line : 0;
}

rp_status rp_settings_fail(const struct rp_settings *settings, const struct rp_yaml_node *at, struct rp_err *err,
                           const char *format, ...) {
  struct rp_str sentence = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&sentence, format, arguments);
  va_end(arguments);
  rp_yaml_fail(at, err, "%s", rp_str_text(&sentence));
  rp_str_fini(&sentence);
  if (settings->path != NULL)
    rp_err_in(err, settings->path);
  return RP_EREFUSED;
}
