/**
 * @file tests/cortexm/sizes.c  What app/ asks its caller to keep, in bytes
 */
#include "app/call/phone.h"
#include "app/policy/policy.h"
#include "app/ui/view.h"

#define SIZE_OF(name, type)                                                   \
	extern const unsigned char name[sizeof(type)];                        \
	const unsigned char name[sizeof(type)] = {0}

SIZE_OF(size_of_phone, struct phone);
SIZE_OF(size_of_phone_settings, struct phone_settings);
SIZE_OF(size_of_command, struct command);
SIZE_OF(size_of_phone_event, struct phone_event);
SIZE_OF(size_of_policy, struct policy);
SIZE_OF(size_of_policy_rule, struct policy_rule);
SIZE_OF(size_of_number_pattern, struct number_pattern);
SIZE_OF(size_of_view, struct view);
