/**
 * @file firmware/sip/sip.h  The SIP port: values in, values out
 *
 * The one door to libre and baresip (whose own names begin with sip_ too:
 * hence sip_stack_). Events come from the event loop, and
 * also from inside the port's own functions (a hang-up can report the end of
 * the call before it returns): whoever takes them queues them.
 */
#ifndef RINGFENCE_SIP_H
#define RINGFENCE_SIP_H

#include "app/call/command.h"
#include "app/call/event.h"
#include "app/call/tone.h"

typedef void(sip_event_h)(const struct phone_event *ev, void *arg);

/**
 * What the phone can ask of a SIP stack
 *
 * Each operation returns 0 or errno; ENOENT: the call is gone, and its
 * EV_CLOSED has come or comes. After an error of dial or refuse nothing
 * follows for the id.
 */
struct sip_port {
	/** Let a call that came in ring: 180 */
	int (*accept)(void *ctx, uint32_t id);

	/** Refuse a call that was not accepted; its EV_CLOSED does not come */
	int (*refuse)(void *ctx, uint32_t id, const struct refusal *r);

	/** Take a call that rings: 200, and its audio starts on that path;
	    any error but ENOENT: there is no audio, the call still rings and
	    has to be rejected */
	int (*answer)(void *ctx, uint32_t id, enum audio_path path);

	/** Refuse a call that rings */
	int (*reject)(void *ctx, uint32_t id, const struct refusal *r);

	/** End a call: BYE, or CANCEL if it is ours and not answered */
	int (*hangup)(void *ctx, uint32_t id);

	/** Call; EINVAL: no SIP address; ENOENT or EADDRNOTAVAIL: no such
	    name */
	int (*dial)(void *ctx, uint32_t id, unsigned account,
		    const char *uri);

	int (*hold)(void *ctx, uint32_t id, bool on);
	int (*mute)(void *ctx, uint32_t id, bool on);
	int (*dtmf)(void *ctx, uint32_t id, char digit);

	/** Send a text, RFC 3428; what came of it is logged only. EINVAL:
	    no SIP address */
	int (*message)(void *ctx, unsigned account, const char *uri,
		       const char *text);
};

enum {
	SIP_SECRET_MAX  = 128,
	SIP_ADDRESS_MAX = 80,
	SIP_DEVICE_MAX  = 64,
	SIP_BOUND_MAX   = 8, /**< addresses that the phone listens on */
};

/** From whom an account takes anything at all; each includes the one above */
enum sip_accept {
	SIP_ACCEPT_DEFAULT, /**< not set: only while it is being read */
	SIP_ACCEPT_ACCOUNT, /**< its registrar, its outbound proxy    */
	SIP_ACCEPT_LAN,     /**< private addresses                    */
	SIP_ACCEPT_ANYONE,
};

struct sip_account {
	char name[POLICY_NAME_MAX];
	char user[NUMBER_MAX * 2];
	char domain[PARTY_URI_MAX];    /**< host[:port]                   */
	char auth_user[NUMBER_MAX * 2];
	char password[SIP_SECRET_MAX]; /**< "" if there is none           */
	char registrar[PARTY_URI_MAX]; /**< "sip:host[:port]"             */
	bool registers;
	enum sip_accept accept;
};

struct sip_config {
	char listen[SIP_ADDRESS_MAX]; /**< "127.0.0.1:5060", port 0: any  */
	char dns[SIP_ADDRESS_MAX];    /**< "127.0.0.1:53", "": the system's */
	/** "auto", "null" or ALSA's name; "": as audio.device, which is
	    "auto" then */
	struct {
		char device[SIP_DEVICE_MAX];
		char path[AUDIO_PATH_COUNT][SIP_DEVICE_MAX];
		char ring[SIP_DEVICE_MAX];
	} audio;
	char display_name[PARTY_NAME_MAX]; /**< in From, "" if none       */
	struct sip_account account[PHONE_ACCOUNT_MAX];
	size_t accountc;
};

/** RTP of the call that talks */
struct sip_media {
	char codec[32];
	uint32_t sent, received; /**< packets */
};

struct sip_stack;

/**
 * Start the stack: bind, load codecs, register the accounts that register
 *
 * The event loop of libre must be initialised (libre_init) and is run by the
 * caller (re_main).
 *
 * @param sipp   Set to the stack; its port's ctx is this pointer
 * @param cfg    Copied
 * @param eventh Called for each event, see above
 * @param arg    Handler argument
 * @param what   Set on failure to what is wrong and what to do
 * @param size   Bytes at what
 *
 * @return 0 or errno
 */
int sip_stack_open(struct sip_stack **sipp, const struct sip_config *cfg,
		   sip_event_h *eventh, void *arg, char *what, size_t size);

/** End all calls, unregister, free everything; NULL is ignored */
void sip_stack_close(struct sip_stack *sip);

/** The port of an opened stack */
extern const struct sip_port sip_stack_port;

/** The i-th bound address, "udp:127.0.0.1:5060"; ENOENT behind the last */
int sip_stack_bound(const struct sip_stack *sip, size_t i,
		    char address[SIP_ADDRESS_MAX]);

/**
 * What is heard, and where, from now on
 *
 * A tone that is the same as before goes on, and so does a call; both move to
 * the path's device if that is another. A tone that rings is heard on the
 * ring's device, whatever the path.
 *
 * @param sip  The stack
 * @param tone Tone, TONE_NONE: silence
 * @param path Where calls and their tones are heard
 */
void sip_stack_sound(struct sip_stack *sip, enum tone tone,
		     enum audio_path path);

/** @return the audio device of a path, "null" where there is no card */
const char *sip_stack_audio_device(const struct sip_stack *sip,
				   enum audio_path path);

/** How often strangers sent something that was ignored (enum sip_accept) */
uint64_t sip_stack_ignored(const struct sip_stack *sip);

/** RTP of the call that talks; ENOENT if none does */
int sip_stack_media(const struct sip_stack *sip, struct sip_media *m);

#endif
