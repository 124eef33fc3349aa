/**
 * @file app/call/softkey.h  What the four keys below the screen can mean
 *
 * Values only; what is offered in a state is phone_softkeys' decision, the
 * labels are app/ui's.
 */
#ifndef RINGFENCE_SOFTKEY_H
#define RINGFENCE_SOFTKEY_H

enum {
	SOFTKEY_COUNT_MAX = 4, /**< keys below the screen */
};

#define SOFTKEY_TABLE(X)                                                      \
	X(NONE, "")                                                           \
	X(ANSWER, "answer")                                                   \
	X(SILENCE, "silence")                                                 \
	X(REJECT, "reject")                                                   \
	X(END, "end")                                                         \
	X(CANCEL, "cancel")                                                   \
	X(HOLD, "hold")                                                       \
	X(RESUME, "resume")                                                   \
	X(MUTE, "mute")                                                       \
	X(UNMUTE, "unmute")                                                   \
	X(CALL, "call")                                                       \
	X(DELETE, "delete")                                                   \
	X(RETRY, "retry")                                                     \
	X(REMIND, "remind")                                                   \
	X(OK, "ok")                                                           \
	X(CALLS, "calls")                                                     \
	X(MISSED, "missed")                                                   \
	X(DND, "dnd")                                                         \
	X(INFO, "info")                                                       \
	X(WHY, "why")                                                         \
	X(MESSAGE, "message")     /* decline with a text */                   \
	X(SEND, "send")                                                       \
	X(VOICEMAIL, "voicemail") /* send the call there */                   \
	X(BLOCK, "block")                                                     \
	X(UNBLOCK, "unblock")                                                 \
	X(UNDO, "undo")                                                       \
	X(SET, "set")                                                         \
	X(BACK, "back")

enum softkey {
#define X(id, name) SOFTKEY_##id,
	SOFTKEY_TABLE(X)
#undef X
	SOFTKEY_KINDS
};

/** @return its name in `show`, "" for SOFTKEY_NONE, NULL if it is none */
const char *softkey_name(enum softkey key);

#endif
