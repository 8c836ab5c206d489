/* A page of HTML that is well-formed XML too. */
#include "rapport/html.h"

#include <assert.h>
#include <string.h>

#include "rapport/utf8.h"

/* Nothing is fetched, whatever stands in the page. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; form-action 'none'; base-uri 'none'"

/* Colours say nothing that is not said in words beside them. Steps of one hue, dark on light and light on dark. */
static const char style[] =
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1c2330;--soft:#5b6577;--line:#d5dae3;--shade:#f3f5f9;"
    "--link:#1d4fb8;--l0:#f3f5f9;--l1:#d9e6fb;--l2:#a9c7f5;--l3:#3f74cf;--l4:#1c3f86;--t0:#5b6577;--t1:#1c2330;"
    "--t2:#1c2330;--t3:#fff;--t4:#fff;--mark:#b3261e}"
    "@media (prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e7ebf2;--soft:#a3adbd;--line:#343c49;"
    "--shade:#1c222c;--link:#8db4ff;--l0:#1c222c;--l1:#22385c;--l2:#2c5597;--l3:#7ea9ee;--l4:#c6dbff;--t0:#a3adbd;"
    "--t1:#e7ebf2;--t2:#fff;--t3:#0d1526;--t4:#0d1526;--mark:#ff9d94}}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:64rem;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.35rem;margin:2.5rem 0 .5rem;"
    "padding-top:.75rem;border-top:1px solid var(--line)}h3{font-size:1.1rem;margin:1.5rem 0 .25rem}"
    "h4{font-size:1rem;margin:1.25rem 0 .25rem}p{margin:.4rem 0}ul{margin:.4rem 0;padding-left:1.3rem}li{margin:.2rem 0}"
    "a{color:var(--link)}.soft,figcaption,caption{color:var(--soft)}.purpose{border-left:4px solid var(--mark);"
    "padding:.4rem .9rem;background:var(--shade)}nav ul{columns:2;list-style:none;padding:0}"
    "figure{margin:1rem 0;overflow-x:auto}figcaption,caption{font-size:.9rem;text-align:left;padding:.2rem 0 .5rem}"
    "svg{display:block;max-width:none;height:auto;font:14px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    "svg text{fill:var(--ink)}svg .soft{fill:var(--soft)}svg a text{text-decoration:underline}"
    "svg .grid{stroke:var(--paper);stroke-width:2}svg .bar{fill:var(--l3)}svg .rail{fill:var(--l0)}"
    "svg .mark{stroke:var(--mark);stroke-width:2}"
    ".l0{fill:var(--l0)}.l1{fill:var(--l1)}.l2{fill:var(--l2)}.l3{fill:var(--l3)}.l4{fill:var(--l4)}"
    "svg .t0{fill:var(--t0)}svg .t1{fill:var(--t1)}svg .t2{fill:var(--t2)}svg .t3{fill:var(--t3)}svg .t4{fill:var(--t4)}"
    "div.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.3rem .6rem;text-align:left;"
    "vertical-align:top;border-bottom:1px solid var(--line)}thead th{font-weight:600;background:var(--shade)}"
    "tbody th{font-weight:600}td.b0,td.b1,td.b2,td.b3,td.b4{text-align:center;white-space:nowrap}"
    "td.b1{background:var(--l1);color:var(--t1)}td.b2{background:var(--l2);color:var(--t2)}"
    "td.b3{background:var(--l3);color:var(--t3)}td.b4{background:var(--l4);color:var(--t4)}td.b0 a,td.b1 a,td.b2 a,"
    "td.b3 a,td.b4 a{color:inherit}.tall thead th+th{writing-mode:vertical-rl}"
    ".said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}:target{outline:2px solid var(--link);outline-offset:4px}"
    "@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10.5pt;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact}nav{display:none}a{color:inherit;text-decoration:none}"
    "h2,h3,h4{break-after:avoid}tr,figure{break-inside:avoid}figure,div.wide{overflow:visible}svg{max-width:100%}}"
    "@page{margin:18mm 15mm}";

static void escape(const char *text, struct rp_str *out) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  for (const char *at = rp_str_text(&safe); *at != '\0'; at++) {
    switch (*at) {
    case '&':
      rp_str_add(out, "&amp;");
      break;
    case '<':
      rp_str_add(out, "&lt;");
      break;
    case '>':
      rp_str_add(out, "&gt;");
      break;
    case '"':
      rp_str_add(out, "&quot;");
      break;
    case '\'':
      rp_str_add(out, "&#39;");
      break;
    default:
      rp_str_addc(out, *at);
    }
  }
  rp_str_fini(&safe);
}

