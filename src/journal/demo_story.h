/* One story on its way from beats to records: planned in demo_story.c, told in demo_tell.c. */
#ifndef RAPPORT_DEMO_STORY_H
#define RAPPORT_DEMO_STORY_H

#include "demo_internal.h"

#define DEMO_PURCHASES 8

/* In the order in which they happen on one day. */
enum demo_act_kind { ACT_MEET, ACT_EVALUATE, ACT_BEAT };

struct demo_act {
  rp_date date;
  enum demo_act_kind kind;
  int order;
  bool is_weak;    /* gives way to what is near */
  bool is_stopgap; /* gives way to what is on the same day */
  bool is_dropped, is_first, wants_pledge;
  int8_t mix;
  enum demo_scene scene; /* SCENE_COUNT: any that fits */
  int8_t domain, layer;  /* what is told, RP_CODE_NONE: nothing */
  int8_t party;          /* who tells, RP_CODE_NONE: both; of an evaluation the viewpoint */
  int8_t mood;
  int warmth; /* how many evaluations of this rhythm came before */
  const struct demo_beat *beat;
};

/* Counters that keep a person from saying a thing twice. */
enum { TOLD_LAYERS = 4, PLEDGE_KINDS = 3 };

struct demo_story {
  const struct demo_place *place;
  const struct demo_contact *contact;
  const struct demo_arc *arc;
  bool is_erik;
  int turn;
  uint64_t seed;
  struct rp_id relationship, salesperson;
  RP_VEC(struct demo_act) acts;
  rp_date purchases[DEMO_PURCHASES];
  int purchase_count;
  int nth; /* of the company's contacts */
  /* while it is told */
  int records;
  int said[SCENE_COUNT], told[RP_PARTY_COUNT][RP_DOMAIN_COUNT][TOLD_LAYERS], pledged[PLEDGE_KINDS], expected;
  struct rp_id meeting; /* the last one */
  rp_date meeting_date;
};

/* Fills in acts and purchases. */
void demo_plan(struct demo_story *story);
/* Makes the record of an act that is a beat of its own. */
rp_status demo_tell_beat(struct demo_story *story, const struct demo_act *act, struct rp_err *err);
/* Whether a shared meeting on that day fits this person's story. */
bool demo_is_open(const struct demo_place *place, const struct demo_contact *contact, bool is_erik, rp_date date);
/* What is told next: fills the topic, and the text unless all has been said. */
void demo_next_line(struct demo_story *story, int party, int domain, int layer, const char **topic, const char **text);
/* The next summary of a scene; NULL: nothing to write down. */
const struct demo_summary *demo_next_summary(struct demo_story *story, enum demo_scene scene);
/* The next pledge of a kind: 0 ours, 1 theirs, 2 a question. */
const struct demo_pledge *demo_next_pledge(struct demo_story *story, int kind);

#endif
