/* Themes: what is shipped, what a person writes, and from where they come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/embedded.h"
#include "rapport/io.h"
#include "rapport/str.h"
#include "rapport/theme.h"

static char home[] = "/tmp/rapport-theme-XXXXXX";

/* The path of a person's own theme; the caller frees. */
static char *own_path(const char *name) {
  return rp_str_format("%s/rapport/themes/%s.yaml", home, name);
}

static void write_own(const char *name, const char *text) {
  char *path = own_path(name);
  struct rp_err err = {0};
  if (rp_io_write(path, text, strlen(text), &err) != RP_OK)
    fail_msg("%s", err.text);
  free(path);
}

static void remove_own(const char *name) {
  char *path = own_path(name);
  unlink(path);
  free(path);
}

static int set_up(void **state) {
  (void)state;
  if (mkdtemp(home) == NULL || setenv("XDG_CONFIG_HOME", home, 1) != 0)
    return -1;
  char *folder = rp_str_format("%s/rapport/themes", home);
  rp_status status = rp_io_make_folder(folder, NULL);
  free(folder);
  return (int)status;
}

static int tear_down(void **state) {
  (void)state;
  static const char *const folders[] = {"/rapport/themes", "/rapport", ""};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    char *folder = rp_str_format("%s%s", home, folders[i]);
    rmdir(folder);
    free(folder);
  }
  return 0;
}

/* Slots are read back through the names in the file, so that nothing here depends on their order. */
static const char *const slot_names[] = {
#define NAME(id, name, attributes, meaning) name,
    RP_SLOTS(NAME)
#undef NAME
};

static const unsigned plain_attributes[] = {
#define ATTRIBUTES(id, name, attributes, meaning) (attributes),
    RP_SLOTS(ATTRIBUTES)
#undef ATTRIBUTES
};

/* ---- what is shipped ---- */

/* Relative luminance and contrast: WCAG 2.1. The powers are taken by a table-free fit that is exact enough here. */
static double linear(double channel) {
  if (channel <= 0.04045)
    return channel / 12.92;
  double base = (channel + 0.055) / 1.055;
  double root = 1; /* base ^ 0.4 = fifth root of base squared, by Newton */
  for (int i = 0; i < 40; i++)
    root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root);
  return base * base * root;
}

static double luminance(uint32_t rgb) {
  return 0.2126 * linear((rgb >> 16 & 255) / 255.0) + 0.7152 * linear((rgb >> 8 & 255) / 255.0) +
         0.0722 * linear((rgb & 255) / 255.0);
}

static double contrast(struct rp_colour a, struct rp_colour b) {
  double first = luminance(a.value);
  double second = luminance(b.value);
  return first > second ? (first + 0.05) / (second + 0.05) : (second + 0.05) / (first + 0.05);
}

static void shipped__all_load(void **state) {
  (void)state;
  size_t count = 0;
  for (const struct rp_embedded *shipped = rp_embedded_themes; shipped->name != NULL; shipped++, count++) {
    struct rp_theme theme;
    struct rp_err err = {0};
    if (rp_theme_load(shipped->name, &theme, &err) != RP_OK)
      fail_msg("%s:%u:%u: %s", err.file, err.line, err.column, err.text);
    assert_string_equal(theme.name, shipped->name);
    assert_false(theme.ascii);
  }
  assert_true(count >= 5);
}

static void shipped__can_be_translated(void **state) {
  (void)state;
  struct rp_theme_list list;
  struct rp_str listed = {0};
  char *path = rp_str_format("%s/src/conf/shipped_texts.h", getenv("top_srcdir"));
  assert_int_equal(rp_io_read(path, 1 << 20, &listed, NULL), RP_OK);
  free(path);
  rp_theme_list(&list);
  for (size_t i = 0; i < list.count; i++) {
    char *line = rp_str_format("\nN_(\"%s\")\n", list.items[i].description);
    if (strstr(rp_str_text(&listed), line) == NULL)
      fail_msg("src/conf/shipped_texts.h lacks %s", line);
    free(line);
  }
  rp_theme_list_fini(&list);
  rp_str_fini(&listed);
}

