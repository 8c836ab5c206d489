/* Two salespeople, a company, two people of it, and one of most that can be said of them. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include <stddef.h>

static const char *const people[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
    "{\"type\":\"salesperson\",\"id\":\"s2\",\"name\":\"Erik Strand\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Maija Virtanen\",\"customer\":\"c\",\"successor\":\"p\"}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\"}",
    "{\"type\":\"interaction\",\"id\":\"i\",\"at\":\"2026-01-12T09:30\",\"channel\":\"meeting\",\"contacts\":[\"p2\","
    "\"p\"],"
    "\"salespeople\":[\"s\",\"s2\"],\"summary\":\"Tehdaskäynti 🏭\"}",
    "{\"type\":\"disclosure\",\"id\":\"d\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"interaction\":\"i\"}",
    "{\"type\":\"evaluation\",\"id\":\"e\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\","
    "\"items\":"
    "[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}",
    "{\"type\":\"next_step\",\"id\":\"n\",\"relationship\":\"r\",\"text\":\"Soita\",\"due\":\"2026-02-01\"}",
    "{\"type\":\"topic\",\"id\":\"t\",\"domain\":\"business\",\"code\":\"trade_fairs\",\"label\":\"messut\"}",
    NULL};

#endif
