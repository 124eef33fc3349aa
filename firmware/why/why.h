/**
 * @file firmware/why/why.h  What would happen to a call, and why
 *
 * Asks the same functions as a call that comes in, with the same value. It
 * changes nothing, and rings nowhere.
 */
#ifndef RINGFENCE_WHY_H
#define RINGFENCE_WHY_H

#include "app/call/phone.h"
#include "firmware/config/config.h"

struct odict;

enum {
	WHY_HEADER_MAX = 32,
	WHY_WHAT_MAX = 256, /**< bytes of an error's text, with its NUL */
};

/** What is asked, as it was written; "" or NULL where nothing was */
struct why_question {
	const char *from;    /**< an address, or digits             */
	const char *name;    /**< display name                      */
	const char *account; /**< that is called, the first if none */
	const char *at;      /**< when, now if none                 */
	const char *header[WHY_HEADER_MAX];
	size_t headerc;
	const char *invite; /**< path of a message, in place of from, name,
			         account and headers                     */
	bool trusted;       /**< it comes from our own server            */

	/* For a phone that does not run; one that does knows it itself */
	bool dnd, busy, emergency;
	uint32_t called_before_min; /**< 0: not at all */
	uint16_t others;            /**< contacts of the account beside ours */
	bool sip_607;

	const char *config; /**< path of the configuration        */
	bool json;          /**< answer as JSON                    */
};

/** A rule that was passed over */
struct why_passed {
	const struct policy_rule *rule;
	const struct policy_match *failed;
};

/** What would happen; points into the policy */
struct why_answer {
	struct caller caller;
	struct now now; /**< when */
	const struct zone *zone; /**< the hours' */
	struct verdict verdict;
	struct refusal refusal; /**< if it is refused */
	char number[NUMBER_MAX]; /**< the caller's, as rules compare it */
	struct why_passed *passed; /**< in their order; free it */
	size_t passedc, passed_max;
	bool out_of_memory;
};

/**
 * Read a question from words
 *
 * @param q     Set; points into argv
 * @param argc  How many words
 * @param argv  The words: "--from", "sip:...", ...
 * @param alone No phone runs: -c and the states are for it
 * @param what  Set on failure to what is wrong and what to write
 *
 * @return 0 or EINVAL
 */
int why_question_read(struct why_question *q, int argc, char *const *argv,
		      bool alone, char what[WHY_WHAT_MAX]);

/**
 * Ask a phone
 *
 * @param a    Set; why_answer_free it, also on failure
 * @param q    Question
 * @param p    The phone, whose state counts
 * @param sip  Its accounts
 * @param now  The time, if the question says none
 * @param what Set on failure to what is wrong and what to write
 *
 * @return 0, EBADMSG, ENOENT no such account, ENOMEM, or errno of reading
 */
int why_ask(struct why_answer *a, const struct why_question *q,
	    const struct phone *p, const struct sip_config *sip,
	    const struct now *now, char what[WHY_WHAT_MAX]);

void why_answer_free(struct why_answer *a);

/** Bring a phone at rest into the state that a question describes */
void why_phone_prepare(struct phone *p, const struct why_question *q,
		       const struct caller *caller, const struct now *now);

/** Add an answer to an object: docs/interface.md, "Why" */
int why_answer_put(struct odict *o, const struct why_answer *a,
		   const char *path);

/** Print an answer for people */
void why_answer_print(const struct why_answer *a, const char *path);

/** `ringfence why`, what is wrong to standard error; @return the exit code */
int why_command(int argc, char *const *argv);

#endif