static void shipped__can_be_read(void **state) {
  (void)state;
  static const struct {
    const char *name;
    double least;  /* contrast of text on its ground (WCAG 2.1: 4.5 AA, 7 AAA) */
    double chosen; /* of text on the selection */
  } themes[] = {{"default", 4.5, 4.5}, {"light", 4.5, 4.5}, {"high-contrast", 7, 0}, {"solarized", 4.5, 4.5}};
  for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
    struct rp_theme theme;
    assert_int_equal(rp_theme_load(themes[i].name, &theme, NULL), RP_OK);
    const struct rp_style *normal = &theme.styles[RP_SLOT_NORMAL];
    struct rp_colour chosen = theme.styles[RP_SLOT_SELECTION].bg;
    for (int slot = 0; slot < RP_SLOT_COUNT; slot++) {
      struct rp_style style = theme.styles[slot];
      struct rp_colour fg = style.fg.kind == RP_COLOUR_OPEN ? normal->fg : style.fg;
      struct rp_colour bg = style.bg.kind == RP_COLOUR_OPEN ? normal->bg : style.bg;
      assert_int_equal(fg.kind, RP_COLOUR_RGB);
      assert_int_equal(bg.kind, RP_COLOUR_RGB);
      if (slot == RP_SLOT_RULE) /* no text */
        continue;
      if (contrast(fg, bg) < themes[i].least)
        fail_msg("%s: %s has a contrast of %.2f", themes[i].name, slot_names[slot], contrast(fg, bg));
      if (style.bg.kind == RP_COLOUR_OPEN && chosen.kind == RP_COLOUR_RGB && slot != RP_SLOT_SELECTION &&
          contrast(fg, chosen) < themes[i].chosen)
        fail_msg("%s: %s selected has a contrast of %.2f", themes[i].name, slot_names[slot], contrast(fg, chosen));
    }
  }
}

static void shipped__mono_has_no_colour(void **state) {
  (void)state;
  struct rp_theme theme;
  assert_int_equal(rp_theme_load("mono", &theme, NULL), RP_OK);
  for (int slot = 0; slot < RP_SLOT_COUNT; slot++) {
    assert_int_equal(theme.styles[slot].fg.kind, RP_COLOUR_OPEN);
    assert_int_equal(theme.styles[slot].bg.kind, RP_COLOUR_OPEN);
  }
  assert_int_equal(theme.styles[RP_SLOT_SELECTION].attributes, RP_REVERSE);
  assert_int_equal(theme.styles[RP_SLOT_LATE].attributes, RP_BOLD | RP_UNDERLINE);
}

static void shipped__light_is_the_default_in_other_colours(void **state) {
  (void)state;
  struct rp_theme dark, light;
  rp_theme_default(&dark);
  assert_string_equal(dark.name, "default");
  assert_int_equal(rp_theme_load("light", &light, NULL), RP_OK);
  assert_int_equal(light.styles[RP_SLOT_NORMAL].bg.value, 0xfbfaf7);
  assert_int_equal(light.styles[RP_SLOT_BUSINESS].fg.value, light.styles[RP_SLOT_CHART].fg.value);
  for (int slot = 0; slot < RP_SLOT_COUNT; slot++)
    assert_int_equal(dark.styles[slot].attributes, light.styles[slot].attributes);
}

/* ---- what a person writes ---- */

