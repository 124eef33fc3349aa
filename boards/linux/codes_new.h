/**
 * @file boards/linux/codes_new.h  Codes newer than the oldest headers that
 * this builds on
 */
#ifndef RINGFENCE_LINUX_CODES_NEW_H
#define RINGFENCE_LINUX_CODES_NEW_H

#ifndef KEY_LINK_PHONE
#define KEY_LINK_PHONE 0x1bf
#endif

#ifndef KEY_REFRESH_RATE_TOGGLE
#define KEY_REFRESH_RATE_TOGGLE 0x232
#endif

#ifndef KEY_DO_NOT_DISTURB
#define KEY_DO_NOT_DISTURB 0x24f
#endif

#endif
