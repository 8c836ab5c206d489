/* The head of a note: [channel] NAME[ @ CUSTOMER][, NAME ...] [DATE] [TIME]: */
#include <stdlib.h>
#include <string.h>

#include "quick_internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* What people say beside the codes, folded, in every language at once, since a journal has all three. */
static const struct {
  const char *word;
  enum rp_channel channel;
} channel_words[] = {
    {"tapaaminen", RP_CHANNEL_MEETING}, {"palaveri", RP_CHANNEL_MEETING},  {"kokous", RP_CHANNEL_MEETING},
    {"mote", RP_CHANNEL_MEETING},       {"call", RP_CHANNEL_PHONE},        {"puhelu", RP_CHANNEL_PHONE},
    {"puhelin", RP_CHANNEL_PHONE},      {"soitto", RP_CHANNEL_PHONE},      {"telefon", RP_CHANNEL_PHONE},
    {"samtal", RP_CHANNEL_PHONE},       {"videopuhelu", RP_CHANNEL_VIDEO}, {"videosamtal", RP_CHANNEL_VIDEO},
    {"videomote", RP_CHANNEL_VIDEO},    {"e-mail", RP_CHANNEL_EMAIL},      {"sahkoposti", RP_CHANNEL_EMAIL},
    {"e-post", RP_CHANNEL_EMAIL},       {"epost", RP_CHANNEL_EMAIL},       {"mejl", RP_CHANNEL_EMAIL},
    {"pikaviesti", RP_CHANNEL_CHAT},    {"chatti", RP_CHANNEL_CHAT},       {"chatt", RP_CHANNEL_CHAT},
    {"sms", RP_CHANNEL_MESSAGE},        {"viesti", RP_CHANNEL_MESSAGE},    {"tekstiviesti", RP_CHANNEL_MESSAGE},
    {"meddelande", RP_CHANNEL_MESSAGE}, {"some", RP_CHANNEL_SOCIAL},       {"portaali", RP_CHANNEL_PORTAL},
    {"tapahtuma", RP_CHANNEL_EVENT},    {"messut", RP_CHANNEL_EVENT},      {"evenemang", RP_CHANNEL_EVENT},
    {"massa", RP_CHANNEL_EVENT},        {"posti", RP_CHANNEL_POST},        {"kirje", RP_CHANNEL_POST},
    {"brev", RP_CHANNEL_POST},
};

static int find_channel(struct span word) {
  int channel = rp_vocab_typed(RP_VOCAB_CHANNEL, word.at, word.length);
  if (channel != RP_CODE_NONE)
    return channel;
  char *folded = span_folded(word);
  for (size_t i = 0; i < COUNT(channel_words) && channel == RP_CODE_NONE; i++) {
    if (strcmp(channel_words[i].word, folded) == 0)
      channel = (int)channel_words[i].channel;
  }
  free(folded);
  return channel;
}

/* The colons that end the head: the first that a blank or the end of the line follows. */
static bool find_colon(struct span line, struct span *colon) {
  const char *end = span_end(line);
  for (const char *at = line.at; at < end; at++) {
    if (*at != ':')
      continue;
    const char *from = at;
    while (at + 1 < end && at[1] == ':')
      at++;
    if (at + 1 == end || is_blank(at[1])) {
      *colon = span_between(from, at + 1);
      return true;
    }
  }
  return false;
}

/* ---- date and time ----------------------------------------------------------------------------------------------- */

static int number_of(struct span digits) {
  int number = 0;
  for (size_t i = 0; i < digits.length; i++)
    number = number * 10 + (digits.at[i] - '0');
  return number;
}

/* "9:05", and behind a word for "o'clock" also "9.05" and "9". */
static bool reads_like_time(struct span word, bool after_clock, int *hour, int *minute) {
  size_t digits = 0;
  while (digits < word.length && is_digit(word.at[digits]))
    digits++;
  if (digits < 1 || digits > 2)
    return false;
  *hour = number_of((struct span){.at = word.at, .length = digits});
  *minute = 0;
  if (digits == word.length)
    return after_clock;
  if (word.length != digits + 3 || !is_digit(word.at[digits + 1]) || !is_digit(word.at[digits + 2]))
    return false;
  *minute = number_of((struct span){.at = word.at + digits + 1, .length = 2});
  return word.at[digits] == ':' || (word.at[digits] == '.' && after_clock);
}

static bool is_clock_word(struct span word) {
  return span_folds_to(word, "klo") || span_folds_to(word, "kello") || span_folds_to(word, "kl");
}