static void parse__understands_colours_and_attributes(void **state) {
  (void)state;
  static const struct {
    const char *slot; /* of title */
    struct rp_style style;
  } cases[] = {
      {"red", {.fg = {RP_COLOUR_INDEX, 1}}},
      {"bright-white", {.fg = {RP_COLOUR_INDEX, 15}}},
      {"bright-black", {.fg = {RP_COLOUR_INDEX, 8}}},
      {"0", {.fg = {RP_COLOUR_INDEX, 0}}},
      {"255", {.fg = {RP_COLOUR_INDEX, 255}}},
      {"\"#00fF7a\"", {.fg = {RP_COLOUR_RGB, 0x00ff7a}}},
      {"default", {.fg = {RP_COLOUR_DEFAULT, 0}}},
      {"none", {.fg = {RP_COLOUR_OPEN, 0}}},
      {"ink", {.fg = {RP_COLOUR_RGB, 0x102030}}},
      {"sumi", {.fg = {RP_COLOUR_INDEX, 4}}},
      {"{fg: ink, bg: cyan}", {.fg = {RP_COLOUR_RGB, 0x102030}, .bg = {RP_COLOUR_INDEX, 6}}},
      {"{attributes: [bold, dim, italic, underline, reverse]}", {.attributes = 31}},
      {"{attributes: [bold, bold]}", {.attributes = RP_BOLD}},
      {"{attributes: []}", {.attributes = 0}},
      {"{}", {.attributes = 0}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *text =
        rp_str_format("palette: {ink: \"#102030\", sumi: blue}\nascii: yes\nslots: {title: %s}", cases[i].slot);
    struct rp_theme theme;
    struct rp_err err = {0};
    if (rp_theme_parse("mine", text, strlen(text), &theme, &err) != RP_OK)
      fail_msg("%s: %s", cases[i].slot, err.text);
    const struct rp_style *style = &theme.styles[RP_SLOT_TITLE];
    assert_int_equal(style->fg.kind, cases[i].style.fg.kind);
    assert_int_equal(style->fg.value, cases[i].style.fg.value);
    assert_int_equal(style->bg.kind, cases[i].style.bg.kind);
    assert_int_equal(style->bg.value, cases[i].style.bg.value);
    assert_int_equal(style->attributes, cases[i].style.attributes);
    assert_true(theme.ascii);
    assert_string_equal(theme.name, "mine");
    free(text);
  }
}

static void parse__nothing_is_the_plain_theme(void **state) {
  (void)state;
  static const char *const texts[] = {"", "slots:\n", "palette:\nslots: ~\n", "inherits:\n"};
  for (size_t i = 0; i + 1 < sizeof texts / sizeof *texts; i++) {
    struct rp_theme theme;
    assert_int_equal(rp_theme_parse("x", texts[i], strlen(texts[i]), &theme, NULL), RP_OK);
    for (int slot = 0; slot < RP_SLOT_COUNT; slot++) {
      assert_int_equal(theme.styles[slot].fg.kind, RP_COLOUR_OPEN);
      assert_int_equal(theme.styles[slot].attributes, plain_attributes[slot]);
    }
  }
}

static void parse__refuses_with_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line, column;
    const char *sentence;
  } cases[] = {
      {"slots:\n  title: {fg: rouge}\n", 2, 15,
       "there is no such colour; allowed are red, bright-red and so on, 0-255, \"#rrggbb\", default and none"},
      {"palette: {ink: 3}\nslots:\n  title: ikn\n", 3, 10,
       "there is no such colour; allowed are a name of the palette, red, bright-red and so on, 0-255, \"#rrggbb\", "
       "default "
       "and none"},
      {"slots:\n  title: 256\n", 2, 10, NULL},
      {"slots:\n  title: -1\n", 2, 10, NULL},
      {"slots:\n  title: \"#12345\"\n", 2, 10, NULL},
      {"slots:\n  title: \"#12345g\"\n", 2, 10, NULL},
      {"slots:\n  title:\n", 2, 9, NULL},
      {"slots:\n  title: {fg: [red]}\n", 2, 15, NULL},
      {"slots:\n  title: #ff0000\n", 2, 10,
       "a # begins a comment; put a value that begins with one in quotes, as \"#ff0000\""},
      {"slots:\n  title:\n    fg: #ff0000\n", 3, 9,
       "a # begins a comment; put a value that begins with one in quotes, as \"#ff0000\""},
      {"slots:\n  title: {fg: #ff0000}\n", 2, 15,
       "a # begins a comment; put a value that begins with one in quotes, as \"#ff0000\""},
      {"slots:\n  title: [red]\n", 2, 10, "a slot is a colour or a map, as {fg: red, attributes: [bold]}"},
      {"slots:\n  titel: red\n", 2, 3, "there is no key “titel”; did you mean title?"},
      {"slots:\n  title: {foreground: red}\n", 2, 11,
       "there is no key “foreground”; the keys here are fg, bg, attributes"},
      {"slots:\n  title: {attributes: bold}\n", 2, 23, "attributes must be a list, as [bold, underline]; [] is none"},
      {"slots:\n  title: {attributes: [blink]}\n", 2, 24,
       "an attribute must be bold, dim, italic, underline or reverse, not “blink”"},
      {"slots: red\n", 1, 8, "slots must be a map of slots and their colours"},
      {"palette: [a]\n", 1, 10, "palette must be a map of names and colours, as {ink: \"#d7dae0\"}"},
      {"palette: {red: 1}\n", 1, 11, "red is a colour already; choose another name"},
      {"palette: {a: b, b: 1}\n", 1, 14, NULL},
      {"colours: {}\n", 1, 1,
       "there is no key “colours”; the keys here are description, inherits, ascii, palette, slots"},
      {"inherits: dark\n", 1, 11, "there is no theme “dark”; there are default, high-contrast, light, mono, solarized"},
      {"inherits: ../../etc/passwd\n", 1, 11, NULL},
      {"inherits: [default]\n", 1, 11, "inherits must be a text, not a list"},
      {"inherits: \"\"\n", 1, 11, NULL},
      {"ascii: maybe\n", 1, 8, "ascii must be true or false, not “maybe”"},
      {"- title\n", 1, 1, "a map is expected here: lines of “key: value”"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_theme theme = {.name = "untouched"};
    struct rp_err err = {0};
    if (rp_theme_parse("mine", cases[i].text, strlen(cases[i].text), &theme, &err) != RP_EREFUSED)
      fail_msg("case %zu was read", i);
    if ((cases[i].sentence != NULL && strcmp(err.text, cases[i].sentence) != 0) || err.line != cases[i].line ||
        err.column != cases[i].column)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
    assert_int_equal(err.code, RP_EREFUSED);
    assert_string_equal(theme.name, "untouched");
  }
}

