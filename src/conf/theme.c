#include "rapport/theme.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/embedded.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/vec.h"
#include "rapport/yaml.h"
#include "theme_internal.h"

/* ---- colours ----------------------------------------------------------------------------------------------------- */

#define COLOUR_NAME_CHARACTERS 31
#define PALETTE_MOST 256

struct palette_entry {
  char *name;
  struct rp_colour colour;
};

struct palette {
  RP_VEC(struct palette_entry) entries;
};

static bool named_colour(const char *text, struct rp_colour *out) {
  static const char *const names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
  static const char bright[] = "bright-";
  if (strcmp(text, "default") == 0 || strcmp(text, "none") == 0) {
    *out = (struct rp_colour){text[0] == 'd' ? RP_COLOUR_DEFAULT : RP_COLOUR_OPEN, 0};
    return true;
  }
  uint32_t base = 0;
  if (strncmp(text, bright, strlen(bright)) == 0) {
    text += strlen(bright);
    base = 8;
  }
  for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(text, names[i]) == 0) {
      *out = (struct rp_colour){RP_COLOUR_INDEX, base + i};
      return true;
    }
  }
  return false;
}

static bool numbered_colour(const char *text, struct rp_colour *out) {
  size_t length = strlen(text);
  if (length == 7 && text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6) {
    *out = (struct rp_colour){RP_COLOUR_RGB, (uint32_t)strtoul(text + 1, NULL, 16)};
    return true;
  }
  if (length == 0 || length > 3 || strspn(text, "0123456789") != length || strtoul(text, NULL, 10) > 255)
    return false;
  *out = (struct rp_colour){RP_COLOUR_INDEX, (uint32_t)strtoul(text, NULL, 10)};
  return true;
}

static const struct palette_entry *find_in_palette(const struct palette *palette, const char *name) {
  for (size_t i = 0; i < palette->entries.count; i++) {
    if (strcmp(palette->entries.items[i].name, name) == 0)
      return &palette->entries.items[i];
  }
  return NULL;
}

static rp_status read_colour(const struct rp_yaml_node *value, const struct palette *palette, struct rp_colour *out,
                             struct rp_err *err) {
  if (value->kind == RP_YAML_TEXT && (named_colour(value->text, out) || numbered_colour(value->text, out)))
    return RP_OK;
  const struct palette_entry *entry = value->kind == RP_YAML_TEXT ? find_in_palette(palette, value->text) : NULL;
  if (entry == NULL)
    return rp_yaml_fail(
        value, err,
        palette->entries.count > 0
            ? _("there is no such colour; allowed are a name of the palette, red, bright-red and so on, "
                "0-255, \"#rrggbb\", default and none")
            : _("there is no such colour; allowed are red, bright-red and so on, 0-255, \"#rrggbb\", "
                "default and none"));
  *out = entry->colour;
  return RP_OK;
}

static rp_status add_to_palette(const struct rp_yaml_node *map, struct palette *palette, struct rp_err *err) {
  static const struct palette none = {0};
  if (rp_yaml_is_empty(map))
    return RP_OK;
  if (map->kind != RP_YAML_MAP)
    return rp_yaml_fail(map, err, _("palette must be a map of names and colours, as {ink: \"#d7dae0\"}"));
  if (map->count > PALETTE_MOST)
    return rp_yaml_fail(map, err, _("a palette may have at most %d colours"), PALETTE_MOST);
  rp_status status = RP_OK;
  for (size_t i = 0; i < map->count && status == RP_OK; i++) {
    const struct rp_yaml_node *key = &map->pairs[i].key;
    struct rp_colour colour;
    if (named_colour(key->text, &colour) || numbered_colour(key->text, &colour))
      return rp_yaml_fail(key, err, _("%s is a colour already; choose another name"), key->text);
    if (key->text[0] == '\0' || strlen(key->text) > COLOUR_NAME_CHARACTERS)
      return rp_yaml_fail(key, err, _("the name of a colour has 1 to %d characters"), COLOUR_NAME_CHARACTERS);
    status = read_colour(&map->pairs[i].value, &none, &colour, err);
    if (status == RP_OK && find_in_palette(palette, key->text) == NULL)
      *rp_vec_add(&palette->entries) = (struct palette_entry){rp_mem_text(key->text), colour};
  }
  return status;
}

