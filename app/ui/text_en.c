/**
 * @file app/ui/text_en.c  The words on the screen in English
 */
#include "app/ui/text_id.h"

enum {
	MINUTE_S = 60,
	HOUR_S   = 3600,
	DAY_S    = 86400,
};

static const char *const word[TEXT_COUNT] = {
	[TEXT_CLOCK_UNSET]       = "--:--  time not set",
	[TEXT_CLOCK_UNSET_SHORT] = "--:-- not set",
	[TEXT_HOURS_UNSET]       = "hours don't decide",
	[TEXT_OPEN]              = "open",
	[TEXT_OPEN_UNTIL]        = "open until ",
	[TEXT_CLOSED]            = "closed",
	[TEXT_CLOSED_UNTIL]      = "closed until ",
	[TEXT_NO_ACCOUNT]        = "no account",

	[TEXT_DIALLING]          = "Dial",
	[TEXT_DIAL_EMPTY]        = "Enter a number",
	[TEXT_DIAL_SEND]         = "# or answer calls",
	[TEXT_CALLING]           = "Calling",
	[TEXT_RINGBACK]          = "Ringing there",
	[TEXT_INCOMING]          = "Incoming",
	[TEXT_SILENCED]          = "silenced",
	[TEXT_ANSWERING]         = "Answering",
	[TEXT_TALKING]           = "Talking",
	[TEXT_HELD]              = "On hold",
	[TEXT_HELD_REMOTELY]     = "they put you on hold",
	[TEXT_ANONYMOUS]         = "Anonymous",
	[TEXT_NUMBER_WITHHELD]   = "number withheld",

	[TEXT_RESULT]            = "Call ended",
	[TEXT_WHO]               = ":",
	[TEXT_FROM]              = "from ",
	[TEXT_AGAIN]             = "again ",
	[TEXT_IN]                = "in ",
	[TEXT_NOW]               = "now",

	[TEXT_REFUSED]           = "Declined",
	[TEXT_RULE_END]          = ",",
	[TEXT_LINE]              = "line ",
	[TEXT_SENT]              = " sent",
	[TEXT_MISSED_CALL]       = "Missed call",
	[TEXT_REMIND]            = "Call again?",
	[TEXT_REMIND_WHY]        = "as you asked",

	[TEXT_CALLS]             = "Calls",
	[TEXT_MISSED]            = "Missed",
	[TEXT_CALLS_EMPTY]       = "No calls yet",
	[TEXT_MISSED_EMPTY]      = "No missed calls",
	[TEXT_MISSED_ENTRY]      = "missed",
	[TEXT_DECLINED]          = "declined: ",
	[TEXT_DECLINED_BY_YOU]   = "declined by you",
	[TEXT_CANCELLED_BY_YOU]  = "cancelled by you",
	[TEXT_ANSWERED]          = "answered, ",
	[TEXT_CALLED]            = "called, ",
	[TEXT_WHY]               = "Why",
	[TEXT_NO_TIME]           = "no time",
	[TEXT_LINE_IN_FILE]      = "line in the file: ",
	[TEXT_INFO]              = "Info",

	[TEXT_DECLINE_WITH]      = "Decline with",
	[TEXT_TO_VOICEMAIL]      = "sent to voicemail",
	[TEXT_BLOCKED]           = "Blocked",
	[TEXT_BLOCKED_WHY]       = "won't ring any more",
	[TEXT_UNBLOCKED]         = "Unblocked",
	[TEXT_UNBLOCKED_WHY]     = "may ring again",
	[TEXT_NOT_SAVED]         = "Not saved",
	[TEXT_DND_UNTIL]         = "quiet until ",
	[TEXT_DND_STILL]         = "quiet for ",
	[TEXT_EMERGENCY]         = "emergency: all ring",
	[TEXT_DND]               = "Do not disturb",
	[TEXT_DND_FOR]           = "for ",
	[TEXT_DND_MIDNIGHT]      = "till midnight",
	[TEXT_DND_EVER]          = "till I end it",
	[TEXT_DND_OFF]           = "off",
};