static void parse__bounds_the_palette(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_theme theme;
  struct rp_err err = {0};
  rp_str_add(&text, "palette: {");
  for (int i = 0; i < 256; i++)
    rp_str_addf(&text, "c%d: %d, ", i, i);
  assert_int_equal(rp_theme_parse("x", rp_str_text(&text), text.length, &theme, &err), RP_EREFUSED);
  rp_str_add(&text, "}\nslots: {title: c255}\n");
  assert_int_equal(rp_theme_parse("x", rp_str_text(&text), text.length, &theme, &err), RP_OK);
  assert_int_equal(theme.styles[RP_SLOT_TITLE].fg.value, 255);
  rp_str_cut(&text, text.length - strlen("}\nslots: {title: c255}\n"));
  rp_str_add(&text, "one_more: 1}\n");
  assert_int_equal(rp_theme_parse("x", rp_str_text(&text), text.length, &theme, &err), RP_EREFUSED);
  assert_string_equal(err.text, "a palette may have at most 256 colours");
  rp_str_fini(&text);
}

/* ---- files ---- */

static void load__own_comes_before_shipped_and_may_build_on_it(void **state) {
  (void)state;
  struct rp_theme theme, light;
  write_own("default", "inherits: default\npalette: {sky: \"#010203\"}\nslots: {tag: sky}\n");
  assert_int_equal(rp_theme_load("default", &theme, NULL), RP_OK);
  assert_int_equal(theme.styles[RP_SLOT_BUSINESS].fg.value, 0x010203);
  assert_int_equal(theme.styles[RP_SLOT_TAG].fg.value, 0x010203);
  /* what is shipped builds on what is shipped */
  assert_int_equal(rp_theme_load("light", &light, NULL), RP_OK);
  assert_int_equal(light.styles[RP_SLOT_BUSINESS].fg.value, 0x1d5796);
  rp_theme_default(&theme);
  assert_int_not_equal(theme.styles[RP_SLOT_BUSINESS].fg.value, 0x010203);
  remove_own("default");
}

static void load__refuses_circles_and_long_chains(void **state) {
  (void)state;
  struct rp_theme theme;
  struct rp_err err = {0};
  write_own("a", "inherits: b\n");
  write_own("b", "# b\ninherits: c\n");
  write_own("c", "inherits: a\n");
  assert_int_equal(rp_theme_load("a", &theme, &err), RP_EREFUSED);
  assert_string_equal(err.text, "c cannot inherit from a, which inherits from it");
  char *path = own_path("c");
  assert_string_equal(err.file, path);
  free(path);
  write_own("c", "inherits: c\n"); /* its own name: there is no shipped one */
  assert_int_equal(rp_theme_load("a", &theme, &err), RP_EREFUSED);
  assert_int_equal(err.line, 1);

  for (char name[] = "t0"; name[1] <= '8'; name[1]++) {
    char *text = rp_str_format("inherits: t%c\n", name[1] + 1);
    write_own(name, text);
    free(text);
  }
  write_own("t9", "slots: {title: red}\n");
  assert_int_equal(rp_theme_load("t2", &theme, &err), RP_OK); /* eight */
  assert_int_equal(theme.styles[RP_SLOT_TITLE].fg.value, 1);
  assert_int_equal(rp_theme_load("t1", &theme, &err), RP_EREFUSED);
  assert_string_equal(err.text, "at most 8 themes may inherit from one another");
  for (char name[] = "t0"; name[1] <= '9'; name[1]++)
    remove_own(name);
  remove_own("a");
  remove_own("b");
  remove_own("c");
}

