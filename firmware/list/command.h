/**
 * @file firmware/list/command.h  `ringfence list`
 */
#ifndef RINGFENCE_LIST_COMMAND_H
#define RINGFENCE_LIST_COMMAND_H

#include "app/policy/dial_plan.h"

/**
 * "import IN OUT" makes a list file, "show FILE" says what is in one
 *
 * @param argc How many words
 * @param argv They, behind `ringfence list`
 * @param plan What brings imported numbers into their form, or NULL: as they
 *             are written
 *
 * @return the program's exit code, or -1 if these are other words
 */
int list_command(int argc, char *const argv[], const struct dial_plan *plan);

#endif
