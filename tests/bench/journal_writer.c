#include "journal_writer.h"

#include <stdint.h>
#include <string.h>

#include "rapport/id.h"
#include "rapport/str.h"
#include "rapport/vocab.h"
#include "rapport/when.h"

#define PEOPLE_A_COMPANY 4

struct writer {
  FILE *out;
  bool scattered;
  uint32_t random;
};

/* "d12-3", or a UUID that stands for it and that has no order (as those of version 4 have none). */
static const char *id_text(const struct writer *writer, char kind, int person, int number, char text[RP_ID_TEXT_SIZE]) {
  snprintf(text, RP_ID_TEXT_SIZE, "%c%d-%d", kind, person, number);
  if (writer->scattered) {
    struct rp_id id = rp_id_derive("bench", text);
    memcpy(id.bytes, id.bytes + 9, 6);
    rp_id_format(&id, text);
  }
  return text;
}

static void write_id(const struct writer *writer, const char *key, char kind, int person, int number) {
  char text[RP_ID_TEXT_SIZE];
  fprintf(writer->out, "\"%s\":\"%s\",", key, id_text(writer, kind, person, number, text));
}

static void write_ids(const struct writer *writer, const char *key, char kind, int person) {
  char text[RP_ID_TEXT_SIZE];
  fprintf(writer->out, "\"%s\":[\"%s\"],", key, id_text(writer, kind, person, 0, text));
}

static uint32_t next(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static const char *date_text(rp_date date, char out[32]) {
  struct rp_civil civil = rp_date_civil(date);
  snprintf(out, 32, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return out;
}

static void begin(struct writer *writer, const char *type, char kind, int person, int number) {
  fprintf(writer->out, "{\"type\":\"%s\",", type);
  write_id(writer, "id", kind, person, number);
}

static uint32_t chance(struct writer *writer, uint32_t limit) {
  return next(&writer->random) % limit;
}

static const char *any_code(struct writer *writer, enum rp_vocab_id vocab, int count) {
  return rp_vocab_code(vocab, (int)chance(writer, (uint32_t)count));
}

static void write_interaction(struct writer *writer, int person, int number, const char *date) {
  begin(writer, "interaction", 'i', person, number);
  fprintf(writer->out, "\"at\":\"%s\",\"channel\":\"%s\",", date, any_code(writer, RP_VOCAB_CHANNEL, RP_CHANNEL_COUNT));
  write_ids(writer, "contacts", 'p', person);
  write_ids(writer, "salespeople", 's', 1);
  fprintf(writer->out, "\"summary\":\"Kävimme läpi venttiilien toimitusajat ja huollon, jatkamme tarjouksella %d.\"}\n",
          number);
}

static void write_disclosure(struct writer *writer, int person, int number, const char *date) {
  int domain = (int)chance(writer, RP_DOMAIN_COUNT);
  begin(writer, "disclosure", 'd', person, number);
  write_id(writer, "relationship", 'r', person, 0);
  fprintf(
      writer->out,
      "\"date\":\"%s\",\"discloser\":\"%s\",\"domain\":\"%s\",\"layer\":%u,\"topic\":\"%s\",\"text\":\"Kertoi linjan "
      "%d uusinnasta ja siitä, mitä se vaatii meiltä.\"}\n",
      date, any_code(writer, RP_VOCAB_PARTY, RP_PARTY_COUNT), rp_vocab_code(RP_VOCAB_DOMAIN, domain),
      1 + chance(writer, 3), domain == RP_DOMAIN_SELF ? "hobbies" : "processes", number);
}

static void write_evaluation(struct writer *writer, int person, int number, const char *date) {
  begin(writer, "evaluation", 'e', person, number);
  write_id(writer, "relationship", 'r', person, 0);
  fprintf(
      writer->out,
      "\"date\":\"%s\",\"viewpoint\":\"own\",\"items\":[{\"kind\":\"benefit\",\"code\":\"revenue\",\"score\":%u},"
      "{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":%u},{\"kind\":\"cost\",\"code\":\"time\",\"score\":%u}]}\n",
      date, 1 + chance(writer, 5), 1 + chance(writer, 5), 1 + chance(writer, 5));
}

enum { EVENTS_A_PROMISE = 10 };

static void write_promise(struct writer *writer, int person, int number, rp_date date) {
  char made[32];
  char due[32];
  bool settled = chance(writer, 8) != 0 || number + EVENTS_A_PROMISE < BENCH_EVENTS; /* what is long ago is settled */
  begin(writer, "promise", 'o', person, number);
  write_id(writer, "relationship", 'r', person, 0);
  fprintf(writer->out, "\"by\":\"%s\",\"text\":\"Send the drawings of line %d\",\"made\":\"%s\",\"due\":\"%s\"",
          any_code(writer, RP_VOCAB_PARTY, RP_PARTY_COUNT), number, date_text(date, made), date_text(date + 7, due));
  if (settled)
    fprintf(writer->out, ",\"settled\":\"%s\",\"settled_how\":\"kept\"", due);
  fputs("}\n", writer->out);
}

/* The events of one person over three years: of every ten, four are meetings, four told, one weighed, one promised. */
static void write_events(struct writer *writer, int person) {
  rp_date last = rp_date_from_civil(2026, 11, 22);
  for (int i = 0; i < BENCH_EVENTS; i++) {
    char text[32];
    rp_date date = last - (BENCH_EVENTS - i) * 20 - (rp_date)chance(writer, 10);
    date_text(date, text);
    switch (i % 10) {
    case 0:
    case 2:
    case 4:
    case 6:
      write_interaction(writer, person, i, text);
      break;
    case 8:
      write_evaluation(writer, person, i, text);
      break;
    case 9:
      write_promise(writer, person, i, date);
      break;
    default:
      write_disclosure(writer, person, i, text);
    }
  }
}

static void write_person(struct writer *writer, int person) {
  int company = person / PEOPLE_A_COMPANY;
  if (person % PEOPLE_A_COMPANY == 0) {
    begin(writer, "customer", 'c', company, 0);
    fprintf(writer->out, "\"name\":\"Konepaja %d Oy\",\"tier\":\"B\"}\n", company);
  }
  begin(writer, "contact", 'p', person, 0);
  write_id(writer, "customer", 'c', company, 0);
  fprintf(writer->out, "\"name\":\"Henkilö %d Virtanen\"}\n", person);
  begin(writer, "relationship", 'r', person, 0);
  write_id(writer, "salesperson", 's', 1, 0);
  write_id(writer, "contact", 'p', person, 0);
  fputs("\"audience\":\"team\"}\n", writer->out);
}

void bench_write_journal(FILE *out, int relationships, bool scattered, const char *source) {
  struct writer writer = {.out = out, .scattered = scattered, .random = 2463534242U};
  fprintf(out, "{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"%s\"}\n", source);
  begin(&writer, "salesperson", 's', 1, 0);
  fputs("\"name\":\"Anna Laine\",\"me\":true}\n", out);
  for (int person = 0; person < relationships; person++) {
    write_person(&writer, person);
    write_events(&writer, person);
  }
}