static void load__names_the_file_at_fault(void **state) {
  (void)state;
  struct rp_theme theme;
  struct rp_err err = {0};
  write_own("base", "slots:\n  title: rouge\n");
  write_own("mine", "inherits: base\n");
  assert_int_equal(rp_theme_load("mine", &theme, &err), RP_EREFUSED);
  char *path = own_path("base");
  assert_string_equal(err.file, path);
  assert_int_equal(err.line, 2);
  assert_string_equal(err.source, "  title: rouge");
  assert_int_equal(rp_theme_load_file(path, &theme, &err), RP_EREFUSED);
  assert_string_equal(err.file, path);
  free(path);
  path = own_path("mine");
  write_own("mine", "inherits: mono\nascii: true\n");
  assert_int_equal(rp_theme_load_file(path, &theme, &err), RP_OK);
  assert_string_equal(theme.name, "mine");
  assert_true(theme.ascii);
  free(path);
  remove_own("base");
  remove_own("mine");
  assert_int_equal(rp_theme_load_file("/nowhere.yaml", &theme, &err), RP_ENOTFOUND);
}

static void load__refuses_names_outside_the_folder(void **state) {
  (void)state;
  static const char *const names[] = {"",
                                      ".",
                                      "..",
                                      "../x",
                                      "/etc/passwd",
                                      "a b",
                                      "ä",
                                      "a.yaml",
                                      "dark",
                                      "x\x1B[2J",
                                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct rp_theme theme;
    struct rp_err err = {0};
    assert_int_equal(rp_theme_load(names[i], &theme, &err), RP_ENOTFOUND);
    assert_non_null(strstr(err.text, "there are default, high-contrast, light, mono, solarized"));
    assert_null(strchr(err.text, '\x1B'));
  }
}

static void list__describes_all(void **state) {
  (void)state;
  write_own("aurora", "description: Pohjoisen taivas 🌌\n");
  write_own("light", "description: my light\ninherits: light\n");
  write_own("broken", "slots: {title: rouge}\n");
  write_own("not a name", "");
  struct rp_theme_list list;
  struct rp_str shown = {0};
  rp_theme_list(&list);
  for (size_t i = 0; i < list.count; i++)
    rp_str_addf(&shown, "%s%s%s: %s\n", list.items[i].name, list.items[i].path != NULL ? " (own)" : "",
                list.items[i].broken ? " (broken)" : "", list.items[i].description);
  assert_string_equal(rp_str_text(&shown), "aurora (own): Pohjoisen taivas 🌌\n"
                                           "broken (own) (broken): there is no such colour; allowed are red, "
                                           "bright-red and so on, 0-255, \"#rrggbb\", default "
                                           "and none\n"
                                           "default: dark and calm, with few muted colours\n"
                                           "high-contrast: black and white with strong colours\n"
                                           "light (own): my light\n"
                                           "mono: without colours\n"
                                           "solarized: Solarized, dark\n");
  rp_str_fini(&shown);
  rp_theme_list_fini(&list);
  remove_own("aurora");
  remove_own("light");
  remove_own("broken");
  remove_own("not a name");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shipped__all_load),
      cmocka_unit_test(shipped__can_be_translated),
      cmocka_unit_test(shipped__can_be_read),
      cmocka_unit_test(shipped__mono_has_no_colour),
      cmocka_unit_test(shipped__light_is_the_default_in_other_colours),
      cmocka_unit_test(parse__understands_colours_and_attributes),
      cmocka_unit_test(parse__nothing_is_the_plain_theme),
      cmocka_unit_test(parse__refuses_with_the_place),
      cmocka_unit_test(parse__bounds_the_palette),
      cmocka_unit_test(load__own_comes_before_shipped_and_may_build_on_it),
      cmocka_unit_test(load__refuses_circles_and_long_chains),
      cmocka_unit_test(load__names_the_file_at_fault),
      cmocka_unit_test(load__refuses_names_outside_the_folder),
      cmocka_unit_test(list__describes_all),
  };
  return cmocka_run_group_tests_name("theme", tests, set_up, tear_down);
}