/** All that is said of a result */
static const struct {
	const char *title, *advice;
	struct text_frame about;
	const char *cause;
} result[STATUS_MEANING_COUNT] = {
	[STATUS_NOT_AVAILABLE] = {"Not available", "Try again later",
				  {"", "", "can't talk now"}, ""},
	[STATUS_BUSY] = {"Busy", "Try again soon",
			 {"", "", "is on a call"}, ""},
	[STATUS_DECLINED] = {"Call declined", "Call again later",
			     {"by ", ",", "likely"}, ""},
	[STATUS_UNWANTED] = {"Call unwanted", "Don't call again",
			     {"by ", ",", "likely"}, ""},
	[STATUS_BLOCKED] = {"Call blocked", "Ask to be let in",
			    {"", "", ""}, "by a call filter"},
	[STATUS_NOT_FOUND] = {"No such number", "Check the number",
			      {"", "", ""}, ""},
	[STATUS_MOVED] = {"Moved", "Ask for the new one", {"", "", ""}, ""},
	[STATUS_NO_ANSWER] = {"No answer", "Try again later",
			      {"", "", "didn't answer"}, ""},
	[STATUS_ANONYMOUS] = {"Number withheld", "Show your number",
			      {"", "", ""}, "They ask for it"},
	[STATUS_REFUSED] = {"Call refused", "Ask their admin",
			    {"", "", ""}, ""},
	[STATUS_NOT_ALLOWED] = {"Not allowed", "Check the account",
				{"", "", ""}, ""},
	[STATUS_NO_COMMON] = {"No common codec", "Ask your admin",
			      {"", "", ""}, ""},
	[STATUS_SERVER] = {"Server trouble", "Try again later",
			   {"", "", ""}, ""},
	[STATUS_GLOBAL] = {"Refused for all", "Write instead",
			   {"", "", ""}, ""},
	[STATUS_TIMEOUT] = {"No response", "Check the network",
			    {"", "", ""}, "Nothing came back"},
	[STATUS_DNS] = {"Name not found", "Check the address",
			{"", "", ""}, ""},
	[STATUS_CONNECTION] = {"No connection", "Check the network",
			       {"", "", ""}, ""},
	[STATUS_MEDIA] = {"No audio", "Ask your admin",
			  {"", "", ""}, "Codec or sound card"},
	[STATUS_ADDRESS] = {"Not an address", "Check the number",
			    {"", "", ""}, ""},
};

static const char *const softkey[SOFTKEY_KINDS] = {
	[SOFTKEY_NONE]   = "",
	[SOFTKEY_ANSWER] = "Answ",
	[SOFTKEY_SILENCE] = "Silen",
	[SOFTKEY_REJECT] = "Rejct",
	[SOFTKEY_END]    = "End",
	[SOFTKEY_CANCEL] = "Cancl",
	[SOFTKEY_HOLD]   = "Hold",
	[SOFTKEY_RESUME] = "Resum",
	[SOFTKEY_MUTE]   = "Mute",
	[SOFTKEY_UNMUTE] = "Unmut",
	[SOFTKEY_CALL]   = "Call",
	[SOFTKEY_DELETE] = "Del",
	[SOFTKEY_RETRY]  = "Retry",
	[SOFTKEY_REMIND] = "Remnd",
	[SOFTKEY_OK]     = "OK",
	[SOFTKEY_CALLS]  = "Calls",
	[SOFTKEY_MISSED] = "Miss",
	[SOFTKEY_DND]    = "DND",
	[SOFTKEY_INFO]   = "Info",
	[SOFTKEY_WHY]    = "Why",
	[SOFTKEY_BACK]   = "Back",
	[SOFTKEY_MESSAGE] = "Text",
	[SOFTKEY_SEND]   = "Send",
	[SOFTKEY_VOICEMAIL] = "Voice",
	[SOFTKEY_BLOCK]  = "Block",
	[SOFTKEY_UNBLOCK] = "Allow",
	[SOFTKEY_UNDO]   = "Undo",
	[SOFTKEY_SET]    = "Set",
};