static void free_palette(struct palette *palette) {
  for (size_t i = 0; i < palette->entries.count; i++)
    free(palette->entries.items[i].name);
  rp_vec_fini(&palette->entries);
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

/* A theme while it is read: where its rows write. */
struct target {
  char *description, *inherits; /* only checked here; rp_yaml_find reads them */
  bool ascii;
  const struct palette *palette;
  struct rp_style styles[RP_SLOT_COUNT];
};

/* One slot while it is read. */
struct slot_target {
  const struct palette *palette;
  struct rp_style *style;
};

static rp_status read_foreground(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  struct slot_target *slot = member;
  return read_colour(value, slot->palette, &slot->style->fg, err);
}

static rp_status read_background(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  struct slot_target *slot = member;
  return read_colour(value, slot->palette, &slot->style->bg, err);
}

static rp_status read_attributes(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  static const char *const names[] = {"bold", "dim", "italic", "underline", "reverse", NULL};
  static const unsigned attributes[] = {RP_BOLD, RP_DIM, RP_ITALIC, RP_UNDERLINE, RP_REVERSE};
  static const struct rp_yaml_field field = {.type = RP_YAML_WORD, .words = names};
  struct slot_target *slot = member;
  if (value->kind != RP_YAML_LIST)
    return rp_yaml_fail(value, err, _("attributes must be a list, as [bold, underline]; [] is none"));
  unsigned sum = 0;
  for (size_t i = 0; i < value->count; i++) {
    int word = 0;
    rp_status status = rp_yaml_decode_value(&value->items[i], _("an attribute"), &field, &word, err);
    if (status != RP_OK)
      return status;
    sum |= attributes[word];
  }
  slot->style->attributes = sum;
  return RP_OK;
}

static rp_status read_slot(const struct rp_yaml_node *value, struct slot_target *slot, struct rp_err *err) {
  static const struct rp_yaml_field fields[] = {
      {.key = "fg", .type = RP_YAML_OTHER, .read = read_foreground},
      {.key = "bg", .type = RP_YAML_OTHER, .read = read_background},
      {.key = "attributes", .type = RP_YAML_OTHER, .read = read_attributes},
  };
  if (value->kind == RP_YAML_TEXT)
    return read_colour(value, slot->palette, &slot->style->fg, err);
  if (value->kind == RP_YAML_LIST)
    return rp_yaml_fail(value, err, _("a slot is a colour or a map, as {fg: red, attributes: [bold]}"));
  return rp_yaml_decode(value, fields, sizeof fields / sizeof *fields, slot, err);
}

/* The slots are one table of rows that all lead here: the member says which slot. */
static rp_status read_slots(const struct rp_yaml_node *map, void *member, struct rp_err *err) {
  static const char *const names[] = {
#define NAME(id, name, attributes, meaning) name,
      RP_SLOTS(NAME)
#undef NAME
          NULL};
  struct target *target = member;
  if (rp_yaml_is_empty(map))
    return RP_OK;
  if (map->kind != RP_YAML_MAP)
    return rp_yaml_fail(map, err, _("slots must be a map of slots and their colours"));
  for (size_t i = 0; i < map->count; i++) {
    int slot;
    rp_status status = rp_yaml_find_word(&map->pairs[i].key, names, &slot, err);
    if (status == RP_OK) {
      struct slot_target one = {target->palette, &target->styles[slot]};
      status = read_slot(&map->pairs[i].value, &one, err);
    }
    if (status != RP_OK)
      return status;
  }
  return RP_OK;
}

static rp_status skip(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  (void)value, (void)member, (void)err;
  return RP_OK;
}

static rp_status read_theme(const struct rp_yaml_node *root, struct target *target, struct rp_err *err) {
  static const struct rp_yaml_field fields[] = {
      {.key = "description", .type = RP_YAML_STRING, .offset = offsetof(struct target, description), .high = 200},
      {.key = "inherits",
       .type = RP_YAML_STRING,
       .offset = offsetof(struct target, inherits),
       .high = RP_THEME_NAME_SIZE - 1},
      {.key = "ascii", .type = RP_YAML_BOOL, .offset = offsetof(struct target, ascii)},
      {.key = "palette", .type = RP_YAML_OTHER, .read = skip},
      {.key = "slots", .type = RP_YAML_OTHER, .read = read_slots},
  };
  rp_status status = rp_yaml_decode(root, fields, sizeof fields / sizeof *fields, target, err);
  free(target->description);
  free(target->inherits);
  target->description = target->inherits = NULL;
  return status;
}

/* ---- a theme and those it inherits from -------------------------------------------------------------------------- */

/* Reads the whole chain's palettes, the inheriting theme's first, then the slots, the inherited theme's first. */
static rp_status build(const struct theme_source *chain, size_t count, struct rp_theme *out, struct rp_err *err) {
  static const unsigned plain[RP_SLOT_COUNT] = {
#define ATTRIBUTES(id, name, attributes, meaning) [RP_SLOT_##id] = (attributes),
      RP_SLOTS(ATTRIBUTES)
#undef ATTRIBUTES
  };
  struct palette palette = {0};
  struct target target = {.palette = &palette};
  for (size_t i = 0; i < RP_SLOT_COUNT; i++)
    target.styles[i].attributes = plain[i];
  rp_status status = RP_OK;
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    const struct rp_yaml_pair *pair = rp_yaml_find(rp_yaml_root(chain[i].yaml), "palette");
    if (pair != NULL)
      status = add_to_palette(&pair->value, &palette, err);
    if (status != RP_OK)
      rp_err_in(err, chain[i].file);
  }
  for (size_t i = count; i-- > 0 && status == RP_OK;) {
    status = read_theme(rp_yaml_root(chain[i].yaml), &target, err);
    if (status != RP_OK)
      rp_err_in(err, chain[i].file);
  }
  if (status == RP_OK) {
    *out = (struct rp_theme){.ascii = target.ascii};
    snprintf(out->name, sizeof out->name, "%s", chain[0].name);
    memcpy(out->styles, target.styles, sizeof out->styles);
  }
  free_palette(&palette);
  return status;
}

