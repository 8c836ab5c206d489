#include "journal_writer.h"

#include <stdint.h>

#include "rapport/str.h"
#include "rapport/vocab.h"
#include "rapport/when.h"

#define PEOPLE_A_COMPANY 4

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

static void write_disclosure(FILE *out, int person, int number, const char *date, uint32_t *random) {
  int domain = (int)(next(random) % RP_DOMAIN_COUNT);
  fprintf(out,
          "{\"type\":\"disclosure\",\"id\":\"d%d-%d\",\"relationship\":\"r%d\",\"date\":\"%s\",\"discloser\":\"%s\","
          "\"domain\":\"%s\",\"layer\":%u,\"topic\":\"%s\",\"text\":\"Kertoi linjan %d uusinnasta ja siitä, mitä se "
          "vaatii meiltä.\"}\n",
          person, number, person, date, rp_vocab_code(RP_VOCAB_PARTY, (int)(next(random) % RP_PARTY_COUNT)),
          rp_vocab_code(RP_VOCAB_DOMAIN, domain), 1 + next(random) % 3,
          domain == RP_DOMAIN_SELF ? "hobbies" : "processes", number);
}

static void write_evaluation(FILE *out, int person, int number, const char *date, uint32_t *random) {
  fprintf(
      out,
      "{\"type\":\"evaluation\",\"id\":\"e%d-%d\",\"relationship\":\"r%d\",\"date\":\"%s\",\"viewpoint\":\"own\","
      "\"items\":[{\"kind\":\"benefit\",\"code\":\"revenue\",\"score\":%u},{\"kind\":\"benefit\",\"code\":\"trust\","
      "\"score\":%u},{\"kind\":\"cost\",\"code\":\"time\",\"score\":%u}]}\n",
      person, number, person, date, 1 + next(random) % 5, 1 + next(random) % 5, 1 + next(random) % 5);
}

enum { EVENTS_A_PROMISE = 10 };

static void write_promise(FILE *out, int person, int number, rp_date date, uint32_t *random) {
  char made[32];
  char due[32];
  bool settled = next(random) % 8 != 0 || number + EVENTS_A_PROMISE < BENCH_EVENTS; /* what is long ago is settled */
  fprintf(
      out,
      "{\"type\":\"promise\",\"id\":\"o%d-%d\",\"relationship\":\"r%d\",\"by\":\"%s\",\"text\":\"Send the drawings of "
      "line %d\",\"made\":\"%s\",\"due\":\"%s\"",
      person, number, person, rp_vocab_code(RP_VOCAB_PARTY, (int)(next(random) % RP_PARTY_COUNT)), number,
      date_text(date, made), date_text(date + 7, due));
  if (settled)
    fprintf(out, ",\"settled\":\"%s\",\"settled_how\":\"kept\"", due);
  fputs("}\n", out);
}

/* The events of one person over three years: of every ten, four are meetings, four told, one weighed, one promised. */
static void write_events(FILE *out, int person, uint32_t *random) {
  rp_date last = rp_date_from_civil(2026, 11, 22);
  for (int i = 0; i < BENCH_EVENTS; i++) {
    char text[32];
    rp_date date = last - (BENCH_EVENTS - i) * 20 - (rp_date)(next(random) % 10);
    date_text(date, text);
    switch (i % 10) {
    case 0:
    case 2:
    case 4:
    case 6:
      fprintf(out,
              "{\"type\":\"interaction\",\"id\":\"i%d-%d\",\"at\":\"%s\",\"channel\":\"%s\",\"contacts\":[\"p%d\"],"
              "\"salespeople\":[\"s1\"],\"summary\":\"Kävimme läpi venttiilien toimitusajat ja huollon, jatkamme "
              "tarjouksella %d.\"}\n",
              person, i, text, rp_vocab_code(RP_VOCAB_CHANNEL, (int)(next(random) % RP_CHANNEL_COUNT)), person, i);
      break;
    case 8:
      write_evaluation(out, person, i, text, random);
      break;
    case 9:
      write_promise(out, person, i, date, random);
      break;
    default:
      write_disclosure(out, person, i, text, random);
    }
  }
}

void bench_write_journal(FILE *out, int relationships) {
  uint32_t random = 2463534242U;
  fputs("{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"bench\"}\n", out);
  fputs("{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Anna Laine\",\"me\":true}\n", out);
  for (int person = 0; person < relationships; person++) {
    int company = person / PEOPLE_A_COMPANY;
    if (person % PEOPLE_A_COMPANY == 0)
      fprintf(out, "{\"type\":\"customer\",\"id\":\"c%d\",\"name\":\"Konepaja %d Oy\",\"tier\":\"B\"}\n", company,
              company);
    fprintf(out,
            "{\"type\":\"contact\",\"id\":\"p%d\",\"name\":\"Henkilö %d Virtanen\",\"customer\":\"c%d\"}\n"
            "{\"type\":\"relationship\",\"id\":\"r%d\",\"salesperson\":\"s1\",\"contact\":\"p%d\"}\n",
            person, person, company, person, person);
    write_events(out, person, &random);
  }
}
