/**
 * @file firmware/control/client.h  `ringfence ctl`: one command to a phone
 */
#ifndef RINGFENCE_CONTROL_CLIENT_H
#define RINGFENCE_CONTROL_CLIENT_H

/** As docs/interface.md has them */
enum client_exit {
	CLIENT_OK = 0,
	CLIENT_REFUSED = 1, /**< the answer has "ok": false */
	CLIENT_UNREACHABLE = 2,
};

/**
 * Send a command, print what is answered
 *
 * @param path  Of the socket
 * @param wordc How many words
 * @param wordv The command and its arguments
 *
 * @return the program's exit code
 */
enum client_exit client_run(const char *path, int wordc, char *const *wordv);

#endif