/* Loads a source whose document is read, with what it inherits from. The source's parts are freed. */
static rp_status load_chain(struct theme_source first, struct rp_theme *out, struct rp_err *err) {
  struct theme_source chain[RP_THEME_LEVELS] = {first};
  size_t count = 1;
  rp_status status = RP_OK;
  for (;;) {
    const struct theme_source *last = &chain[count - 1];
    const struct rp_yaml_pair *inherits = rp_yaml_find(rp_yaml_root(last->yaml), "inherits");
    if (inherits == NULL || inherits->value.kind != RP_YAML_TEXT || rp_yaml_is_empty(&inherits->value))
      break; /* read_theme refuses what is no text */
    struct theme_source next = {0};
    bool shipped_only = !last->own || strcmp(last->name, inherits->value.text) == 0;
    status = theme_source_open(inherits->value.text, shipped_only, &next, err);
    if (status == RP_ENOTFOUND) {
      rp_yaml_place(&inherits->value, err);
      status = RP_EREFUSED;
      if (err != NULL)
        err->code = status;
    }
    for (size_t i = 0; i < count && status == RP_OK; i++) {
      if (chain[i].own == next.own && rp_str_equal(chain[i].name, next.name))
        status = rp_yaml_fail(&inherits->value, err, _("%s cannot inherit from %s, which inherits from it"), last->name,
                              next.name);
    }
    if (status == RP_OK && count == RP_THEME_LEVELS)
      status =
          rp_yaml_fail(&inherits->value, err, _("at most %d themes may inherit from one another"), RP_THEME_LEVELS);
    if (status != RP_OK) {
      rp_err_in(err, last->file);
      theme_source_fini(&next);
      break;
    }
    chain[count++] = next;
  }
  if (status == RP_OK)
    status = build(chain, count, out, err);
  for (size_t i = 0; i < count; i++)
    theme_source_fini(&chain[i]);
  return status;
}

rp_status rp_theme_load(const char *name, struct rp_theme *out, struct rp_err *err) {
  struct theme_source source = {0};
  rp_status status = theme_source_open(name, false, &source, err);
  return status == RP_OK ? load_chain(source, out, err) : status;
}

rp_status rp_theme_parse(const char *name, const char *bytes, size_t length, struct rp_theme *out, struct rp_err *err) {
  struct theme_source source = {.name = rp_mem_text(name), .file = rp_mem_text(name)};
  rp_status status = rp_yaml_parse(bytes, length, &source.yaml, err);
  if (status == RP_OK)
    return load_chain(source, out, err);
  theme_source_fini(&source);
  return status;
}

rp_status rp_theme_load_file(const char *path, struct rp_theme *out, struct rp_err *err) {
  const char *slash = strrchr(path, '/');
  const char *base = slash != NULL ? slash + 1 : path;
  const char *dot = strrchr(base, '.');
  size_t length = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);
  struct theme_source source = {.name = rp_mem_textn(base, length), .file = rp_mem_text(path), .own = true};
  rp_status status = rp_yaml_read(path, &source.yaml, err);
  if (status == RP_OK)
    return load_chain(source, out, err);
  theme_source_fini(&source);
  return status;
}

void rp_theme_default(struct rp_theme *out) {
  struct theme_source source = {0};
  rp_status status = theme_source_open("default", true, &source, NULL);
  if (status == RP_OK)
    status = load_chain(source, out, NULL);
  assert(status == RP_OK); /* shipped files are tested */
  (void)status;
}