/** Why a call was refused or not taken, in a sentence and in a word */
static const struct {
	const char *sentence, *word;
} decided[DECIDED_COUNT] = {
	[DECIDED_NONE]      = {"hung up", "hung up"},
	[DECIDED_USER]      = {"by you", "by you"},
	[DECIDED_EMERGENCY] = {"emergency call-back", "emergency"},
	[DECIDED_BLOCK]     = {"blocked by you", "blocked by you"},
	[DECIDED_RULE]      = {"rule ", "rule "},
	[DECIDED_HOURS]     = {"outside opening hours", "opening hours"},
	[DECIDED_DND]       = {"do not disturb", "do not disturb"},
	[DECIDED_LIMIT]     = {"too many calls", "too many calls"},
	[DECIDED_BUSY]      = {"you were in a call", "you were busy"},
	[DECIDED_NO_ANSWER] = {"nobody answered", "nobody answered"},
	[DECIDED_CALLER]    = {"the caller gave up", "caller gave up"},
	[DECIDED_REMOTE]    = {"the far end", "the far end"},
	[DECIDED_NETWORK]   = {"the network", "the network"},
	[DECIDED_PHONE]     = {"no audio", "no audio"},
};

static const char *const not_saved[PHONE_SAVE_WHY_COUNT] = {
	[PHONE_SAVE_NOWHERE]   = "no folder to keep it",
	[PHONE_SAVE_FULL]      = "no room left",
	[PHONE_SAVE_READ_ONLY] = "memory is read-only",
	[PHONE_SAVE_OTHER]     = "see the log",
};

static const struct {
	const char *sentence, *word;
} registration[] = {
	[PHONE_REG_OFF]     = {"direct calls", "direct"},
	[PHONE_REG_PENDING] = {"registering", "registering"},
	[PHONE_REG_OK]      = {"registered", "registered"},
	[PHONE_REG_FAILED]  = {"not registered", "failed"},
};


const char *text_get(enum text id)
{
	return (unsigned)id < TEXT_COUNT ? word[id] : "";
}


const char *text_softkey(enum softkey key)
{
	return (unsigned)key < SOFTKEY_KINDS ? softkey[key] : "";
}


const char *text_title(enum status_meaning meaning)
{
	return result[meaning].title;
}


const char *text_advice(enum status_meaning meaning)
{
	return result[meaning].advice;
}


struct text_frame text_about(enum status_meaning meaning)
{
	return result[meaning].about;
}


const char *text_cause(enum status_meaning meaning)
{
	return result[meaning].cause;
}


const char *text_refused_by(enum decided_by by)
{
	return decided[by].sentence;
}


const char *text_decided_by(enum decided_by by)
{
	return decided[by].word;
}


const char *text_not_saved(enum phone_save_why why)
{
	return not_saved[why];
}


const char *text_registration(enum phone_reg reg)
{
	return registration[reg].sentence;
}


const char *text_registration_short(enum phone_reg reg)
{
	return registration[reg].word;
}


void text_time(struct line *l, const struct civil *c)
{
	line_uint(l, c->hour, 2);
	line_str(l, ":");
	line_uint(l, c->min, 2);
}


void text_weekday(struct line *l, const struct civil *c)
{
	static const char *const name[] = {
		"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su",
	};

	line_str(l, name[c->weekday]);
}


void text_day(struct line *l, const struct civil *c)
{
	line_uint(l, c->day, 2);
	line_str(l, ".");
	line_uint(l, c->month, 2);
	line_str(l, ".");
}


void text_timer(struct line *l, uint64_t s)
{
	if (s >= HOUR_S) {
		line_uint(l, s / HOUR_S, 1);
		line_str(l, ":");
	}
	line_uint(l, s % HOUR_S / MINUTE_S, 2);
	line_str(l, ":");
	line_uint(l, s % MINUTE_S, 2);
}


void text_span(struct line *l, uint64_t s)
{
	const uint64_t two_days_s = 2 * DAY_S;

	if (s < MINUTE_S) {
		line_uint(l, s, 1);
		line_str(l, " s");
	}
	else if (s >= two_days_s) {
		line_uint(l, s / DAY_S, 1);
		line_str(l, " days");
	}
	else {
		if (s >= HOUR_S) {
			line_uint(l, s / HOUR_S, 1);
			line_str(l, " h");
		}
		if (s % HOUR_S >= MINUTE_S) {
			line_str(l, s >= HOUR_S ? " " : "");
			line_uint(l, s % HOUR_S / MINUTE_S, 1);
			line_str(l, " min");
		}
	}
}