void rp_html_text(struct rp_html *html, const char *text) {
  escape(text, html->out);
}

void rp_html_open(struct rp_html *html, const char *name, const char *class_name, const char *id) {
  assert(html->depth < RP_HTML_DEPTH);
  html->open[html->depth++] = name;
  rp_str_addf(html->out, "<%s", name);
  if (class_name != NULL)
    rp_str_addf(html->out, " class=\"%s\"", class_name);
  if (id != NULL)
    rp_str_addf(html->out, " id=\"%s\"", id);
  rp_str_addc(html->out, '>');
}

/* Whether a line ends behind it: never where a space would be seen. */
static bool ends_line(const char *name) {
  static const char *const inside[] = {"a", "b", "span", "strong", "title"};
  for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
    if (strcmp(inside[i], name) == 0)
      return false;
  }
  return true;
}

void rp_html_close(struct rp_html *html) {
  assert(html->depth > 0);
  const char *name = html->open[--html->depth];
  rp_str_addf(html->out, "</%s>%s", name, ends_line(name) ? "\n" : "");
}

void rp_html_leaf(struct rp_html *html, const char *name, const char *class_name, const char *text) {
  rp_html_open(html, name, class_name, NULL);
  rp_html_text(html, text);
  rp_html_close(html);
}

void rp_html_link(struct rp_html *html, const char *class_name, const char *id, const char *text) {
  if (id == NULL) {
    rp_html_text(html, text);
    return;
  }
  rp_str_add(html->out, "<a");
  if (class_name != NULL)
    rp_str_addf(html->out, " class=\"%s\"", class_name);
  rp_str_addf(html->out, " href=\"#%s\">", id);
  rp_html_text(html, text);
  rp_str_add(html->out, "</a>");
}

void rp_html_begin(struct rp_html *html, struct rp_str *out, const char *language, const char *title) {
  *html = (struct rp_html){.out = out, .level = 1};
  rp_str_add(out, "<!DOCTYPE html>\n<html lang=\"");
  escape(language, out);
  rp_str_add(out, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                  "<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
  escape(title, out);
  rp_str_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
  html->open[html->depth++] = "html";
  html->open[html->depth++] = "body";
  rp_html_leaf(html, "h1", NULL, title);
}

void rp_html_end(struct rp_html *html) {
  while (html->depth > 0)
    rp_html_close(html);
}

void rp_html_section(struct rp_html *html, const char *id, const char *heading) {
  static const char *const names[] = {"h2", "h3", "h4"};
  rp_html_open(html, "section", NULL, id);
  int level = html->level < 3 ? html->level : 3;
  rp_html_leaf(html, names[level - 1], NULL, heading);
  html->level++;
}

void rp_html_close_section(struct rp_html *html) {
  html->level--;
  rp_html_close(html);
}

void rp_html_table(struct rp_html *html, const char *class_name, const char *caption, const char *const *headings,
                   size_t count) {
  rp_html_open(html, "div", "wide", NULL);
  rp_html_open(html, "table", class_name, NULL);
  if (caption != NULL)
    rp_html_leaf(html, "caption", NULL, caption);
  rp_html_open(html, "thead", NULL, NULL);
  rp_html_open(html, "tr", NULL, NULL);
  for (size_t i = 0; i < count; i++) {
    rp_str_add(html->out, "<th scope=\"col\">");
    rp_html_text(html, headings[i]);
    rp_str_add(html->out, "</th>\n");
  }
  rp_html_close(html);
  rp_html_close(html);
  rp_html_open(html, "tbody", NULL, NULL);
}

void rp_html_row(struct rp_html *html) {
  rp_html_open(html, "tr", NULL, NULL);
  assert(html->depth < RP_HTML_DEPTH);
  html->open[html->depth++] = "th";
  rp_str_add(html->out, "<th scope=\"row\">");
}

void rp_html_close_table(struct rp_html *html) {
  rp_html_close(html);
  rp_html_close(html);
  rp_html_close(html);
}

void rp_html_figure(struct rp_html *html, const char *caption) {
  rp_html_open(html, "figure", NULL, NULL);
  rp_html_leaf(html, "figcaption", NULL, caption);
}
