/* A note as it is typed. */
#include <stdlib.h>
#include <string.h>

#include "quick_internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

/* A name. What would end it where it stands becomes a blank: in the head a comma, a colon at the end of a word and an
 * "@" at the start of one, in a marked line any colon. */
static void add_name(const char *name, bool in_head, struct rp_str *out) {
  for (const char *at = name; *at != '\0'; at++) {
    bool ends = *at == ',' || *at == '\n' || (*at == '@' && (at == name || is_blank(at[-1])));
    if (*at == ':') {
      char behind = at[strspn(at, ":")];
      ends = !in_head || behind == '\0' || behind == ',' || is_blank(behind);
    }
    rp_str_addc(out, ends ? ' ' : *at);
  }
}

/* A text of a marked line. */
static void add_line_text(const char *text, struct rp_str *out) {
  for (const char *at = text; *at != '\0'; at++)
    rp_str_addc(out, *at == '\n' ? ' ' : *at);
}

static void add_head(const struct rp_quick *quick, struct rp_str *out) {
  if (quick->head != NULL) {
    rp_str_addf(out, "%s:", quick->head);
    return;
  }
  const char *channel = rp_vocab_word(RP_VOCAB_CHANNEL, quick->channel);
  if (strchr(channel, ' ') != NULL) /* it is read as one word */
    channel = rp_vocab_code(RP_VOCAB_CHANNEL, quick->channel);
  rp_str_addf(out, "%s ", channel);
  for (size_t i = 0; i < quick->name_count; i++) {
    rp_str_add(out, i > 0 ? ", " : "");
    add_name(quick->names[i].contact, true, out);
    if (quick->names[i].customer != NULL) {
      rp_str_add(out, " @ ");
      add_name(quick->names[i].customer, true, out);
    }
  }
  rp_str_add(out, quick->name_count > 0 ? " " : "");
  rp_when_format(quick->when, out);
  rp_str_addc(out, ':');
}

/* A line of the summary behind the first, protected where it would read as marked. */
static void add_summary_line(const struct quick_parser *parser, struct span line, struct rp_str *out) {
  enum rp_quick_mark mark;
  struct span rest;
  const char *at = line.at;
  while (at < span_end(line) && is_blank(*at))
    at++;
  rp_str_addn(out, line.at, (size_t)(at - line.at));
  if (quick_protection(line) > 0 || quick_is_marked(parser, line, &mark, &rest))
    rp_str_addc(out, '\\');
  rp_str_addn(out, at, (size_t)(span_end(line) - at));
}

/* Any words before a code might be the name of somebody, so that a line is protected too often rather than too rarely.
 */
static enum rp_quick_fit any_name(void *data, const char *text, size_t length) {
  (void)data;
  (void)text;
  (void)length;
  return RP_QUICK_NAME_START;
}

static void add_summary(const struct rp_quick *quick, struct rp_str *out) {
  struct rp_quick_context context = {.name_fit = any_name};
  struct quick_parser parser = {.context = &context};
  for (size_t i = 0; i < quick->name_count; i++)
    *rp_vec_add(&parser.folded) =
        span_folded((struct span){.at = quick->names[i].contact, .length = strlen(quick->names[i].contact)});
  const char *at = quick->summary;
  size_t length = strcspn(at, "\n");
  rp_str_addc(out, ' ');
  rp_str_addn(out, at, length);
  for (at += length; *at == '\n'; at += length) {
    at++;
    length = strcspn(at, "\n");
    rp_str_addc(out, '\n');
    add_summary_line(&parser, (struct span){.at = at, .length = length}, out);
  }
  quick_parser_fini(&parser);
}

static void add_line_name(const struct rp_quick_line *line, const char *behind, struct rp_str *out) {
  if (line->name == NULL)
    return;
  add_name(line->name, false, out);
  rp_str_add(out, behind);
}

static void add_told(const struct rp_quick_line *line, struct rp_str *out) {
  rp_str_add(out, line->mark == RP_QUICK_TOLD_US ? "< " : "> ");
  add_line_name(line, " ", out);
  rp_str_addf(out, "%c%d", line->domain == RP_DOMAIN_BUSINESS ? 'b' : 's', line->layer);
  if (line->topic != NULL)
    rp_str_addf(out, " %s", rp_vocab_word_of(RP_VOCAB_TOPIC, line->topic));
  rp_str_addc(out, ':');
  if (line->text != NULL) {
    rp_str_addc(out, ' ');
    add_line_text(line->text, out);
  }
}

static void add_score(const struct rp_quick_line *line, struct rp_str *out) {
  bool benefit = line->mark == RP_QUICK_BENEFIT;
  rp_str_add(out, benefit ? "+ " : "- ");
  add_line_name(line, " ", out);
  rp_str_addf(out, "%s %d", rp_vocab_word(benefit ? RP_VOCAB_BENEFIT : RP_VOCAB_COST, line->code), line->score);
}

static void add_promise(const struct rp_quick_line *line, struct rp_str *out) {
  rp_str_addf(out, "%s ", line->mark == RP_QUICK_OUR_PROMISE ? "!" : line->mark == RP_QUICK_THEIR_PROMISE ? "?" : "??");
  add_line_name(line, ": ", out);
  if (line->text != NULL)
    add_line_text(line->text, out);
  struct rp_str due = {0};
  rp_date_format(line->due, &due);
  rp_str_addc(out, ' ');
  /* TRANSLATORS: the end of a promise in a note, as it is typed: it has to be read again */
  rp_str_addf(out, C_("note", "by %s"), rp_str_text(&due));
  rp_str_fini(&due);
}

void rp_quick_print(const struct rp_quick *quick, struct rp_str *out) {
  add_head(quick, out);
  if (quick->summary != NULL)
    add_summary(quick, out);
  for (size_t i = 0; i < quick->line_count; i++) {
    const struct rp_quick_line *line = &quick->lines[i];
    rp_str_addc(out, '\n');
    switch (line->mark) {
    case RP_QUICK_TOLD_US:
    case RP_QUICK_WE_TOLD:
      add_told(line, out);
      break;
    case RP_QUICK_BENEFIT:
    case RP_QUICK_COST:
      add_score(line, out);
      break;
    case RP_QUICK_OUR_PROMISE:
    case RP_QUICK_THEIR_PROMISE:
    case RP_QUICK_QUESTION:
      add_promise(line, out);
      break;
    }
  }
  if (quick->marked != NULL)
    rp_str_addf(out, "\n%s", quick->marked);
}
