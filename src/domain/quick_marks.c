/* Marked lines: what was told, what it is worth, what was promised or asked. */
#include <stdlib.h>
#include <string.h>

#include "quick_internal.h"
#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"

/* The mark as it is typed. */
static const char *sign_of(enum rp_quick_mark mark) {
  static const char *const signs[] = {"<", ">", "+", "-", "!", "?", "??"};
  return signs[mark];
}

static char *text_or_null(struct span text) {
  return text.length == 0 ? NULL : span_text(text);
}

static void set_name(const struct quick_parser *parser, struct rp_quick_line *line, struct span name) {
  if (name.length == 0)
    return;
  line->name = span_text(name);
  line->name_column = quick_column(parser, name.at);
}

/* ---- < and >: [NAME] DOMAIN-AND-LAYER [topic]: [text] -------------------------------------------------------------
 */

/* One letter and digits: "b2", also when it is wrong. */
static bool reads_like_layer(struct span word) {
  if (word.length < 2 || is_digit(word.at[0]))
    return false;
  int32_t code;
  size_t at = rp_utf8_decode(word.at, word.length, &code);
  if (at == word.length || !rp_utf8_is_word(code))
    return false;
  while (at < word.length && is_digit(word.at[at]))
    at++;
  return at == word.length;
}

static int domain_of(struct span word) {
  switch (word.at[0]) {
  case 'b':
  case 'B':
    return RP_DOMAIN_BUSINESS;
  case 's':
  case 'S':
    return RP_DOMAIN_SELF;
  default:
    return RP_CODE_NONE;
  }
}

/* The word with domain and layer: the first with one of the right letters, else the first that looks like one. */
static bool find_layer(struct span head, struct span *out) {
  bool found = false;
  for (struct span word; span_words(head, &word, 1) > 0; head = span_between(span_end(word), span_end(head))) {
    if (!reads_like_layer(word))
      continue;
    if (!found || domain_of(word) != RP_CODE_NONE)
      *out = word;
    found = true;
    if (domain_of(word) != RP_CODE_NONE)
      break;
  }
  return found;
}

static rp_status refuse_layer(const struct quick_parser *parser, const char *at, enum rp_quick_mark mark) {
  return quick_refuse(
      parser, at,
      _("behind %s come b (business) or s (self) and the layer 1 to 3, a topic if you like, and a colon: "
        "“%s b2 needs: two lines run on old actuators”; a backslash before %s makes the line text"),
      sign_of(mark), sign_of(mark), sign_of(mark));
}

static rp_status read_layer(const struct quick_parser *parser, struct span word, struct rp_quick_line *line) {
  int domain = domain_of(word);
  char shown[SHOWN_SIZE];
  if (domain == RP_CODE_NONE)
    return quick_refuse(parser, word.at, _("“%s” starts with neither b (business) nor s (self)"),
                        span_shown(word, shown));
  if (word.length != 2 || word.at[1] < '1' || word.at[1] > '3')
    return quick_refuse(parser, word.at + 1, _("there is no layer %s; 1 is %s, 2 %s, 3 %s"),
                        span_shown(span_between(word.at + 1, span_end(word)), shown),
                        rp_vocab_layer((enum rp_domain)domain, 1), rp_vocab_layer((enum rp_domain)domain, 2),
                        rp_vocab_layer((enum rp_domain)domain, 3));
  line->domain = (enum rp_domain)domain;
  line->layer = word.at[1] - '0';
  return RP_OK;
}

static unsigned flag_of(enum rp_domain domain) {
  return domain == RP_DOMAIN_BUSINESS ? RP_CODE_BUSINESS : RP_CODE_SELF;
}

static bool topic_is_of(int topic, enum rp_domain domain) {
  return (rp_vocab_flags(RP_VOCAB_TOPIC, topic) & flag_of(domain)) != 0;
}

