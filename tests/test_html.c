/* Pages and pictures: well-formed, of this page alone, and what is hostile is shown and does nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/html.h"
#include "xml.h"

/* Text, and what stands in the page for it. */
static const struct {
  const char *text, *shown;
} hostile[] = {
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"\"><img src=x onerror='x'>", "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"},
    {"Äiti & isä &amp; ääni", "Äiti &amp; isä &amp;amp; ääni"},
    {"abc\xe2\x80\xae"
     "fed",
     "abc⟨U+202E⟩fed"},
    {"a\x1b[31mred\x07", "a␛[31mred␇"},
    {"]]> --> <![CDATA[", "]]&gt; --&gt; &lt;![CDATA["},
    {"not \xff text", "not ⟨xFF⟩ text"},
    {"\xef\xbf\xbe and \xc2\x85", "⟨U+FFFE⟩ and ⟨U+0085⟩"},
    {"Åsa Öberg 🌲", "Åsa Öberg 🌲"},
};

static void text__is_escaped_and_visible(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    struct rp_str out = {0};
    struct rp_html html;
    rp_html_begin(&html, &out, "fi", hostile[i].text);
    rp_html_section(&html, "one", hostile[i].text);
    rp_html_leaf(&html, "p", "soft", hostile[i].text);
    rp_html_link(&html, NULL, "one", hostile[i].text);
    rp_html_end(&html);
    assert_page(out.data, out.length);
    assert_int_equal(count_text(out.data, hostile[i].shown), 5); /* the title twice */
    assert_int_equal(count_text(out.data, "<html lang=\"fi\">"), 1);
    rp_str_fini(&out);
  }
}

static void sections__have_headings_of_their_depth(void **state) {
  (void)state;
  struct rp_str out = {0};
  struct rp_html html;
  rp_html_begin(&html, &out, "en", "Report");
  rp_html_section(&html, "a", "First");
  rp_html_section(&html, "b", "Second");
  rp_html_section(&html, NULL, "Third");
  rp_html_section(&html, NULL, "Fourth");
  for (int i = 0; i < 4; i++)
    rp_html_close_section(&html);
  rp_html_section(&html, "c", "Fifth");
  rp_html_end(&html);
  assert_page(out.data, out.length);
  assert_int_equal(count_text(out.data, "<h1>Report</h1>"), 1);
  assert_int_equal(count_text(out.data, "<h2>First</h2>"), 1);
  assert_int_equal(count_text(out.data, "<h3>Second</h3>"), 1);
  assert_int_equal(count_text(out.data, "<h4>Third</h4>"), 1);
  assert_int_equal(count_text(out.data, "<h4>Fourth</h4>"), 1);
  assert_int_equal(count_text(out.data, "<h2>Fifth</h2>"), 1);
  rp_str_fini(&out);
}

static void table__names_its_rows_and_columns(void **state) {
  (void)state;
  static const char *const headings[] = {"Who", "What <b>"};
  struct rp_str out = {0};
  struct rp_html html;
  rp_html_begin(&html, &out, "sv", "Tabell");
  rp_html_table(&html, NULL, "All of it", headings, 2);
  rp_html_row(&html);
  rp_html_text(&html, "Åsa");
  rp_html_close(&html);
  rp_html_leaf(&html, "td", "b3", "3");
  rp_html_close(&html);
  rp_html_close_table(&html);
  rp_html_end(&html);
  assert_page(out.data, out.length);
  assert_int_equal(count_text(out.data, "<th scope=\"col\">What &lt;b&gt;</th>"), 1);
  assert_int_equal(count_text(out.data, "<th scope=\"row\">Åsa</th>"), 1);
  assert_int_equal(count_text(out.data, "<td class=\"b3\">3</td>"), 1);
  assert_int_equal(count_text(out.data, "<caption>All of it</caption>"), 1);
  rp_str_fini(&out);
}

static void page__tells_no_browser_to_fetch(void **state) {
  (void)state;
  struct rp_str out = {0};
  struct rp_html html;
  rp_html_begin(&html, &out, "en", "Report");
  rp_html_end(&html);
  assert_int_equal(count_text(out.data, "default-src &#39;none&#39;") + count_text(out.data, "default-src 'none'"), 1);
  assert_int_equal(count_text(out.data, "prefers-color-scheme:dark"), 1);
  assert_int_equal(count_text(out.data, "@media print"), 1);
  rp_str_fini(&out);
}

