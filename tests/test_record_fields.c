/* Every field of every type in the interchange format, with values that are taken and values that are refused, each
 * refusal with its sentence. */
#include "record_lines.h"

#define NOT_SET "" /* taken, and the field is not set after */
#define LONG_LINE "123456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_123456789_"
#define LINE_200 "\"" LONG_LINE LONG_LINE "\""
#define LINE_201 "\"" LONG_LINE LONG_LINE "ä\""

static const struct row {
  enum rp_type type;
  int field;
  const char *value; /* JSON; NULL: the field is left out */
  const char *says;  /* NULL: taken; NOT_SET; else how the sentence begins */
} rows[] = {
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"Åsa Öhman-Mäkelä 🦊\"", NULL},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, LINE_200, NULL},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, LINE_201, "name has 201 characters; allowed are at most 200"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "5", "name is 5; allowed: a line of at most 200 characters"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"\"", "name is empty; salesperson needs it: full name"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"  \"", "name is empty; salesperson needs it: full name"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "null", "name is empty; salesperson needs it: full name"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, NULL, "name is missing; salesperson needs it: full name"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"Anna\\nLaine\"", "name: character 5 is a line break or tab"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"Anna \\u001b[31m\"", "name: character 6 is the control character"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "\"Anna \\u0085\"", "name: character 6 is the control character"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_NAME, "{\"first\":\"Anna\"}", "name is an object; allowed: a line"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_EMAIL, "\"anna.laine@esimerkki.example\"", NULL},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_EMAIL, "\"\"", NOT_SET},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_EMAIL, "[\"a\"]", "email is a list; allowed: a line of at most 200"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_ME, "true", NULL},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_ME, "false", NOT_SET},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_ME, "\"true\"", "me is “true”; allowed: true or false"},
    {RP_TYPE_SALESPERSON, RP_SALESPERSON_ME, "1", "me is 1; allowed: true or false"},

    {RP_TYPE_CUSTOMER, RP_CUSTOMER_NAME, "\"A/S Nørre & Søn — “Ventiler”\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_NAME, "true", "name is true; allowed: a line"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_DOMAIN, "\"saimaa.example\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_DOMAIN, "1.5", "domain is 1.5; allowed: a line"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_INDUSTRY, "\"metsäteollisuus\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_INDUSTRY, "[]", "industry is a list; allowed: a line"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_COUNTRY, "\"Suomi\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_COUNTRY, "358", "country is 358; allowed: a line"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "\"A\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "null", NOT_SET},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "\"a\"", "tier “a” is not known; allowed are A, B, C"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "\"D\"", "tier “D” is not known; allowed are A, B, C"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "1", "tier is 1; allowed: A, B, C"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_NOTES, "\"Ensimmäinen rivi\\n\\ttoinen 👩‍👩‍👧\\r\\nkolmas\"", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_NOTES, "\"\\u0007\"", "notes: character 1 is the control character U+0007"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_NOTES, "0", "notes is 0; allowed: a text of at most 64 KiB"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "[\"oem\",\"Oy, Ab\",\"\\\"x\\\"\"]", NULL},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "[]", NOT_SET},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "\"oem\"", "tags is “oem”; allowed: a list of lines of at most 200"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "[\"oem\",null]", "tags is null; allowed: a list of lines"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "[\"oem\",\"\"]", "tags has an empty line at place 2; leave it out"},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TAGS, "[" LINE_201 "]", "tags has 201 characters; allowed are at most 200"},

    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "\"Maija Virtanen\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "[]", "name is a list"},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, "\"Asiakas 7 / Lappeenranta\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, "\"019BA7C5-3B00-7000-8000-00000000000A\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, NULL, "customer is missing; contact needs it: the company they work for"},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, "\"\"", "customer is “”; allowed: a text of 1 to 64 printable characters"},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, "7", "customer is 7; allowed: a text of 1 to 64 printable characters"},
    {RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, "\"00000000-0000-0000-0000-000000000000\"",
     "customer is a UUID of zeros, which stands for no record"},
    {RP_TYPE_CONTACT, RP_CONTACT_TITLE, "\"tuotantojohtaja\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TITLE, "false", "title is false"},
    {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "\"gatekeeper\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "\"decisionmaker\"",
     "role “decisionmaker” is not known (did you mean decision_maker?); allowed are decision_maker, champion, "},
    {RP_TYPE_CONTACT, RP_CONTACT_EMAILS, "[\"maija@saimaa.example\",\"m.v@koti.example\"]", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_EMAILS, "{}", "emails is an object; allowed: a list of lines"},
    {RP_TYPE_CONTACT, RP_CONTACT_PHONES, "[\"+358 40 1234567\"]", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_PHONES, "[358401234567]", "phones is 358401234567; allowed: a list of lines"},
    {RP_TYPE_CONTACT, RP_CONTACT_PREFERRED_CHANNEL, "\"phone\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_PREFERRED_CHANNEL, "\"fax\"", "preferred_channel “fax” is not known; allowed are "},
    {RP_TYPE_CONTACT, RP_CONTACT_LANGUAGE, "\"suomi\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_LANGUAGE, "[\"fi\"]", "language is a list"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"1970-05-04\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"--05-04\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"--02-29\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"1972-02-29\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"1970-02-29\"",
     "birthday is “1970-02-29”; allowed: a date as 1970-05-04, or --05-04 without the year"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"--02-30\"", "birthday is “--02-30”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"--13-01\"", "birthday is “--13-01”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"1899-05-04\"", "birthday is “1899-05-04”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"0000-05-04\"", "birthday is “0000-05-04”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "\"05-04\"", "birthday is “05-04”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "19700504", "birthday is 19700504"},
    {RP_TYPE_CONTACT, RP_CONTACT_LEGAL_BASIS, "\"legitimate_interests\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_LEGAL_BASIS, "\"legitimate_interest\"",
     "legal_basis “legitimate_interest” is not known (did you mean legitimate_interests?)"},
    {RP_TYPE_CONTACT, RP_CONTACT_SOURCE, "\"messut 2026\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_SOURCE, "2026", "source is 2026"},
    {RP_TYPE_CONTACT, RP_CONTACT_INFORMED, "\"2026-01-12\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_INFORMED, "\"2026-01-12T10:00\"",
     "informed: “2026-01-12T10:00” is not a date; write year, month and day"},
    {RP_TYPE_CONTACT, RP_CONTACT_RETAIN_UNTIL, "\"9999-12-31\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_RETAIN_UNTIL, "\"10000-01-01\"", "retain_until: “10000-01-01” is not a date"},
    {RP_TYPE_CONTACT, RP_CONTACT_LEAVING, "true", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_LEAVING, "null", NOT_SET},
    {RP_TYPE_CONTACT, RP_CONTACT_LEAVING, "\"soon\"", "leaving is “soon”; allowed: true or false"},
    {RP_TYPE_CONTACT, RP_CONTACT_SUCCESSOR, "\"p2\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_SUCCESSOR, "[\"p2\"]", "successor is a list; allowed: a text of 1 to 64"},
    {RP_TYPE_CONTACT, RP_CONTACT_RESTRICTED, "true", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_RESTRICTED, "0", "restricted is 0; allowed: true or false"},
    {RP_TYPE_CONTACT, RP_CONTACT_OBJECTED, "true", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_OBJECTED, "{}", "objected is an object; allowed: true or false"},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "[\"purjehdus ⛵\"]", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "[\"a\\tb\"]", "tags: character 2 is a line break or tab"},
    {RP_TYPE_CONTACT, RP_CONTACT_NOTES, "\"Pitää kahvista.\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NOTES, "[\"x\"]", "notes is a list"},

    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_SALESPERSON, "\"s2\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_SALESPERSON, NULL, "salesperson is missing; relationship needs it"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, "\"p2\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, NULL, "contact is missing; relationship needs it: with whom"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_TIER, "\"C\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_TIER, "\"\"", "tier “” is not known; allowed are A, B, C"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "1", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "3650", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "0", "cadence_days is 0; allowed are 1 to 3650"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "30.0",
     "cadence_days is 30; allowed are whole numbers from 1 to 3650"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "9223372036854775807", "cadence_days is 9223372036854775807"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_ENDED, "\"2026-08-01\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_ENDED, "true", "ended is true; allowed: a date as 2026-01-12"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_ENDED_WHY, "\"Kilpailija\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_ENDED_WHY, "{}", "ended_why is an object"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_LEFT, "\"2026-08-01\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_LEFT, "\"1.8.2026\"", "left: “1.8.2026” is not a date"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_PURPOSE, "\"Uusi linja Ouluun\"", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_PURPOSE, "3", "purpose is 3"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE,
     "{\"stage\":\"prospect\",\"reason\":\"Ei vielä, odotetaan\\nkevättä\",\"date\":\"2026-01-12\"}", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "null", NOT_SET},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{}", "override: stage is missing; override needs it: stage"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{\"stage\":\"prospect\",\"date\":\"2026-01-12\"}",
     "override: reason is missing; override needs it: why"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{\"stage\":\"prospect\",\"reason\":\"x\"}",
     "override: date is missing"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{\"stage\":\"partner\",\"reason\":\"x\",\"date\":\"2026-01-12\"}",
     "override: stage “partner” is not known; allowed are prospect, business_partner, "},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{\"stge\":\"prospect\"}",
     "override: override has no field “stge” (did you mean stage?); allowed are stage, reason, date"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "{\"id\":\"o\"}", "override: override has no field “id”"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "2", "override is 2; allowed: an object with stage, reason, date"},

    {RP_TYPE_TOPIC, RP_OWN_TOPIC_DOMAIN, "\"self\"", NULL},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_DOMAIN, NULL, "domain is missing"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"r2_d2\"", NULL},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"a234567890123456789012345678901234567890\"", NULL},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"a2345678901234567890123456789012345678901\"",
     "code has 41 characters; allowed are at most 40"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"hobbies\"", "code “hobbies” is a topic that every journal has; choose"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"Trade fairs\"", "code is “Trade fairs”; allowed: a word of a to z, 0 to 9"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"2_lines\"", "code is “2_lines”"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, "\"käynti\"", "code is “käynti”"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_LABEL, "\"mässor\"", NULL},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_LABEL, "\" \"", "label is empty; topic needs it: what it is called"},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_SPECIAL, "true", NULL},
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_SPECIAL, "[]", "special is a list; allowed: true or false"},

    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"2026-01-12T14:30\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"2026-01-12 00:00\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"1900-01-01\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"9999-12-31T23:59\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"1899-12-31\"",
     "at: “1899-12-31” is before 1900; dates from 1900-01-01"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"2026-02-29\"", "at: “2026-02-29” is not in the calendar"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"2026-01-12T24:00\"", "at: “2026-01-12T24:00” is not a date with"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"2026-01-12T08:30:00.000Z\"", "at: “2026-01-12T08:30:00.000Z” is not"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "\"yesterday\"", "at: “yesterday” is not a date"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, LINE_200, "at is “123456789_123456789_123456789_123456789_…”; allowed: a"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "1768176000", "at is 1768176000; allowed: a date as 2026-01-12"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, NULL, "at is missing; interaction needs it: date, or date and time"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CHANNEL, "\"portal\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CHANNEL, "\"vidoe\"",
     "channel “vidoe” is not known (did you mean video?); allowed are meeting, phone, video, email, chat, message, "
     "social, portal, event, post"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CHANNEL, "\"\\u202e\\u0007\"", "channel “⟨U+202E⟩␇” is not known"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "[\"p1\",\"p2\",\"p3\"]", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "[]", "contacts is empty; interaction needs it: customer's people"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, NULL, "contacts is missing; interaction needs it"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "\"p1\"",
     "contacts is “p1”; allowed: a list of ids of records of type contact"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "[\"p1\",\"p2\",\"p3\",\"p2\"]",
     "contacts names the same record at places 2 and 4; once is allowed"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "[\"p1\",5]", "contacts is 5"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_SALESPEOPLE, "[\"s1\",\"s2\"]", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_SALESPEOPLE, "[]", "salespeople is empty; interaction needs it: your people"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "false", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "true", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "\"no\"", "two_way is “no”; allowed: true or false"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PLANNED, "true", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PLANNED, "false", NOT_SET},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PLANNED, "2", "planned is 2"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_INITIATED_BY, "\"customer\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_INITIATED_BY, "\"s1\"", "initiated_by “s1” is not known; allowed are sales"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PHASE, "\"after\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PHASE, "\"later\"", "phase “later” is not known"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TOUCHPOINT, "\"return\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TOUCHPOINT, "\"returns\"",
     "touchpoint “returns” is not known (did you mean return?)"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_MINUTES, "0", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_MINUTES, "-1", "minutes is -1; allowed are 0 to 100000"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PLACE, "\"Lappeenranta\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_PLACE, "1", "place is 1"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_SUMMARY, "\"Besök på fabriken\\n- två linjer\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_SUMMARY, "[\"x\"]", "summary is a list"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "[\"concerns\",\"communality\"]", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "[\"concern\"]",
     "themes “concern” is not known (did you mean concerns?); allowed are communication, "},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "[\"concerns\",\"concerns\"]", "themes has concerns twice"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "\"concerns\"", "themes is “concerns”; allowed: a list of these: c"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CUES, "[\"known_brand\"]", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CUES, "[{}]", "cues is an object"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_EXPECTATION, "\"Toimitus kahdessa viikossa\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_EXPECTATION, "7", "expectation is 7"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_OUTCOME, "\"fell_short\"", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_OUTCOME, "\"fell short\"",
     "outcome “fell short” is not known (did you mean fell_short?)"},

    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, NULL, "relationship is missing"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DATE, "\"2031-12-31\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DATE, "\"2026-1-2\"", "date: “2026-1-2” is not a date"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DISCLOSER, "\"salesperson\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DISCLOSER, "\"me\"", "discloser “me” is not known"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DOMAIN, "\"self\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DOMAIN, "\"private\"", "domain “private” is not known; allowed are business, "},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "1", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "3", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "0", "layer is 0; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "4", "layer is 4; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "\"2\"", "layer is “2”; allowed are whole numbers from 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "null", "layer is empty; disclosure needs it"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "\"needs\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "\"trade_fairs\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "\"\"", NOT_SET},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "\"hobbies\"",
     "topic hobbies belongs to domain self, but domain is business; change one of them"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "\"organization\"",
     "topic “organization” is not known (did you mean organisation?); allowed are needs, "},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "[\"needs\"]", "topic is a list; allowed: needs, "},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TEXT, "\"Kaksi linjaa käy vanhoilla toimilaitteilla.\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TEXT, "12", "text is 12"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTERACTION, "\"i1\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTERACTION, "{}", "interaction is an object"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_VALENCE, "\"neutral\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_VALENCE, "-1", "valence is -1; allowed: negative, neutral, positive"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTENT, "\"incidental\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTENT, "\"accidental\"", "intent “accidental” is not known (did you mean inc"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_CERTAINTY, "\"hearsay\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_CERTAINTY, "\"certain\"", "certainty “certain” is not known"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_AMOUNT, "3", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_AMOUNT, "0", "amount is 0; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_ANSWERS, "\"d0\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_ANSWERS, "true", "answers is true"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_BASIS, "\"suostumus 12.1.\"", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_BASIS, "9", "basis is 9"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_SHARED_WITH, "[\"Anna\",\"Kalle\"]", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_SHARED_WITH, "\"Anna\"", "shared_with is “Anna”"},

    {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, "[]", "relationship is a list"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_DATE, "\"2024-02-29\"", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_DATE, "\"\"", "date: “” is not a date"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VIEWPOINT, "\"customer\"", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VIEWPOINT, "\"salesperson\"", "viewpoint “salesperson” is not known"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS,
     "[{\"score\":5,\"code\":\"trust\",\"note\":\"pitää\\nsanansa\",\"kind\":\"benefit\"},{\"kind\":\"cost\",\"code\":"
     "\"money\",\"score\":1}]",
     NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[]", "items is empty; evaluation needs it: benefits and costs"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "{}", "items is an object; allowed: a list of objects with kind, code, "},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[7]", "items, number 1: items is 7; allowed: a list of objects"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"code\":\"time\",\"score\":6}]",
     "items, number 1: score is 6; allowed are 1 to 5"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"code\":\"time\",\"score\":0}]",
     "items, number 1: score is 0; allowed are 1 to 5"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"code\":\"time\"}]",
     "items, number 1: score is missing; item needs it: 1 to 5"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"score\":1}]",
     "items, number 1: code is missing; item needs it: which one"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"code\":\"time\",\"score\":1}]",
     "items, number 1: kind is missing; item needs it: benefit or cost"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"code\":\"trust\",\"score\":1}]",
     "items, number 1: code “trust” is not known; allowed are time, money, "},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"benefit\",\"code\":\"money\",\"score\":1}]",
     "items, number 1: code “money” is not known; allowed are revenue, "},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS,
     "[{\"kind\":\"cost\",\"code\":\"time\",\"score\":1},{\"kind\":\"cost\",\"code\":\"time\",\"score\":2}]",
     "items scores time twice; once in one evaluation is allowed"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS,
     "[{\"kind\":\"cost\",\"code\":\"time\",\"score\":1},{\"kind\":\"cost\",\"code\":\"time\",\"skore\":2}]",
     "items, number 2: item has no field “skore” (did you mean score?); allowed are kind, code, score, note"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "[{\"kind\":\"cost\",\"code\":\"time\",\"score\":1,\"x_y\":2}]",
     "items, number 1: item has no field “x_y”"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_EXPECTATION, "-2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_EXPECTATION, "-3", "versus_expectation is -3; allowed are -2 to 2"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_ALTERNATIVE, "2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_ALTERNATIVE, "3", "versus_alternative is 3; allowed are -2 to 2"},

    {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP, "3", "relationship is 3"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_OWNER, "\"customer\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_OWNER, "\"custommer\"", "owner “custommer” is not known (did you mean customer?)"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_DOMAIN, "\"business\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_DOMAIN, "\"b\"", "domain “b” is not known"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_MAX_LAYER, "0", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_MAX_LAYER, "2", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_MAX_LAYER, "3", "max_layer is 3; allowed are 0 to 2"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_MAX_LAYER, "-1", "max_layer is -1; allowed are 0 to 2"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_REASON, "\"unknown\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_REASON, NULL, "reason is missing; boundary needs it: why"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_FROM, "\"2026-01-13\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_FROM, NULL, "from is missing; boundary needs it: first day"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_UNTIL, "\"2026-01-13\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_UNTIL, "\"2026-01-12\"",
     "until is 2026-01-12, not after from 2026-01-12; allowed is a later day"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_UNTIL, "\"2025-01-12\"", "until is 2025-01-12, not after from 2026-01-12"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_REVIEW, "\"2026-06-01\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_REVIEW, "\"kesä\"", "review: “kesä” is not a date"},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_NOTE, "\"Ei puhu perheestään.\"", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_NOTE, "[]", "note is a list"},

    {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, NULL, "relationship is missing"},
    {RP_TYPE_PROMISE, RP_PROMISE_BY, "\"salesperson\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_BY, "\"Anna\"", "by “Anna” is not known; allowed are salesperson, customer"},
    {RP_TYPE_PROMISE, RP_PROMISE_TEXT, "\"Lähetä tarjous ✉️\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_TEXT, "\"\\n \\t\"", "text is empty; promise needs it: what was promised or asked"},
    {RP_TYPE_PROMISE, RP_PROMISE_MADE, "\"2026-01-16\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_MADE, "\"2026-01-17\"",
     "due is 2026-01-16, before made 2026-01-17; allowed is that day or a later one"},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "\"2026-01-12\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "\"2026-01-11\"", "due is 2026-01-11, before made 2026-01-12"},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, NULL, "due is missing; promise needs it: until when"},
    {RP_TYPE_PROMISE, RP_PROMISE_KIND, "\"question\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_KIND, "\"questoin\"", "kind “questoin” is not known (did you mean question?)"},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED, "\"2026-01-12\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED, "\"2026-01-11\"", "settled is 2026-01-11, before made 2026-01-12"},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED_HOW, "null", NOT_SET},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED_HOW, "\"kept\"", "settled_how is given without settled; give both or neither"},
    {RP_TYPE_PROMISE, RP_PROMISE_INTERACTION, "\"i1\"", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_INTERACTION, "1", "interaction is 1"},

    {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP, "{}", "relationship is an object"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_DATE, "\"2026-02-02\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_DATE, "\"2026-02-30\"", "date: “2026-02-30” is not in the calendar"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_KIND, "\"conflict\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_KIND, "\"conflcit\"", "kind “conflcit” is not known (did you mean conflict?)"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_SERIOUS, "true", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_SERIOUS, "false", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_SERIOUS, NULL, "serious is missing; incident needs it: whether it shook"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_TEXT, "\"Toimitus myöhästyi\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_TEXT, "1", "text is 1"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_REPAIRED, "\"2026-02-02\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_REPAIRED, "\"2026-02-01\"", "repaired is 2026-02-01, before date 2026-02-02"},
    {RP_TYPE_INCIDENT, RP_INCIDENT_REPAIR_TEXT, "\"Uusi erä\"", NULL},
    {RP_TYPE_INCIDENT, RP_INCIDENT_REPAIR_TEXT, "1", "repair_text is 1"},

    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, NULL,
     "relationship and customer are both missing; exactly one of them is needed"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_CUSTOMER, "null", NOT_SET},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_CUSTOMER, "\"c1\"",
     "relationship and customer are both given; exactly one of them is allowed"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_TEXT, "\"Boka ett möte\"", NULL},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_TEXT, NULL, "text is missing; next_step needs it: what to do"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_DUE, "\"2026-03-02\"", NULL},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_DUE, NULL, "due is missing"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_DONE, "\"2026-02-20\"", NULL},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_DONE, "true", "done is true; allowed: a date"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_SUGGESTION, "\"N24\"", NULL},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_SUGGESTION, "\"N23456789012345678901234567890123\"",
     "suggestion has 33 characters; allowed are at most 32"},

    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_RELATIONSHIP, "\"r2\"", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_RELATIONSHIP, NULL, "relationship is missing"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_SUGGESTION, "\"own_rule_7\"", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_SUGGESTION, NULL, "suggestion is missing"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_STATE, "\"accepted\"", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_STATE, "\"snoozed\"", "state is snoozed without until; give the date"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_STATE, "\"snoze\"", "state “snoze” is not known (did you mean snooz"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_UNTIL, "\"2026-04-01\"", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_UNTIL, "30", "until is 30"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, "[\"d1\",\"e1\",\"d1\"]", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, "[]", NOT_SET},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, "[1]", "evidence_when_held is 1; allowed: a list"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_REASON, "\"ei nyt\"", NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_REASON, "1", "reason is 1"},

    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_CUSTOMER, "\"c2\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_CUSTOMER, NULL, "customer is missing"},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_THEME, "\"timeliness\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_THEME, "\"timelines\"", "theme “timelines” is not known (did you mean timel"},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_DATE, "\"2026-01-12\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_DATE, NULL, "date is missing"},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_TEXT, "\"Vill ha tätare besked\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_TEXT, NULL, "text is missing"},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_CHECKED_ON, "\"2026-02-12\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_CHECKED_ON, "\"12.2.2026\"", "checked_on: “12.2.2026” is not a date"},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_SOURCE, "\"puhelu\"", NULL},
    {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_SOURCE, "1", "source is 1"},

    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_CUSTOMER, "\"c2\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_CUSTOMER, NULL, "customer is missing"},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_DATE, "\"2026-01-12\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_DATE, "\"2026-01-32\"", "date: “2026-01-32” is not in the calendar"},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_CHANNEL, "\"chat\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_CHANNEL, NULL, "channel is missing"},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_BY, "\"verkkokauppa\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_BY, NULL, "by is missing; offer_note needs it: who said it"},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_SUBJECT, "\"DN50-venttiili\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_SUBJECT, NULL, "subject is missing"},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_VALUE, "\"1 240,00 €\"", NULL},
    {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_VALUE, "1240", "value is 1240; allowed: a line of at most 200 characters"},
};

