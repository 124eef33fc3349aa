/**
 * @file firmware/sip/audio_path.h  Which device a call and its tones use
 *
 * To baresip there is one device, "path". Behind it is that of the handset
 * or of the speaker, and a call that runs is moved from one to the other
 * without being told.
 */
#ifndef RINGFENCE_SIP_AUDIO_PATH_H
#define RINGFENCE_SIP_AUDIO_PATH_H

#include "firmware/sip/stack.h"

/** What baresip's configuration calls it, as "module,device" */
#define AUDIO_PATH_DEVICE "path,call"

/** Fill in what the settings leave open: afterwards each device is "null" or
    ALSA's name */
void audio_path_choose(struct sip_stack *stack);

/** @return baresip's module for a device */
const char *audio_path_module(const char *device);

/** @return the device on which a tone is heard now */
const char *audio_path_tone_device(const struct sip_stack *stack,
				   enum tone tone);

/** From now on; what sounds on the path is moved, if that is a change of
    device */
void audio_path_set(struct sip_stack *stack, enum audio_path path);

/** Make "path" and what is behind it known to baresip */
int audio_path_register(struct sip_stack *stack);

/** Take it back, when all calls are gone */
void audio_path_unregister(struct sip_stack *stack);

#endif