static void fill_cell(void *data, size_t row, size_t column, struct rp_svg_cell *out) {
  const char *text = data;
  out->level = (int)(row * 10) - 5 + (int)column; /* also outside of what there is */
  snprintf(out->text, sizeof out->text, "%zu", row * 2 + column);
  if (row == 1)
    snprintf(out->link, sizeof out->link, "there");
  rp_str_add(&out->says, text);
}

static void grid__has_numbers_names_and_links(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    const char *const rows[] = {hostile[i].text, "Åsa"}, *const columns[] = {"prospect", "collaborative and personal partner"};
    struct rp_svg_grid grid = {"Stages", hostile[i].text, rows, columns, 2, 2, fill_cell, NULL};
    union {
      const char *text;
      void *data;
    } text = {hostile[i].text};
    grid.data = text.data;
    struct rp_str out = {0};
    struct rp_html html;
    rp_html_begin(&html, &out, "en", "Report");
    rp_html_figure(&html, "Who knows whom");
    rp_svg_grid(&html, &grid);
    rp_html_close(&html);
    rp_html_section(&html, "there", "There");
    rp_html_end(&html);
    assert_page(out.data, out.length);
    assert_int_equal(count_text(out.data, "<title>Stages</title>"), 1);
    assert_int_equal(count_text(out.data, "<desc>"), 1);
    assert_int_equal(count_text(out.data, "href=\"#there\""), 2);
    assert_int_equal(count_text(out.data, "text-anchor=\"middle\">3</text>"), 1);
    assert_int_equal(count_text(out.data, hostile[i].shown), 6); /* four cells, a row, the description */
    assert_int_equal(count_text(out.data, ">collaborative and</text>"), 1); /* a long heading has two lines */
    assert_int_equal(count_text(out.data, ">personal partner</text>"), 1);
    rp_str_fini(&out);
  }
}

static void bars__are_as_long_as_what_they_say(void **state) {
  (void)state;
  static const struct rp_svg_bar bars[] = {
      {"Maija Virtanen", "quiet for 90 days", "r1", 90, 30},
      {"</svg><script>", "quiet for 45 days", NULL, 45, 0},
      {"Nobody", "0", NULL, 0, 0},
  };
  struct rp_str out = {0};
  struct rp_html html;
  rp_html_begin(&html, &out, "en", "Report");
  rp_svg_bars(&html, "Silence", "Days", bars, 3);
  rp_html_section(&html, "r1", "Maija");
  rp_html_end(&html);
  assert_page(out.data, out.length);
  assert_int_equal(count_text(out.data, "class=\"bar\""), 3);
  assert_int_equal(count_text(out.data, "class=\"mark\""), 1);
  const char *first = strstr(out.data, "class=\"bar\""), *second = strstr(first + 1, "class=\"bar\"");
  int long_width = 0, short_width = 0;
  assert_int_equal(sscanf(strstr(first, "width="), "width=\"%d\"", &long_width), 1);
  assert_int_equal(sscanf(strstr(second, "width="), "width=\"%d\"", &short_width), 1);
  assert_int_equal(long_width, 2 * short_width);
  rp_str_fini(&out);
}

static void bars__may_be_none(void **state) {
  (void)state;
  struct rp_str out = {0};
  struct rp_html html;
  rp_html_begin(&html, &out, "en", "Report");
  rp_svg_bars(&html, "Silence", "Days", NULL, 0);
  rp_html_end(&html);
  assert_page(out.data, out.length);
  rp_str_fini(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text__is_escaped_and_visible),
      cmocka_unit_test(sections__have_headings_of_their_depth),
      cmocka_unit_test(table__names_its_rows_and_columns),
      cmocka_unit_test(page__tells_no_browser_to_fetch),
      cmocka_unit_test(grid__has_numbers_names_and_links),
      cmocka_unit_test(bars__are_as_long_as_what_they_say),
      cmocka_unit_test(bars__may_be_none),
  };
  return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
