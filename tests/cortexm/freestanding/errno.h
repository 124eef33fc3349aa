/**
 * @file tests/cortexm/freestanding/errno.h  The numbers, without the variable
 *
 * Linux's numbers, as on the phone.
 */
#ifndef RINGFENCE_FREESTANDING_ERRNO_H
#define RINGFENCE_FREESTANDING_ERRNO_H

#define EPERM 1
#define ENOENT 2
#define EIO 5
#define E2BIG 7
#define ENOMEM 12
#define EACCES 13
#define ENODEV 19
#define EINVAL 22
#define ENOSPC 28
#define EROFS 30
#define ENOSYS 38
#define EBADMSG 74
#define EADDRNOTAVAIL 99
#define ECONNREFUSED 111
#define EDQUOT 122

#endif