static rp_status refuse_topic(const struct quick_parser *parser, struct span topic, const struct rp_quick_line *line) {
  char shown[SHOWN_SIZE];
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, topic.at, topic.length);
  struct rp_str list = {0};
  for (int i = 0; i < RP_TOPIC_COUNT; i++) {
    if (!topic_is_of(i, line->domain))
      continue;
    rp_nearest_try(&nearest, rp_vocab_word(RP_VOCAB_TOPIC, i));
    rp_nearest_try(&nearest, rp_vocab_code(RP_VOCAB_TOPIC, i));
  }
  rp_vocab_list_words(RP_VOCAB_TOPIC, flag_of(line->domain), &list);
  const char *domain = rp_vocab_label(RP_VOCAB_DOMAIN, (int)line->domain);
  rp_status status = nearest.best == NULL
                         ? quick_refuse(parser, topic.at, _("“%s” is no topic of %s; topics are %s"),
                                        span_shown(topic, shown), domain, rp_str_text(&list))
                         : quick_refuse(parser, topic.at, _("“%s” is no topic of %s; did you mean %s? Topics are %s"),
                                        span_shown(topic, shown), domain, nearest.best, rp_str_text(&list));
  rp_str_fini(&list);
  rp_nearest_fini(&nearest);
  return status;
}

/* Blanks and hyphens as codes have them. */
static void underscore(char *text) {
  for (; *text != '\0'; text++) {
    if (is_blank(*text) || *text == '-')
      *text = '_';
  }
}

/* The journal's own topic: as typed, or as its code would be written. */
static char *own_topic(const struct quick_parser *parser, struct span topic, enum rp_domain *domain) {
  const struct rp_record_context *records = parser->context->records;
  if (records == NULL || records->own_topic == NULL)
    return NULL;
  bool special;
  char *code = span_text(topic);
  if (records->own_topic(records->data, code, domain, &special))
    return code;
  free(code);
  code = span_folded(topic);
  underscore(code);
  if (records->own_topic(records->data, code, domain, &special))
    return code;
  free(code);
  return NULL;
}

/* Whether a text, folded, begins with these whole words and goes on. */
static bool begins_with(const char *text, const char *typed) {
  size_t length = strlen(typed);
  struct rp_str folded = {0};
  rp_utf8_fold(text, strlen(text), &folded);
  if (folded.length > 0)
    underscore(folded.data);
  bool begins = folded.length > length && memcmp(folded.data, typed, length) == 0 && folded.data[length] == '_';
  rp_str_fini(&folded);
  return begins;
}

/* The one topic of the domain that begins with these whole words: "goals" for goals_and_strategy, "tavoitteet" for what
 * it is called in Finnish. */
static int topic_by_start(struct span topic, enum rp_domain domain) {
  int found = RP_CODE_NONE;
  char *typed = span_folded(topic);
  underscore(typed);
  for (int i = 0; i < RP_TOPIC_COUNT; i++) {
    if (!topic_is_of(i, domain) || (!begins_with(rp_vocab_code(RP_VOCAB_TOPIC, i), typed) &&
                                    !begins_with(rp_vocab_label(RP_VOCAB_TOPIC, i), typed)))
      continue;
    if (found != RP_CODE_NONE) {
      found = RP_CODE_NONE;
      break;
    }
    found = i;
  }
  free(typed);
  return found;
}

static rp_status read_topic(const struct quick_parser *parser, struct span topic, struct rp_quick_line *line) {
  if (topic.length == 0)
    return RP_OK;
  int known = rp_vocab_typed(RP_VOCAB_TOPIC, topic.at, topic.length);
  enum rp_domain domain = line->domain;
  if (known != RP_CODE_NONE) {
    line->topic = rp_mem_text(rp_vocab_code(RP_VOCAB_TOPIC, known));
    domain = topic_is_of(known, RP_DOMAIN_BUSINESS) ? RP_DOMAIN_BUSINESS : RP_DOMAIN_SELF;
  } else {
    line->topic = own_topic(parser, topic, &domain);
    int begun = line->topic == NULL ? topic_by_start(topic, line->domain) : RP_CODE_NONE;
    if (begun != RP_CODE_NONE)
      line->topic = rp_mem_text(rp_vocab_code(RP_VOCAB_TOPIC, begun));
  }
  if (line->topic == NULL)
    return refuse_topic(parser, topic, line);
  if (domain == line->domain)
    return RP_OK;
  return quick_refuse(parser, topic.at, _("%s is a topic of %s: write %s%d before it"), line->topic,
                      rp_vocab_label(RP_VOCAB_DOMAIN, (int)domain), domain == RP_DOMAIN_BUSINESS ? "b" : "s",
                      line->layer);
}

