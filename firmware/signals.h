/**
 * @file firmware/signals.h  Signals as events of the loop
 *
 * A descriptor, since a signal between the loop's look and its sleep would be
 * seen too late.
 */
#ifndef RINGFENCE_SIGNALS_H
#define RINGFENCE_SIGNALS_H

struct signals {
	int fd;                     /**< -1: not open             */
	void (*endh)(void *arg);    /**< SIGTERM, SIGINT  */
	void (*reloadh)(void *arg); /**< SIGHUP           */
	void *arg;
};

/** Not open yet: signals_close does nothing */
void signals_init(struct signals *s);

/** Listen to them, s has its handlers; before any thread, which inherits the
    mask. @return 0 or errno */
int signals_open(struct signals *s);

/** They stay blocked: a second one does not cut short the end */
void signals_close(struct signals *s);

#endif
