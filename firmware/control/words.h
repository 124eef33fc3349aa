/**
 * @file firmware/control/words.h  A command's line, cut into words
 *
 * Words are what stands between spaces. What is in quotes belongs to one word,
 * spaces too, and in it a backslash takes the character behind it as it is:
 * why --name "Zoë \"Z\" A" has three words. Quotes may begin and end anywhere
 * in a word; "" is an empty one. A quote that doesn't end goes on to the end
 * of the line. Outside of quotes a backslash is a character like others.
 */
#ifndef RINGFENCE_CONTROL_WORDS_H
#define RINGFENCE_CONTROL_WORDS_H

#include <stddef.h>

/**
 * Cut a line into its words
 *
 * @param wordv Set to the words, which lie in the line
 * @param max   How many fit
 * @param line  Terminated; its bytes are moved
 *
 * @return how many there are; max + 1: more than fit
 */
size_t words_split(char **wordv, size_t max, char *line);

#endif
