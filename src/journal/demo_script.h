/* The words in which the scripts of demo_arcs.c are written; what each beat means is said in demo_internal.h. */
#ifndef RAPPORT_DEMO_SCRIPT_H
#define RAPPORT_DEMO_SCRIPT_H

#include "demo_internal.h"

#define OURS RP_PARTY_SALESPERSON
#define THEIRS RP_PARTY_CUSTOMER
#define BUSINESS RP_DOMAIN_BUSINESS
#define SELF RP_DOMAIN_SELF

#define FIRST(day_) \
  { .kind = BEAT_FIRST, .day = (day_) }
#define HELLO(day_) \
  { .kind = BEAT_HELLO, .day = (day_) }
/* A contact every `every` days from one day to another; both keep telling down to these layers. */
#define RHYTHM(from_, to_, every_, business_, self_, mood_, mix_) \
  { \
    .kind = BEAT_RHYTHM, .day = (from_), .until = (to_), .a = (every_), .b = (business_), .c = (self_), \
    .mood = (mood_), .d = (mix_) \
  }
#define RISE(day_, to_) \
  { .kind = BEAT_RISE, .day = (day_), .a = (to_) }
#define RISE_BUSINESS(day_) \
  { .kind = BEAT_RISE_BUSINESS, .day = (day_) }
#define EXCHANGE(day_, domain_, layer_) \
  { .kind = BEAT_EXCHANGE, .day = (day_), .a = (domain_), .b = (layer_) }
#define TELL(day_, who_, domain_, layer_, topic_, text_) \
  { .kind = BEAT_TELL, .day = (day_), .a = (who_), .b = (domain_), .c = (layer_), .topic = (topic_), .text = (text_) }
#define TELL_AS(day_, who_, domain_, layer_, flags_, topic_, text_, basis_) \
  { \
    .kind = BEAT_TELL, .day = (day_), .a = (who_), .b = (domain_), .c = (layer_), .d = (flags_), .topic = (topic_), \
    .text = (text_), .more = (basis_) \
  }
#define EVALUATE(day_, viewpoint_, mood_, alternative_, expectation_, note_) \
  { \
    .kind = BEAT_EVALUATE, .day = (day_), .a = (viewpoint_), .b = (mood_), .c = (alternative_), .d = (expectation_), \
    .text = (note_) \
  }
#define TRY(day_) \
  { .kind = BEAT_TRY, .day = (day_) }
/* A meeting with a note of its own. */
#define MEET(day_, channel_, text_) \
  { .kind = BEAT_MEET, .day = (day_), .a = RP_CHANNEL_##channel_, .text = (text_) }
#define PURCHASE(day_) \
  { .kind = BEAT_PURCHASE, .day = (day_) }
#define PURCHASE_AS(day_, text_) \
  { .kind = BEAT_PURCHASE, .day = (day_), .text = (text_) }
#define FELL_SHORT(day_, text_, expected_) \
  { .kind = BEAT_FELL_SHORT, .day = (day_), .text = (text_), .more = (expected_) }
#define PROMISE(by_, made_, due_, settled_, text_) \
  { \
    .kind = BEAT_PROMISE, .day = (made_), .until = (due_), .a = (by_), .b = RP_PROMISE_KIND_PROMISE, .text = (text_), \
    .settled = (settled_) \
  }
#define QUESTION(made_, due_, settled_, text_) \
  { \
    .kind = BEAT_PROMISE, .day = (made_), .until = (due_), .a = OURS, .b = RP_PROMISE_KIND_QUESTION, .text = (text_), \
    .settled = (settled_) \
  }
#define INCIDENT(day_, kind_, serious_, repaired_, text_, repair_) \
  { \
    .kind = BEAT_INCIDENT, .day = (day_), .until = (repaired_), .a = RP_INCIDENT_KIND_##kind_, .b = (serious_), \
    .text = (text_), .more = (repair_) \
  }
#define BOUNDARY(day_, owner_, domain_, layer_, reason_, until_, text_) \
  { \
    .kind = BEAT_BOUNDARY, .day = (day_), .until = (until_), .a = (owner_), .b = (domain_), .c = (layer_), \
    .d = RP_BOUNDARY_REASON_##reason_, .text = (text_) \
  }
#define PLANNED(day_, minute_, channel_, text_) \
  { .kind = BEAT_PLANNED, .day = (day_), .until = (minute_), .a = RP_CHANNEL_##channel_, .text = (text_) }
#define STEP(day_, due_, done_, text_) \
  { .kind = BEAT_STEP, .day = (day_), .until = (due_), .a = (done_), .text = (text_) }
#define ACCEPTED(day_, due_, suggestion_, behind_, text_) \
  {.kind = BEAT_STEP, .day = (day_), .until = (due_), .a = DEMO_OPEN, .text = (text_), .more = (suggestion_)}, { \
    .kind = BEAT_HOLD, .day = (day_), .until = DEMO_OPEN, .a = RP_HOLD_STATE_ACCEPTED, .b = (behind_), \
    .more = (suggestion_) \
  }
#define SNOOZED(day_, until_, suggestion_, text_) \
  { \
    .kind = BEAT_HOLD, .day = (day_), .until = (until_), .a = RP_HOLD_STATE_SNOOZED, .text = (text_), \
    .more = (suggestion_) \
  }
#define DISMISSED(day_, suggestion_, behind_, text_) \
  { \
    .kind = BEAT_HOLD, .day = (day_), .until = DEMO_OPEN, .a = RP_HOLD_STATE_DISMISSED, .b = (behind_), \
    .text = (text_), .more = (suggestion_) \
  }
#define OVERRIDE(day_, stage_, text_) \
  { .kind = BEAT_OVERRIDE, .day = (day_), .a = (stage_), .text = (text_) }
#define ENDED(day_, text_) \
  { .kind = BEAT_ENDED, .day = (day_), .text = (text_) }
#define LEFT(day_) \
  { .kind = BEAT_LEFT, .day = (day_) }
#define PURPOSE(text_) \
  { .kind = BEAT_PURPOSE, .text = (text_) }
#define AT(hour_, minute_) ((hour_)*60 + (minute_))

#endif