static rp_status check_teller(const struct quick_parser *parser, const struct rp_quick_line *line, const char *at,
                              struct span name) {
  char shown[SHOWN_SIZE];
  if (name.length == 0 && line->mark == RP_QUICK_TOLD_US && parser->names.count > 1)
    return quick_refuse(parser, at, _("who told it? %zu people are named, so write the name first: “< %s %s%d: …”"),
                        parser->names.count,
                        span_shown((struct span){.at = parser->names.items[0].contact,
                                                 .length = strlen(parser->names.items[0].contact)},
                                   shown),
                        line->domain == RP_DOMAIN_BUSINESS ? "b" : "s", line->layer);
  bool any_name = parser->context->name_fit == NULL && span_find_any(name, ",:@") == NULL;
  if (name.length > 0 && !any_name && !quick_is_name(parser, name))
    return quick_refuse(parser, name.at, _("“%s” is none of the people of this note"), span_shown(name, shown));
  return RP_OK;
}

static rp_status parse_told(struct quick_parser *parser, struct rp_quick_line *line, const char *at, struct span rest) {
  const char *colon = rest.length == 0 ? NULL : memchr(rest.at, ':', rest.length);
  struct span head = span_between(rest.at, colon != NULL ? colon : span_end(rest));
  struct span layer;
  if (!find_layer(head, &layer))
    return refuse_layer(parser, rest.at, line->mark);
  struct span name = span_trim(span_between(head.at, layer.at));
  struct span topic = span_trim(span_between(span_end(layer), span_end(head)));
  rp_status status = read_layer(parser, layer, line);
  if (status == RP_OK)
    status = check_teller(parser, line, at, name);
  if (status == RP_OK && colon == NULL && rp_vocab_typed(RP_VOCAB_TOPIC, topic.at, topic.length) == RP_CODE_NONE &&
      topic.length > 0)
    return quick_refuse(parser, span_end(topic),
                        _("a colon is missing between the topic and what was told: “%s b2 "
                          "needs: …”"),
                        sign_of(line->mark));
  if (status == RP_OK)
    status = read_topic(parser, topic, line);
  if (status == RP_OK) {
    set_name(parser, line, name);
    line->text = colon == NULL ? NULL : text_or_null(span_trim(span_between(colon + 1, span_end(rest))));
  }
  return status;
}

/* ---- + and -: [NAME] WORD NUMBER ----------------------------------------------------------------------------------
 */

static rp_status refuse_code(const struct quick_parser *parser, enum rp_quick_mark mark, struct span word) {
  bool benefit = mark == RP_QUICK_BENEFIT;
  enum rp_vocab_id vocab = quick_score_vocab(mark);
  char shown[SHOWN_SIZE];
  int other = rp_vocab_typed(benefit ? RP_VOCAB_COST : RP_VOCAB_BENEFIT, word.at, word.length);
  if (other != RP_CODE_NONE)
    return benefit ? quick_refuse(parser, word.at, _("%s is a cost; write it behind -"),
                                  rp_vocab_word(RP_VOCAB_COST, other))
                   : quick_refuse(parser, word.at, _("%s is a benefit; write it behind +"),
                                  rp_vocab_word(RP_VOCAB_BENEFIT, other));
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, word.at, word.length);
  struct rp_str list = {0};
  rp_vocab_list_words(vocab, 0, &list);
  for (int i = 0; i < rp_vocab_get(vocab)->count; i++) {
    rp_nearest_try(&nearest, rp_vocab_word(vocab, i));
    rp_nearest_try(&nearest, rp_vocab_code(vocab, i));
  }
  span_shown(word, shown);
  const char *words = rp_str_text(&list);
  rp_status status;
  if (nearest.best != NULL)
    status = quick_refuse(parser, word.at,
                          benefit ? _("“%s” is no benefit; did you mean %s? Benefits are %s")
                                  : _("“%s” is no cost; did you mean %s? Costs are %s"),
                          shown, nearest.best, words);
  else
    status = quick_refuse(parser, word.at,
                          benefit ? _("“%s” is no benefit; benefits are %s; a backslash before + makes the line text")
                                  : _("“%s” is no cost; costs are %s; a backslash before - makes the line text"),
                          shown, words);
  rp_str_fini(&list);
  rp_nearest_fini(&nearest);
  return status;
}