/* Takes a time off the end of the head. */
static rp_status take_time(const struct quick_parser *parser, struct span *head, int32_t *out) {
  struct span words[2];
  size_t count = span_last_words(*head, words, 2);
  bool after_clock = count == 2 && is_clock_word(words[0]);
  int hour;
  int minute;
  if (count == 0 || !reads_like_time(words[count - 1], after_clock, &hour, &minute))
    return RP_OK;
  if (hour > 23 || minute > 59)
    return quick_refuse(parser, words[count - 1].at, _("“%.*s” is no time of day; write 0:00 to 23:59"),
                        (int)words[count - 1].length, words[count - 1].at);
  *out = hour * 60 + minute;
  bool with_word = after_clock || (count == 2 && span_folds_to(words[0], "at"));
  *head = span_trim(span_between(head->at, with_word ? words[0].at : words[count - 1].at));
  return RP_OK;
}

static bool is_whole_name(const struct quick_parser *parser, struct span text) {
  return parser->context->name_fit != NULL && text.length > 0 &&
         parser->context->name_fit(parser->context->data, text.at, text.length) == RP_QUICK_WHOLE_NAME;
}

/* What stands behind the last comma. */
static struct span last_name(struct span head) {
  const char *at = span_end(head);
  while (at > head.at && at[-1] != ',')
    at--;
  return span_trim(span_between(at, span_end(head)));
}

/* "2026-01-12T14:30" as the last word. */
static bool take_stamp(struct span *head, struct rp_when *when) {
  struct span word;
  if (when->minute != RP_MINUTE_NONE || span_last_words(*head, &word, 1) != 1 ||
      memchr(word.at, 'T', word.length) == NULL)
    return false;
  char *text = span_text(word);
  bool is_stamp = rp_when_parse(text, when, NULL) == RP_OK;
  free(text);
  if (is_stamp)
    *head = span_trim(span_between(head->at, word.at));
  return is_stamp;
}

/* The longest run of words at the end that is a date. A time may stand before it ("8:15 fri"), but not before an ISO
 * date, where it would stand behind. */
static bool take_date(const struct quick_parser *parser, struct span *head, struct rp_when *when, bool *time_before) {
  enum { MOST = 4 }; /* the day before yesterday */
  if (is_whole_name(parser, last_name(*head)))
    return false;
  struct span words[MOST];
  size_t count = span_last_words(*head, words, MOST);
  for (size_t i = 0; i < count; i++) {
    struct span tail = span_between(words[i].at, span_end(*head));
    if (!span_has_letter(words[i])) /* folding leaves out signs: "~ fri" is more than a date */
      continue;
    if (rp_date_parse_natural(tail.at, tail.length, parser->context->today, RP_DATE_BACK, &when->date, NULL) != RP_OK)
      continue;
    *head = span_trim(span_between(head->at, tail.at));
    *time_before = when->minute == RP_MINUTE_NONE && memchr(tail.at, '-', tail.length) == NULL;
    return true;
  }
  return false;
}

