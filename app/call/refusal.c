/**
 * @file app/call/refusal.c  What follows from the code of a refusal
 */
#include "app/call/command.h"

#include <string.h>

/* Q.850 causes */
enum {
	Q850_USER_BUSY = 17,
	Q850_NO_ANSWER = 19,
	Q850_CALL_REJECTED = 21,
};


static const struct {
	uint16_t scode;
	const char *phrase;
} phrase_table[] = {
	{302, "Moved Temporarily"},
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{402, "Payment Required"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{406, "Not Acceptable"},
	{407, "Proxy Authentication Required"},
	{408, "Request Timeout"},
	{410, "Gone"},
	{412, "Conditional Request Failed"},
	{413, "Request Entity Too Large"},
	{414, "Request-URI Too Long"},
	{415, "Unsupported Media Type"},
	{416, "Unsupported URI Scheme"},
	{417, "Unknown Resource-Priority"},
	{420, "Bad Extension"},
	{421, "Extension Required"},
	{422, "Session Interval Too Small"},
	{423, "Interval Too Brief"},
	{424, "Bad Location Information"},
	{425, "Bad Alert Message"},
	{428, "Use Identity Header"},
	{429, "Provide Referrer Identity"},
	{430, "Flow Failed"},
	{433, "Anonymity Disallowed"},
	{436, "Bad Identity Info"},
	{437, "Unsupported Credential"},
	{438, "Invalid Identity Header"},
	{439, "First Hop Lacks Outbound Support"},
	{440, "Max-Breadth Exceeded"},
	{469, "Bad Info Package"},
	{470, "Consent Needed"},
	{480, "Temporarily Unavailable"},
	{481, "Call/Transaction Does Not Exist"},
	{482, "Loop Detected"},
	{483, "Too Many Hops"},
	{484, "Address Incomplete"},
	{485, "Ambiguous"},
	{486, "Busy Here"},
	{487, "Request Terminated"},
	{488, "Not Acceptable Here"},
	{489, "Bad Event"},
	{491, "Request Pending"},
	{493, "Undecipherable"},
	{494, "Security Agreement Required"},
	{500, "Server Internal Error"},
	{501, "Not Implemented"},
	{502, "Bad Gateway"},
	{503, "Service Unavailable"},
	{504, "Server Time-out"},
	{505, "Version Not Supported"},
	{513, "Message Too Large"},
	{555, "Push Notification Service Not Supported"},
	{580, "Precondition Failure"},
	{600, "Busy Everywhere"},
	{603, "Decline"},
	{604, "Does Not Exist Anywhere"},
	{606, "Not Acceptable"},
	{607, "Unwanted"},
	{608, "Rejected"},
};


static const struct {
	uint16_t scode;
	uint16_t q850;
	const char *text;
} reason_table[] = {
	{480, Q850_NO_ANSWER, "No Answer"},
	{486, Q850_USER_BUSY, "User Busy"},
	{600, Q850_USER_BUSY, "User Busy"},
	{603, Q850_CALL_REJECTED, "Call Rejected"},
};


const char *refusal_phrase(uint16_t scode)
{
	const size_t n = sizeof(phrase_table) / sizeof(phrase_table[0]);

	for (size_t i = 0; i < n; i++) {
		if (phrase_table[i].scode == scode)
			return phrase_table[i].phrase;
	}

	return "Declined";
}


void refusal_init(struct refusal *r, uint16_t scode)
{
	const size_t n = sizeof(reason_table) / sizeof(reason_table[0]);

	memset(r, 0, sizeof(*r));
	r->scode = scode;
	r->phrase = refusal_phrase(scode);

	for (size_t i = 0; i < n; i++) {
		if (reason_table[i].scode != scode)
			continue;

		r->q850 = reason_table[i].q850;
		r->reason = reason_table[i].text;
	}
}


void refusal_from_verdict(struct refusal *r, const struct verdict *v)
{
	refusal_init(r, v->scode);
	r->has_retry_after = v->has_retry_after;
	r->retry_after_s = v->retry_after_s;
	text_copy(r->contact, sizeof(r->contact), v->uri);
}
