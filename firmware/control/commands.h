/**
 * @file firmware/control/commands.h  What can be asked at the control socket
 *
 * One row a command. A command looks, or hands the phone an event; it never
 * changes the phone's state itself.
 */
#ifndef RINGFENCE_CONTROL_COMMANDS_H
#define RINGFENCE_CONTROL_COMMANDS_H

#include <stdbool.h>

enum {
	COMMAND_WORD_MAX = 80,  /**< words of a line, the command first  */
	COMMAND_WHAT_MAX = 512, /**< bytes of an error's text, with NUL  */
};

struct control_client;
struct odict;
struct shell;
struct taps;

struct request {
	struct shell *sh;
	struct taps *taps;
	struct control_client *client;

	int argc;
	char *argv[COMMAND_WORD_MAX];

	struct odict *answer; /**< has "ok": true; a command adds to it    */
	char what[COMMAND_WHAT_MAX]; /**< what is wrong, after a failure   */
	bool later; /**< out: control_answer will come                     */
	bool watch; /**< out: send `show` now and at each change           */
	bool quit;  /**< out: end the phone when the answer was sent       */
};

/**
 * Run a line
 *
 * @param rq   Request; sh, taps, client and answer are set, the rest 0
 * @param line Terminated, without its newline; is cut into words
 *
 * @return 0, or errno with rq->what set
 */
int command_run(struct request *rq, char *line);

#endif