static rp_status parse_score(struct quick_parser *parser, struct rp_quick_line *line, struct span rest) {
  struct quick_score score;
  quick_read_score(parser, line->mark, rest, &score);
  char shown[SHOWN_SIZE];
  if (score.code == RP_CODE_NONE)
    return refuse_code(parser, line->mark, score.word);
  if (score.number.length != 1 || score.number.at[0] < '1' || score.number.at[0] > '5')
    return quick_refuse(parser, score.number.at, _("the score of %s is %s; scores are 1 to 5"),
                        rp_vocab_word(quick_score_vocab(line->mark), score.code), span_shown(score.number, shown));
  line->code = score.code;
  line->score = score.number.at[0] - '0';
  set_name(parser, line, score.name);
  return RP_OK;
}

/* ---- !, ? and ??: [NAME] text [by DATE] ---------------------------------------------------------------------------
 */

/* With several people, the name that a text starts with: up to a colon, or whole words of a name of the head. */
static struct span take_name(const struct quick_parser *parser, struct span *text) {
  enum { MOST = 6 };
  struct span none = {.at = text->at, .length = 0};
  if (parser->names.count < 2 || text->length == 0)
    return none;
  struct span words[MOST];
  const char *colon = memchr(text->at, ':', text->length);
  if (colon != NULL) {
    struct span before = span_trim(span_between(text->at, colon));
    if (span_words(before, words, MOST) <= MOST && quick_is_head_name(parser, before, false)) {
      *text = span_trim(span_between(colon + 1, span_end(*text)));
      return before;
    }
  }
  size_t count = span_words(*text, words, MOST);
  for (size_t i = count < MOST ? count : MOST; i-- > 0;) {
    struct span name = span_between(text->at, span_end(words[i]));
    if (!quick_is_head_name(parser, name, true))
      continue;
    *text = span_trim(span_between(span_end(name), span_end(*text)));
    return name;
  }
  return none;
}

static rp_status parse_promise(struct quick_parser *parser, struct rp_quick_line *line, const char *at,
                               struct span rest) {
  enum { DAYS_FOR_PROMISE = 7, DAYS_FOR_QUESTION = 2 };
  rp_date made = parser->quick->when.date;
  rp_date today = parser->context->today;
  struct span text = rest;
  struct span name = take_name(parser, &text);
  const char *due_at = NULL;
  if (!quick_take_due(&text, made > today ? made : today, &line->due, &due_at)) {
    struct span wrong;
    if (quick_find_wrong_due(text, &wrong))
      return quick_refuse_date(parser, wrong);
    int days = line->mark == RP_QUICK_QUESTION ? DAYS_FOR_QUESTION : DAYS_FOR_PROMISE;
    line->due = made <= RP_DATE_MAX - days ? made + days : RP_DATE_MAX;
  }
  if (text.length == 0)
    return line->mark == RP_QUICK_QUESTION
               ? quick_refuse(parser, at,
                              _("what was asked? Write “?? which seals does line 2 need”; a backslash "
                                "before ?? makes the line text"))
               : quick_refuse(parser, at,
                              _("what was promised? Write “%s send the offer by fri”; a backslash before %s "
                                "makes the line text"),
                              sign_of(line->mark), sign_of(line->mark));
  if (line->due < made) {
    struct rp_str due = {0};
    struct rp_str day = {0};
    rp_date_format(line->due, &due);
    rp_date_format(made, &day);
    rp_status status = quick_refuse(parser, due_at, _("due %s is before the day of the note, %s"), rp_str_text(&due),
                                    rp_str_text(&day));
    rp_str_fini(&due);
    rp_str_fini(&day);
    return status;
  }
  set_name(parser, line, name);
  line->text = span_text(text);
  return RP_OK;
}

/* ---- any --------------------------------------------------------------------------------------------------------- */

rp_status quick_parse_marked(struct quick_parser *parser, enum rp_quick_mark mark, const char *at, struct span rest) {
  struct rp_quick_line *line = rp_vec_add(&parser->lines);
  *line = (struct rp_quick_line){.mark = mark,
                                 .line = parser->number,
                                 .column = quick_column(parser, at),
                                 .code = RP_CODE_NONE,
                                 .due = RP_DATE_NONE};
  switch (mark) {
  case RP_QUICK_TOLD_US:
  case RP_QUICK_WE_TOLD:
    return parse_told(parser, line, at, rest);
  case RP_QUICK_BENEFIT:
  case RP_QUICK_COST:
    return parse_score(parser, line, rest);
  case RP_QUICK_OUR_PROMISE:
  case RP_QUICK_THEIR_PROMISE:
  case RP_QUICK_QUESTION:
    break;
  }
  return parse_promise(parser, line, at, rest);
}
