/* How relationships go: each a short script of beats. What a beat means is said in demo_internal.h; the numbers are
 * days before today, below zero days ahead. */
#include "demo_script.h"

static const struct demo_beat steady[] = {
    PURPOSE("Keep the monitoring running and grow with the next service stop.|Be the first they call."),
    FIRST(1020),
    RHYTHM(985, 770, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(840),
    RISE(690, 2),
    RHYTHM(665, 4, 31, 2, 2, 3, MIX_MANY),
    PURCHASE(310),
    PROMISE(THEIRS, 24, -4, DEMO_OPEN,
            "Name somebody for the pilot group|Say which weekend suits for the inspection|Send the list of "
            "stops since the summer|Tell what the board decided"),
    SNOOZED(6, -12, "N24", "After the service stop; everybody is too busy now."),
    PROMISE(OURS, 16, 3, 4,
            "Check whether the old gateway can stay|Send the list of alarms by shift|Send the training dates|Find a "
            "cable that stands salt water"),
};

/* The worked example of the guide: a year of meetings, collaborative since a few weeks. */
static const struct demo_beat deepened[] = {
    PURPOSE("Win the second line together with production."),
    FIRST(505),
    RHYTHM(470, 95, 29, 1, 1, 2, MIX_MANY),
    PURCHASE(210),
    RISE(38, 2),
    RHYTHM(24, 3, 17, 2, 1, 3, MIX_MANY),
    TELL(10, THEIRS, SELF, 1, "hobbies", "Asked how the swimming goes; remembers small things."),
    PROMISE(OURS, 10, 2, DEMO_OPEN, "Send the offer for the second line|Send the offer for the new packing line"),
    PROMISE(THEIRS, 10, -5, DEMO_OPEN, "Send the drawings of line 2|Send the drawings of packing line 3"),
    QUESTION(3, -1, DEMO_OPEN, "Which seals does line 2 need?"),
    PLANNED(0, AT(10, 0), MEETING, "Offer for the second line, with production|Offer for the packing line"),
    STEP(10, -3, DEMO_OPEN, "Ask production who decides on the seals"),
    MEET(10, VIDEO,
         "Budget round opens when {q} begins. Wants the offer split in two, so that the board can say yes to one "
         "half.|Budget talk: the packing line is in, if the price stands by the end of the month."),
};

static const struct demo_beat personal[] = {
    PURPOSE("Our reference: open doors both ways, and look after each other.|Build what comes next together, "
            "and stay honest about the price."),
    FIRST(1080),
    RHYTHM(1060, 905, 18, 1, 1, 2, MIX_MANY),
    PURCHASE(930),
    RISE(820, 2),
    RHYTHM(800, 500, 20, 2, 2, 4, MIX_MANY),
    PURCHASE(610),
    RISE(430, 3),
    RHYTHM(412, 2, 21, 3, 2, 5, MIX_MANY),
    PURCHASE(160),
    PROMISE(OURS, 15, -2, DEMO_OPEN,
            "Ask our owners about the joint stand at the fair|Bring the two apprentices along|Get the "
            "drawings for the joint brochure"),
    QUESTION(9, -3, DEMO_OPEN,
             "May their visitors see our factory in March?|Can we lend the rig for a week?|Who pays for the "
             "trip of the two skippers?"),
    PLANNED(-1, AT(13, 30), MEETING,
            "Walk through the year, then dinner|New agreement, first reading|Next year's plan over lunch"),
    MEET(15, MEETING,
         "Talked about next year first and business second, as has become our custom.|Looked at old photos of the "
         "foundry, then at the new agreement.|The skippers' evening: a full room, and our name never mentioned. "
         "Perfect."),
    PROMISE(
        OURS, 15, 2, 3,
        "Send the photos from the visit|Return the borrowed alignment tool|Tell who will be on the stage in Ålesund"),
};

static const struct demo_beat personal_new[] = {
    PURPOSE("Sensors in every machine that leaves the line."),
    FIRST(690),
    PURCHASE(590),
    RHYTHM(675, 560, 16, 1, 1, 2, MIX_MANY),
    RISE(470, 2),
    PURCHASE(380),
    RHYTHM(452, 110, 17, 2, 2, 4, MIX_MANY),
    RISE(3, 3),
    RHYTHM(100, 60, 17, 2, 2, 4, MIX_MANY),
    TELL_AS(60, THEIRS, SELF, 2, DEMO_TELL_BASIS | DEMO_TELL_SHARED, "health",
            "Is having a knee operated on; asked me to plan the visits around it.",
            "asked me to note it, so that no meeting falls on it"),
    PROMISE(OURS, 12, -6, DEMO_OPEN, "Bring the confidentiality agreement for the data interface"),
    PLANNED(-2, AT(9, 0), VIDEO, "Roadmap of the next model, both development heads"),
    STEP(12, -8, DEMO_OPEN, "Book two days for tests in {p}"),
    MEET(12, MEETING,
         "Showed the draft of the cab display, with our curve in it, to nobody else so far.|Showed a draft with our "
         "curve in it, to nobody else so far."),
};

static const struct demo_beat private_person[] = {
    FIRST(940),
    RHYTHM(910, 640, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(720),
    BOUNDARY(700, THEIRS, SELF, 1, STRICT_PRIVACY, DEMO_OPEN,
             "Said kindly that work is work and home is home. Fine with me."),
    RISE_BUSINESS(520),
    RHYTHM(495, 11, 32, 2, 1, 3, MIX_MANY),
    PURCHASE(200),
    PROMISE(THEIRS, 30, 3, DEMO_OPEN, "Send the list of stops on the test rig|Tell which dealers may be called"),
    PLANNED(-4, AT(14, 0), VIDEO, "Joint plan for next year, first draft|Plan for the German dealers"),
    MEET(701, PHONE,
         "I asked about the weekend; the answer was a kind silence. Understood.|Steered gently back to the agenda when "
         "I told of my holiday."),
};

static const struct demo_beat keeps_apart[] = {
    FIRST(880),
    PURCHASE(700),
    RHYTHM(850, 590, 31, 1, 1, 2, MIX_MANY),
    BOUNDARY(560, OURS, SELF, 1, NOT_PERSONAL_FIT, DEMO_OPEN,
             "We are too different to be friends, and work very well together."),
    RISE_BUSINESS(450),
    PURCHASE(330),
    RHYTHM(430, 14, 33, 2, 1, 2, MIX_MANY),
    PROMISE(OURS, 14, -9, DEMO_OPEN, "Send the validation file for the new sensor"),
    MEET(561, MEETING, "We laugh at different things. The work goes splendidly all the same."),
};

static const struct demo_beat fell_silent[] = {
    FIRST(1000),
    RHYTHM(970, 760, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(800),
    RISE(640, 2),
    RHYTHM(610, 275, 31, 2, 2, 3, MIX_MANY),
    TRY(190),
    TRY(128),
    TRY(61),
    OVERRIDE(45, RP_STAGE_COLLABORATIVE_PARTNER, "A rebuild keeps them busy; I trust it is not about us."),
    MEET(275, VIDEO, "Everything stops for the rebuild, said kindly. Will be in touch when it is done."),
};

static const struct demo_beat came_back[] = {
    FIRST(1060),
    PURCHASE(920),
    RHYTHM(1030, 900, 30, 1, 1, 2, MIX_MANY),
    RISE(800, 2),
    RHYTHM(770, 660, 30, 2, 2, 3, MIX_MANY),
    TRY(560),
    RHYTHM(330, 12, 34, 1, 1, 2, MIX_MANY),
    PURCHASE(150),
    QUESTION(12, 9, 10, "Does the sensor stand a washdown at 80 °C?"),
    MEET(331, PHONE,
         "In touch again after a long pause. “A year of building site”, no more and no less. We begin small."),
};

static const struct demo_beat repaired[] = {
    PURPOSE("Show that a bad week can make a good agreement."),
    FIRST(1050),
    RHYTHM(1030, 890, 18, 1, 1, 2, MIX_MANY),
    PURCHASE(910),
    RISE(790, 2),
    RHYTHM(770, 330, 20, 2, 2, 4, MIX_MANY),
    INCIDENT(301, SERVICE_FAILURE, true, 262,
             "Our gateway update took the alarms of {m} down for a night; nobody was told.",
             "Went there the same day. New rule: no updates without their word. Paid the lost shift."),
    RHYTHM(285, 120, 18, 1, 1, 2, MIX_MANY),
    RISE(60, 2),
    RHYTHM(45, 2, 16, 2, 2, 4, MIX_MANY),
    PLANNED(-6, AT(11, 0), MEETING, "Half-year review in {p}"),
    MEET(300, MEETING,
         "Drove there the same evening. Stood by the hoist until four and said what we had done wrong.|Went there the "
         "same evening and said what we had done wrong."),
    MEET(262, MEETING, "Went through the new rule for updates together. Shook hands on it; that was that."),
};

static const struct demo_beat incident_open[] = {
    FIRST(930),
    RHYTHM(900, 690, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(760),
    RISE(600, 2),
    RHYTHM(575, 18, 31, 2, 2, 3, MIX_MANY),
    INCIDENT(4, CONFLICT, true, DEMO_OPEN,
             "The invoice for standby went to the group's lawyers; hard words on the telephone, from both of us.",
             NULL),
    PROMISE(OURS, 4, -1, DEMO_OPEN, "Come in person, with the service log"),
    MEET(4, PHONE, "Hard words about the standby invoice. I should have hung up earlier, and rung back earlier."),
};

static const struct demo_beat breach[] = {
    FIRST(720),
    PURCHASE(600),
    RHYTHM(705, 520, 21, 1, 1, 2, MIX_MANY),
    RISE(420, 2),
    PURCHASE(300),
    RHYTHM(400, 50, 22, 2, 2, 3, MIX_MANY),
    INCIDENT(34, BREACH_OF_CONFIDENCE, true, DEMO_OPEN,
             "A colleague mentioned their price index to another firm at the fair. It was told to me in confidence.",
             NULL),
    RHYTHM(27, 12, 15, 1, 0, 0, MIX_CALLS),
    MEET(27, PHONE, "Cool on the telephone. “I had thought that stayed between us.” It should have."),
};

static const struct demo_beat costly[] = {
    FIRST(900),
    RHYTHM(880, 690, 24, 1, 1, 2, MIX_MANY),
    PURCHASE(740),
    RISE(580, 2),
    RHYTHM(560, 210, 26, 2, 2, 3, MIX_MANY),
    RHYTHM(200, 10, 27, 2, 1, 0, MIX_MANY),
    EVALUATE(112, RP_VIEWPOINT_OWN, -1, 0, 0,
             "Each call ends in a new wish for a lower price.|"
             "Every report is asked for twice, in two forms."),
    EVALUATE(28, RP_VIEWPOINT_OWN, -2, 0, -1,
             "The fourth version of one clause.|Three owners, three opinions, one of me."),
    EVALUATE(28, RP_VIEWPOINT_CUSTOMER, 2, 0, 0, NULL),
    PROMISE(OURS, 28, 5, DEMO_OPEN, "Send the fourth version of the price clause|Answer the letter on the shared data"),
    MEET(112, VIDEO,
         "Third round on the index clause. Nothing new but the tone.|Owners' meeting by video: who sees what? Two "
         "hours, no answer, work for me."),
    MEET(28, PHONE,
         "Wants another two per cent, or a new tender. I said that I would think about it.|Rang twice in a day: first "
         "to thank for the report, then to ask for another one."),
    MEET(66, MEETING,
         "Sat with {w} and the invoices. Everything is right, and still nobody is content.|A good hour in {p}, until "
         "the talk came to the owners again."),
};

static const struct demo_beat unhappy[] = {
    FIRST(620),
    RHYTHM(590, 40, 32, 1, 1, 2, MIX_MANY),
    PURCHASE(350),
    EVALUATE(16, RP_VIEWPOINT_CUSTOMER, -1, -1, -1, "Pays for a service that is seldom seen."),
    TELL(16, THEIRS, BUSINESS, 2, "alternatives",
         "Has a second offer on the table and says so: cheaper, with service."),
    PROMISE(OURS, 16, -2, DEMO_OPEN, "Show in numbers what the alarms saved last year"),
    MEET(16, PHONE, "Said it openly: for that money they see too little of us. A second offer is on the table."),
    MEET(80, MEETING, "Asked what the monitoring had brought. I had the curves with me, not the money."),
};

static const struct demo_beat withdrawn[] = {
    FIRST(1010),
    RHYTHM(980, 800, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(860),
    RISE(700, 2),
    RHYTHM(675, 240, 32, 2, 2, 3, MIX_MANY),
    RHYTHM(150, 6, 29, 1, 1, 2, MIX_CALLS),
    MEET(72, PHONE, "Friendly and brief. No word on the plans for next winter, which was our subject for a year."),
    MEET(135, VIDEO, "Camera off this time. Answers by the agenda, nothing beside it."),
};

static const struct demo_beat early[] = {
    FIRST(64),
    RHYTHM(50, 30, 16, 1, 1, 2, MIX_MANY),
    TELL(27, THEIRS, SELF, 3, "life_crisis",
         "Told, standing outside {p}, that the marriage is ending. I said little and listened."),
    TELL(12, THEIRS, SELF, 3, "feelings", "Thanked me for not making anything of it. Sleeps badly, works much."),
    RHYTHM(12, 5, 9, 1, 0, 0, MIX_CALLS),
    PLANNED(-3, AT(10, 30), VIDEO, "Alarm routes for {p}"),
};

static const struct demo_beat tells_more[] = {
    FIRST(410),
    PURCHASE(230),
    RHYTHM(380, 15, 33, 1, 0, 2, MIX_MANY),
    TELL(260, OURS, BUSINESS, 3, NULL, NULL),
    TELL(190, OURS, BUSINESS, 3, NULL, NULL),
    TELL(120, OURS, SELF, 2, NULL, NULL),
    TELL(85, OURS, SELF, 2, NULL, NULL),
    MEET(85, MEETING, "Talked too much again. Asked two questions and got one short answer."),
};

static const struct demo_beat told_more[] = {
    FIRST(380),
    PURCHASE(200),
    RHYTHM(350, 18, 32, 1, 1, 2, MIX_MANY),
    TELL(160, THEIRS, BUSINESS, 2, NULL, NULL),
    TELL(74, THEIRS, BUSINESS, 2, NULL, NULL),
    QUESTION(18, 4, DEMO_OPEN, "How long does the battery last at −30 °C?"),
    MEET(160, MEETING, "Told me more about their plans than I had about ours. I owe an answer."),
};

static const struct demo_beat ended[] = {
    FIRST(960),
    RHYTHM(930, 740, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(790),
    RISE(620, 2),
    RHYTHM(590, 95, 33, 2, 2, 2, MIX_MANY),
    EVALUATE(96, RP_VIEWPOINT_CUSTOMER, 1, -1, 0, NULL),
    ENDED(58, "Their group has one supplier for all plants now. Rang to tell it in person and thanked for the years."),
    STEP(57, -20, DEMO_OPEN, "Write a card for the new year; no offer in it"),
    MEET(58, PHONE, "Rang to tell it in person: the group buys from one supplier now. We thanked each other."),
};

static const struct demo_beat left[] = {
    FIRST(890),
    PURCHASE(760),
    RHYTHM(870, 700, 24, 1, 1, 2, MIX_MANY),
    RISE(590, 2),
    PURCHASE(450),
    RHYTHM(570, 60, 26, 2, 2, 3, MIX_MANY),
    LEFT(47),
    STEP(46, -7, DEMO_OPEN, "Ask for an introduction to the new strategic buyer"),
    MEET(61, MEETING, "Last working lunch. The post in Uppsala was too good to refuse."),
};

static const struct demo_beat acknowledge[] = {
    FIRST(640),
    PURCHASE(430),
    RHYTHM(610, 16, 33, 1, 1, 2, MIX_MANY),
    BOUNDARY(500, OURS, SELF, 1, COMPANY_POLICY, DEMO_OPEN,
             "A tender is running next door: I keep my own matters out."),
    TELL(330, THEIRS, SELF, 2, NULL, NULL),
    TELL(210, THEIRS, SELF, 2, NULL, NULL),
    TELL(48, THEIRS, SELF, 2, NULL, NULL),
    EXCHANGE(150, BUSINESS, 1),
    MEET(48, MEETING, "A long coffee in {p}. I listened and kept my own things out, as agreed at home."),
};

static const struct demo_beat leaving[] = {
    PURPOSE("Hand over well: the agreement must not hang on one person."),
    FIRST(1040),
    RHYTHM(1020, 880, 20, 1, 1, 2, MIX_MANY),
    PURCHASE(900),
    RISE(760, 2),
    RHYTHM(740, 3, 24, 2, 2, 4, MIX_MANY),
    PURCHASE(280),
    TELL(21, THEIRS, BUSINESS, 2, "organisation", "Leaves at the end of the month, for a firm nearer home."),
    ACCEPTED(20, -5, "N04", DEMO_BEHIND_CONTACT,
             "Ask for an introduction, and start a new relationship with the successor"),
    PLANNED(-5, AT(15, 0), MEETING, "Farewell coffee and handing over"),
    MEET(21, MEETING,
         "Told me before the others: the last day is at the end of the month. We made a list of what must be handed "
         "over."),
};

static const struct demo_beat no_answer[] = {
    TRY(74),
    TRY(46),
    TRY(18),
};

/* Two whose data came from elsewhere, lately: they are still to be told. */
static const struct demo_beat cold[] = {
    TRY(20),
    TRY(7),
};

static const struct demo_beat met[] = {
    HELLO(24),
    HELLO(9),
};

static const struct demo_beat talking[] = {
    TRY(58),
    HELLO(40),
    HELLO(13),
};

static const struct demo_beat fresh[] = {
    TRY(92),
    FIRST(71),
    RHYTHM(52, 5, 21, 1, 1, 2, MIX_MANY),
    PROMISE(OURS, 5, -3, DEMO_OPEN,
            "Price a pilot with six points|Describe the interface on two pages|Lend a sensor for the spindle|Name "
            "two references"),
    PLANNED(-7, AT(9, 30), VIDEO,
            "Pilot: scope and dates|Interface: who reads what|Spindle test, first curves|Scope of a trial"),
};

static const struct demo_beat acquainted[] = {
    FIRST(830),
    RHYTHM(760, 20, 74, 1, 1, 2, MIX_MANY),
    PURCHASE(400),
};

static const struct demo_beat everyday[] = {
    FIRST(560),
    RHYTHM(530, 13, 30, 1, 1, 2, MIX_MANY),
    EXCHANGE(190, BUSINESS, 2),
    EXCHANGE(140, BUSINESS, 2),
    PURCHASE(230),
    PROMISE(THEIRS, 17, -6, DEMO_OPEN, "Send the drawings of line 2|Send the gearbox data of the west park"),
    PLANNED(0, AT(14, 30), VIDEO, "Seals and mounting points, drawing in hand|Gearbox data: what can be read already"),
};

static const struct demo_beat joint[] = {
    PURPOSE("A plan for three years, with open numbers."),
    FIRST(990),
    RHYTHM(970, 830, 18, 1, 1, 2, MIX_MANY),
    PURCHASE(860),
    RISE(720, 2),
    RHYTHM(700, 4, 21, 2, 2, 4, MIX_MANY),
    EXCHANGE(330, BUSINESS, 3),
    EXCHANGE(215, BUSINESS, 3),
    EXCHANGE(130, BUSINESS, 3),
    PURCHASE(260),
    PROMISE(OURS, 20, 1, DEMO_OPEN,
            "Send the price model with both margins in it|Send the draft of the three-year agreement"),
    STEP(20, -12, DEMO_OPEN, "Prepare the three-year plan with finance|Ask legal about the length of the agreement"),
    PLANNED(-1, AT(9, 0), MEETING, "Steering group, quarter review|Service agreement: numbers and lengths"),
    MEET(20, MEETING,
         "Laid both margins on the table, theirs and ours. An unusual silence, then a pencil.|Three years or five? The "
         "numbers speak for four."),
    MEET(130, MEETING,
         "Two hours on what we could do together by {y}; left with a sheet full of arrows.|Drew the joint service base "
         "on a napkin from the ferry."),
    EVALUATE(4, RP_VIEWPOINT_OWN, 4, 2, 1, NULL),
};

static const struct demo_beat no_trust[] = {
    FIRST(300),
    RHYTHM(275, 14, 36, 1, 0, 1, MIX_MANY),
    BOUNDARY(240, THEIRS, BUSINESS, 1, LACK_OF_TRUST, DEMO_OPEN,
             "Burnt by a supplier who passed drawings on. Wants to see us keep our word first."),
    PROMISE(OURS, 120, 113, 114, "Return all drawings after the offer"),
    PROMISE(OURS, 14, -4, DEMO_OPEN, "Send the signed confidentiality within the week"),
    DISMISSED(13, "N27", DEMO_BEHIND_RELATIONSHIP, "The firm is one person and two technicians; nobody else decides."),
    MEET(113, MEETING, "Brought all drawings back, as promised. Counted them, nodded, put the kettle on."),
};

static const struct demo_beat tender[] = {
    FIRST(420),
    RHYTHM(380, 24, 44, 1, 0, 1, MIX_MANY),
    BOUNDARY(200, THEIRS, BUSINESS, 1, LAW, -60, "Tender is open: equal treatment, questions only through the portal."),
    STEP(24, -15, DEMO_OPEN, "Hand in the tender before noon"),
    MEET(24, PORTAL, "Answered the eleven questions of the tender, each within the form, none beside it."),
};

static const struct demo_beat culture[] = {
    FIRST(780),
    RHYTHM(750, 18, 36, 1, 1, 2, MIX_MANY),
    PURCHASE(420),
    BOUNDARY(640, THEIRS, SELF, 1, CULTURE, DEMO_OPEN,
             "In this house one does not talk of home. Not coldness: custom."),
    TELL(90, THEIRS, BUSINESS, 2, NULL, NULL),
    TELL(90, OURS, BUSINESS, 2, NULL, NULL),
};

static const struct demo_beat policy[] = {
    FIRST(610),
    PURCHASE(300),
    RHYTHM(560, 35, 78, 1, 0, 1, MIX_MANY),
    BOUNDARY(540, THEIRS, BUSINESS, 1, COMPANY_POLICY, DEMO_OPEN,
             "Nothing about finances without the compliance file."),
    BOUNDARY(540, THEIRS, SELF, 0, COMPANY_POLICY, DEMO_OPEN, "No private matters with suppliers, by house rule."),
};

static const struct demo_beat written[] = {
    FIRST(470),
    RHYTHM(430, 10, 31, 1, 0, 2, MIX_WRITTEN),
    PROMISE(THEIRS, 20, 2, DEMO_OPEN, "Return the signed data agreement"),
};

static const struct demo_beat bought[] = {
    FIRST(540),
    PURCHASE(350),
    RHYTHM(505, 22, 30, 1, 1, 2, MIX_MANY),
    PURCHASE_AS(
        10, "Order signed: sensors for {m}. Wants to mount them with their own people before the stop.|The new rig is "
            "ordered, our sensors with it. Cake with the designers."),
    STEP(10, -1, DEMO_OPEN, "Ring on the day the boxes arrive|Ask whether the first boxes are unpacked"),
};

static const struct demo_beat fell_short[] = {
    FIRST(460),
    PURCHASE(240),
    RHYTHM(430, 36, 32, 1, 1, 2, MIX_MANY),
    FELL_SHORT(26, "Demonstration in the cold: the battery gave up after an hour. Embarrassing; we said so.",
               "a whole working day of measurements on the crane"),
    EVALUATE(25, RP_VIEWPOINT_CUSTOMER, 1, 0, -1, "Half a day in the cold for nothing."),
    PROMISE(OURS, 26, -6, DEMO_OPEN, "Come back with the winter battery"),
};

static const struct demo_beat stale[] = {
    FIRST(700),
    PURCHASE(480),
    RHYTHM(665, 330, 35, 1, 1, 2, MIX_MANY),
    RHYTHM(300, 19, 36, 1, 1, 0, MIX_MANY),
};

static const struct demo_beat quiet[] = {
    FIRST(900),
    RHYTHM(870, 690, 30, 1, 1, 2, MIX_MANY),
    PURCHASE(740),
    RISE(580, 2),
    RHYTHM(555, 128, 31, 2, 2, 3, MIX_MANY),
    TRY(70),
    TELL(129, THEIRS, BUSINESS, 2, NULL, NULL),
    PROMISE(THEIRS, 129, 100, DEMO_OPEN, "Ring back when the busy season is over|Send the photos of the main bearing"),
    MEET(129, MEETING,
         "Busy season ahead; will ring back when it is over.|Off to the west park for the season, little signal there. "
         "Photos of the bearing to follow."),
};

static const struct demo_beat successor[] = {
    TRY(9),
    PLANNED(-5, AT(15, 30), MEETING, "First meeting, introduced by the predecessor"),
};

static const struct demo_beat hearsay[] = {
    FIRST(340),
    RHYTHM(310, 21, 40, 1, 1, 2, MIX_MANY),
    TELL_AS(66, THEIRS, BUSINESS, 2, DEMO_TELL_HEARSAY, "organisation",
            "Heard in the canteen: may become head of the new water company.", NULL),
    TELL_AS(30, THEIRS, SELF, 2, DEMO_TELL_HEARSAY, "family",
            "Somebody said there is a wedding in the family. Not for me to bring up.", NULL),
};

static const struct demo_beat special[] = {
    FIRST(590),
    RHYTHM(560, 5, 34, 1, 1, 2, MIX_MANY),
    PURCHASE(300),
    TELL_AS(41, THEIRS, SELF, 2, 0, "health", "Has been through treatment since the summer and tires in the afternoon.",
            NULL),
    TELL(100, THEIRS, SELF, 2, NULL, NULL),
    TELL(70, OURS, SELF, 2, NULL, NULL),
    TELL(41, OURS, SELF, 2, NULL, NULL),
};

static const struct demo_beat plain[] = {
    FIRST(490),
    PURCHASE(290),
    RHYTHM(455, 25, 38, 1, 1, 2, MIX_MANY),
};

#define ARC(beats_, tier_) \
  { #beats_, (tier_), (beats_), sizeof(beats_) / sizeof((beats_)[0]) }
const struct demo_arc demo_arcs[ARC_COUNT] = {
    [ARC_STEADY] = ARC(steady, RP_TIER_B),
    [ARC_DEEPENED] = ARC(deepened, RP_TIER_B),
    [ARC_PERSONAL] = ARC(personal, RP_TIER_A),
    [ARC_PERSONAL_NEW] = ARC(personal_new, RP_TIER_A),
    [ARC_PRIVATE] = ARC(private_person, RP_TIER_B),
    [ARC_KEEPS_APART] = ARC(keeps_apart, RP_TIER_B),
    [ARC_FELL_SILENT] = ARC(fell_silent, RP_TIER_B),
    [ARC_CAME_BACK] = ARC(came_back, RP_TIER_B),
    [ARC_REPAIRED] = ARC(repaired, RP_TIER_A),
    [ARC_INCIDENT] = ARC(incident_open, RP_TIER_B),
    [ARC_BREACH] = ARC(breach, RP_TIER_B),
    [ARC_COSTLY] = ARC(costly, RP_TIER_B),
    [ARC_UNHAPPY] = ARC(unhappy, RP_TIER_B),
    [ARC_WITHDRAWN] = ARC(withdrawn, RP_TIER_B),
    [ARC_EARLY] = ARC(early, RP_TIER_B),
    [ARC_TELLS_MORE] = ARC(tells_more, RP_TIER_B),
    [ARC_TOLD_MORE] = ARC(told_more, RP_TIER_B),
    [ARC_ENDED] = ARC(ended, RP_TIER_B),
    [ARC_LEFT] = ARC(left, RP_TIER_B),
    [ARC_ACKNOWLEDGE] = ARC(acknowledge, RP_TIER_B),
    [ARC_LEAVING] = ARC(leaving, RP_TIER_B),
    [ARC_NO_ANSWER] = ARC(no_answer, RP_TIER_C),
    [ARC_COLD] = ARC(cold, RP_TIER_C),
    [ARC_MET] = ARC(met, RP_TIER_C),
    [ARC_TALKING] = ARC(talking, RP_TIER_C),
    [ARC_NEW] = ARC(fresh, RP_TIER_B),
    [ARC_ACQUAINTED] = ARC(acquainted, RP_TIER_C),
    [ARC_EVERYDAY] = ARC(everyday, RP_TIER_B),
    [ARC_JOINT] = ARC(joint, RP_TIER_A),
    [ARC_NO_TRUST] = ARC(no_trust, RP_TIER_B),
    [ARC_TENDER] = ARC(tender, RP_TIER_B),
    [ARC_CULTURE] = ARC(culture, RP_TIER_B),
    [ARC_POLICY] = ARC(policy, RP_TIER_C),
    [ARC_WRITTEN] = ARC(written, RP_TIER_B),
    [ARC_BOUGHT] = ARC(bought, RP_TIER_B),
    [ARC_FELL_SHORT] = ARC(fell_short, RP_TIER_B),
    [ARC_STALE] = ARC(stale, RP_TIER_B),
    [ARC_QUIET] = ARC(quiet, RP_TIER_B),
    [ARC_SUCCESSOR] = ARC(successor, RP_TIER_B),
    [ARC_HEARSAY] = ARC(hearsay, RP_TIER_B),
    [ARC_SPECIAL] = ARC(special, RP_TIER_B),
    [ARC_PLAIN] = ARC(plain, RP_TIER_B),
};