static rp_status take_when(struct quick_parser *parser, struct span *head) {
  struct rp_when *when = &parser->quick->when;
  *when = (struct rp_when){.date = RP_DATE_NONE, .minute = RP_MINUTE_NONE};
  rp_status status = take_time(parser, head, &when->minute);
  if (status != RP_OK)
    return status;
  bool time_before = false;
  if (take_stamp(head, when) || take_date(parser, head, when, &time_before)) {
    if (time_before)
      status = take_time(parser, head, &when->minute);
    if (head->length > 0 && span_end(*head)[-1] == ',') /* "Maija, yesterday" */
      *head = span_trim(span_between(head->at, span_end(*head) - 1));
    return status;
  }
  struct span word;
  if (span_last_words(*head, &word, 1) == 1 && span_reads_like_date(word))
    return quick_refuse_date(parser, word);
  when->date = parser->context->today;
  return RP_OK;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* The "@" between contact and customer stands behind a blank; that of an e-mail address does not. */
const char *quick_find_at_sign(struct span text) {
  for (const char *at = text.at; at < span_end(text); at++) {
    if (*at == '@' && (at == text.at || is_blank(at[-1])))
      return at;
  }
  return NULL;
}

static rp_status check_length(const struct quick_parser *parser, struct span name) {
  size_t characters = rp_utf8_count(name.at, name.length);
  if (characters <= RP_LINE_CHARACTERS)
    return RP_OK;
  return quick_refuse(parser, name.at,
                      _("this name has %zu characters, at most %d are kept; a colon and a blank end the names"),
                      characters, RP_LINE_CHARACTERS);
}

static bool is_named(const struct quick_parser *parser, const char *folded) {
  for (size_t i = 0; i < parser->folded.count; i++) {
    if (strcmp(parser->folded.items[i], folded) == 0)
      return true;
  }
  return false;
}

/* Without blanks around it and without colons behind it ("Maija:, Pekka"). */
static struct span trim_name(struct span part) {
  struct span name = span_trim(part);
  while (name.length > 0 && (span_end(name)[-1] == ':' || is_blank(span_end(name)[-1])))
    name.length--;
  return name;
}

static rp_status add_name(struct quick_parser *parser, struct span part) {
  struct span name = trim_name(part);
  const char *at_sign = quick_find_at_sign(name);
  struct span contact = at_sign == NULL ? name : trim_name(span_between(name.at, at_sign));
  struct span customer = at_sign == NULL ? span_between(span_end(name), span_end(name))
                                         : span_trim(span_between(at_sign + 1, span_end(name)));
  if (contact.length == 0)
    return quick_refuse(parser, name.at,
                        _("a name is missing here; the first line is like “video Maija Virtanen yesterday: what was "
                          "said”"));
  if (at_sign != NULL && customer.length == 0)
    return quick_refuse(parser, at_sign, _("the company is missing behind @; write “Maija Virtanen @ Saimaa Valves”"));
  if (quick_find_at_sign(customer) != NULL)
    return quick_refuse(parser, quick_find_at_sign(customer),
                        _("a second company stands here; a comma must stand between two people"));
  struct span bare = !span_has_letter(contact) ? contact : customer;
  if (bare.length > 0 && !span_has_letter(bare))
    return quick_refuse(parser, bare.at, _("a name with no letter stands here; a colon and a blank end the names"));
  if (parser->names.count == RP_QUICK_NAMES)
    return quick_refuse(parser, name.at, _("a note names at most %d people; make two notes of it"), RP_QUICK_NAMES);
  rp_status status = check_length(parser, contact);
  if (status == RP_OK && at_sign != NULL)
    status = check_length(parser, customer);
  if (status != RP_OK)
    return status;
  char *folded = span_folded(contact);
  char shown[SHOWN_SIZE];
  if (is_named(parser, folded)) {
    free(folded);
    return quick_refuse(parser, contact.at, _("“%s” is named twice; name everybody once"), span_shown(contact, shown));
  }
  *rp_vec_add(&parser->folded) = folded;
  *rp_vec_add(&parser->names) = (struct rp_quick_name){.contact = span_text(contact),
                                                       .customer = at_sign == NULL ? NULL : span_text(customer),
                                                       .line = parser->number,
                                                       .column = quick_column(parser, contact.at)};
  return RP_OK;
}

static rp_status add_names(struct quick_parser *parser, struct span names) {
  rp_status status = RP_OK;
  const char *from = names.at;
  for (const char *at = names.at; status == RP_OK; at++) {
    if (at < span_end(names) && *at != ',')
      continue;
    status = add_name(parser, span_between(from, at));
    if (at >= span_end(names))
      break;
    from = at + 1;
  }
  return status;
}

/* ---- the head ---------------------------------------------------------------------------------------------------- */

rp_status quick_parse_head(struct quick_parser *parser, struct span *rest) {
  struct span line = parser->line;
  enum rp_quick_mark mark;
  struct span behind;
  if (quick_find_mark(line, &mark, &behind))
    return quick_refuse(parser, span_trim(line).at,
                        _("who was it with? the first line is like “video Maija Virtanen yesterday: what was said”, "
                          "marked lines come behind it"));
  struct span colon = span_between(span_end(line), span_end(line));
  if (find_colon(line, &colon)) {
    if (parser->unfinished)
      parser->quick->head = span_text(span_between(line.at, colon.at));
  } else if (!parser->unfinished) {
    return quick_refuse(parser, span_end(line),
                        _("a colon is missing behind the names; the first line is like “video Maija Virtanen "
                          "yesterday: what was said”"));
  }
  *rest = span_between(span_end(colon), span_end(line));

  struct span head = span_trim(span_between(line.at, colon.at));
  struct span word;
  parser->quick->channel = RP_CHANNEL_MEETING;
  if (span_words(head, &word, 1) > 0) {
    int channel = find_channel(word);
    if (channel != RP_CODE_NONE) {
      parser->quick->channel = channel;
      parser->quick->names_channel = true;
      head = span_trim(span_between(span_end(word), span_end(head)));
    }
  }
  rp_status status = take_when(parser, &head);
  parser->quick->planned = parser->quick->when.date > parser->context->today;
  if (parser->unfinished && head.length == 0)
    return status;
  return status == RP_OK ? add_names(parser, head) : status;
}

rp_status quick_no_head(struct quick_parser *parser) {
  parser->quick->channel = RP_CHANNEL_MEETING;
  parser->quick->when = (struct rp_when){.date = parser->context->today, .minute = RP_MINUTE_NONE};
  return RP_OK;
}
