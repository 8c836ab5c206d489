/* Topics: the vocabulary's and the journal's own. */
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/journal.h"

const char *rp_topic_label(struct rp_journal *journal, const char *topic) {
  int number = topic == NULL ? RP_CODE_NONE : rp_vocab_find(RP_VOCAB_TOPIC, topic, strlen(topic));
  if (number != RP_CODE_NONE)
    return rp_vocab_label(RP_VOCAB_TOPIC, number);
  const char *label = topic == NULL ? NULL : rp_store_own_topic_label(journal->store, topic);
  return label != NULL ? label : topic == NULL ? "" : topic;
}

bool rp_topic_is_special(struct rp_journal *journal, const char *topic) {
  if (topic == NULL)
    return false;
  int number = rp_vocab_find(RP_VOCAB_TOPIC, topic, strlen(topic));
  if (number != RP_CODE_NONE)
    return (rp_vocab_flags(RP_VOCAB_TOPIC, number) & RP_CODE_SPECIAL) != 0;
  enum rp_domain domain;
  bool special = false;
  return rp_store_own_topic(journal->store, topic, &domain, &special) && special;
}
