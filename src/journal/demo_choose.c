/* Choosing what is said next, so that nobody says a thing twice. */
#include <assert.h>

#include "demo_story.h"

typedef bool line_fits(const struct demo_story *story, const struct demo_line *line, int layer);

static bool fits_trade(const struct demo_story *story, const struct demo_line *line, int layer) {
  return line->layer == layer && (line->thread == ANY_TRADE || line->thread == story->place->trade);
}

static bool fits_teller(const struct demo_story *story, const struct demo_line *line, int layer) {
  return line->layer == layer && line->thread == (story->is_erik ? 1 : 0);
}

/* Steps that have no factor in common with the number of threads: neighbours in the list share no life. */
static bool fits_hobby(const struct demo_story *story, const struct demo_line *line, int layer) {
  return line->layer == layer && line->thread == story->contact->number * 7 % DEMO_HOBBIES;
}

static bool fits_family(const struct demo_story *story, const struct demo_line *line, int layer) {
  return line->layer == layer && line->thread == (story->contact->number * 3 + 1) % DEMO_FAMILIES;
}

static bool fits_background(const struct demo_story *story, const struct demo_line *line, int layer) {
  int number = story->contact->number;
  return line->layer == layer && line->thread == (number * 9 + number / DEMO_BACKGROUNDS * 7) % DEMO_BACKGROUNDS;
}

static bool fits_anybody(const struct demo_story *story, const struct demo_line *line, int layer) {
  (void)story;
  return line->layer == layer;
}

struct stock {
  const struct demo_line *lines;
  int count;
  line_fits *fits;
};

static int count_fitting(const struct demo_story *story, const struct stock *stock, int layer) {
  int count = 0;
  for (int i = 0; i < stock->count; i++)
    count += stock->fits(story, &stock->lines[i], layer);
  return count;
}

static const struct demo_line *nth_fitting(const struct demo_story *story, const struct stock *stock, int layer,
                                           int nth) {
  for (int i = 0; i < stock->count; i++) {
    if (stock->fits(story, &stock->lines[i], layer) && nth-- == 0)
      return &stock->lines[i];
  }
  return NULL;
}

enum { LIVES = 4 };

static const char *topic_without_words(int domain, int layer, int turn) {
  static const char *const business[] = {"needs", "processes", "goals_and_strategy", "price_and_terms"};
  static const char *const self[] = {"hobbies", "family", "values", "feelings"};
  return domain == RP_DOMAIN_SELF ? self[(turn + layer) % 4] : business[(turn + layer) % 4];
}

void demo_next_line(struct demo_story *story, int party, int domain, int layer, const char **topic, const char **text) {
  const struct stock business[RP_PARTY_COUNT] = {
      [RP_PARTY_SALESPERSON] = {demo_own_business, demo_own_business_count, fits_trade},
      [RP_PARTY_CUSTOMER] = {demo_customer_business, demo_customer_business_count, fits_trade}};
  const struct stock lives[] = {{demo_hobbies, demo_hobby_count, fits_hobby},
                                {demo_families, demo_family_count, fits_family},
                                {demo_backgrounds, demo_background_count, fits_background},
                                {demo_everyday, demo_everyday_count, fits_anybody}};
  const struct stock own = {demo_own_self, demo_own_self_count, fits_teller};
  const struct stock *stocks = domain == RP_DOMAIN_BUSINESS    ? &business[party]
                               : party == RP_PARTY_SALESPERSON ? &own
                                                               : lives;
  int stock_count = stocks == lives ? LIVES : 1;
  int turn = story->told[party][domain][layer]++;
  int counts[LIVES], all = 0;
  for (int i = 0; i < stock_count; i++)
    all += counts[i] = count_fitting(story, &stocks[i], layer);
  *text = NULL;
  *topic = topic_without_words(domain, layer, turn);
  if (turn >= all)
    return;
  assert(turn >= 0);
  /* Of one company each person begins elsewhere: the first with what is of their trade. A life is told in its order,
   * and what anybody may tell from a different place on. */
  int nth = stocks == lives ? turn : (turn + story->nth * 4 + all - 1) % all;
  for (int i = 0; i < stock_count; i++) {
    if (nth >= counts[i]) {
      nth -= counts[i];
      continue;
    }
    if (i == LIVES - 1)
      nth = (nth + story->contact->number * 3) % counts[i];
    const struct demo_line *line = nth_fitting(story, &stocks[i], layer, nth);
    *topic = line->topic;
    *text = line->text;
    return;
  }
}

/* A call or a letter may be noted without words. */
static bool may_be_silent(enum demo_scene scene) {
  return scene == SCENE_PHONE || scene == SCENE_VIDEO || scene == SCENE_TEXT || scene >= SCENE_UNANSWERED ||
         scene == SCENE_BEFORE;
}

const struct demo_summary *demo_next_summary(struct demo_story *story, enum demo_scene scene) {
  int first = 0, count = 0;
  for (int i = 0; i < demo_summary_count; i++) {
    if (demo_summaries[i].scene != scene)
      continue;
    if (count++ == 0)
      first = i;
  }
  assert(count > 0);
  int start = demo_pick(demo_hash(3, (uint64_t)scene), (int)story->place->trade * 5, count) + story->nth * 3;
  for (;;) {
    int turn = story->said[scene]++;
    const struct demo_summary *summary = &demo_summaries[first + (start + turn) % count];
    if (turn < count)
      return summary;
    if (may_be_silent(scene))
      return NULL;
    if (scene != SCENE_AFTER)
      return demo_next_summary(story, SCENE_AFTER);
    if (strstr(summary->text, "{m}") != NULL) /* a second time only of another machine */
      return summary;
  }
}

const struct demo_pledge *demo_next_pledge(struct demo_story *story, int kind) {
  int first = 0, count = 0;
  for (int i = 0; i < demo_pledge_count; i++) {
    int of = demo_pledges[i].kind == RP_PROMISE_KIND_QUESTION ? 2 : demo_pledges[i].by == RP_PARTY_CUSTOMER ? 1 : 0;
    if (of != kind)
      continue;
    if (count++ == 0)
      first = i;
  }
  assert(count > 0);
  int turn = story->pledged[kind]++;
  return &demo_pledges[first + (story->contact->number * 2 + turn) % count];
}