static void field__takes_what_it_may_hold_and_names_what_it_may_not(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const struct row *row = &rows[i];
    const char *name = rp_record_type_get(row->type)->fields[row->field].name;
    json_t *object = parse(least[row->type]);
    if (row->value == NULL)
      json_object_del(object, name);
    else
      rp_json_set(object, name, parse(row->value));
    char says[RP_ERR_TEXT_SIZE];
    struct rp_record *record;
    read_says(object, &record, says, sizeof says);
    bool taken = row->says == NULL || row->says[0] == '\0';
    if (taken != (says[0] == '\0') || (!taken && strncmp(says, row->says, strlen(row->says)) != 0))
      fail_msg("%s %s %s: “%s”", rp_record_type_get(row->type)->name, name, row->value, says);
    if (taken && record->values[row->field].set != (row->says == NULL))
      fail_msg("%s %s %s", rp_record_type_get(row->type)->name, name, row->value);
    if (taken) {
      /* What was taken is written so that it is taken again, and one field alone likewise. */
      json_t *json = rp_record_to_json(record);
      struct rp_record *again = NULL;
      struct rp_err err = {0};
      if (rp_record_from_json(json, NULL, &context, &again, &err) != RP_OK)
        fail_msg("%s %s %s: again: “%s”", rp_record_type_get(row->type)->name, name, row->value, err.text);
      assert_int_equal(rp_record_difference(record, again, false, &(struct rp_str){0}), 0);
      json_t *alone = rp_record_field_to_json(record, row->field);
      assert_true((alone != NULL) == record->values[row->field].set);
      if (alone != NULL) {
        rp_record_unset(again, row->field);
        assert_int_equal(rp_record_field_from_json(again, row->field, alone, NULL, &context, &err), RP_OK);
        assert_true(rp_record_field_equal(record, again, row->field));
        json_decref(alone);
      }
      rp_record_free(again);
      json_decref(json);
    }
    rp_record_free(record);
  }
}

static void field__of_every_type_is_in_the_table_above(void **state) {
  (void)state;
  for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    for (int field = 0; field < type->field_count; field++) {
      bool taken = false;
      bool refused = false;
      for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if ((int)rows[i].type != t || rows[i].field != field)
          continue;
        taken = taken || rows[i].says == NULL || rows[i].says[0] == '\0';
        refused = refused || (rows[i].says != NULL && rows[i].says[0] != '\0');
      }
      if (!taken || !refused)
        fail_msg("%s %s has no row that is %s", type->name, type->fields[field].name, taken ? "refused" : "taken");
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(field__takes_what_it_may_hold_and_names_what_it_may_not),
      cmocka_unit_test(field__of_every_type_is_in_the_table_above),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
