/**
 * @file tests/bench/load.c  A caller with a stopwatch, on a plain socket
 *
 * Sends one INVITE at a time, waits for its final response, acknowledges it,
 * and goes on at a fixed pace. Shares nothing with what it measures. Prints
 * one line of JSON: calls, answered, p50_us, p99_us, code.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
	MESSAGE_MAX = 2048,
	TIMEOUT_S   = 2,
	NS_PER_S    = 1000000000,
};


static int64_t now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);

	return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}


static int compare(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}


static int request(char *buf, const char *method, const char *to_tag,
		   unsigned port, unsigned local, unsigned i, unsigned salt)
{
	return snprintf(buf, MESSAGE_MAX,
			"%s sip:204@127.0.0.1:%u SIP/2.0\r\n"
			"Via: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bKb%u-%u\r\n"
			"From: <sip:+4990%u@127.0.0.1>;tag=f%u\r\n"
			"To: <sip:204@127.0.0.1>%s%s\r\n"
			"Call-ID: bench-%u-%u@127.0.0.1\r\n"
			"CSeq: 1 %s\r\n"
			"Max-Forwards: 70\r\n"
			"Contact: <sip:bench@127.0.0.1:%u>\r\n"
			"Content-Length: 0\r\n\r\n",
			method, port, local, salt, i, i, i,
			*to_tag ? ";tag=" : "", to_tag, salt, i, method,
			local);
}


/** Wait for the final response of call i; @return its code, 0: none came */
static unsigned final_response(int fd, unsigned salt, unsigned i, char *tag,
			       size_t size)
{
	char buf[MESSAGE_MAX + 1], id[64];

	(void)snprintf(id, sizeof(id), "Call-ID: bench-%u-%u@", salt, i);

	for (;;) {
		const ssize_t n = recv(fd, buf, MESSAGE_MAX, 0);
		unsigned code;
		char *p;

		if (n <= 0)
			return 0;
		buf[n] = '\0';

		if (!strstr(buf, id) || sscanf(buf, "SIP/2.0 %u", &code) != 1)
			continue;
		if (code < 200)
			continue;

		*tag = '\0';
		p = strstr(buf, "\r\nTo:");
		p = p ? strstr(p, ";tag=") : NULL;
		if (p) {
			p += strlen(";tag=");
			(void)snprintf(tag, size, "%.*s",
				       (int)strcspn(p, ";\r\n"), p);
		}

		return code;
	}
}


int main(int argc, char *argv[])
{
	struct sockaddr_in to = {.sin_family = AF_INET}, self = to;
	const struct timeval timeout = {.tv_sec = TIMEOUT_S};
	socklen_t len = sizeof(self);
	unsigned port, calls, rate, local, salt, i, code = 0;
	char buf[MESSAGE_MAX], tag[128];
	size_t answered = 0;
	int64_t *took, next;
	int fd, n;

	if (argc != 4) {
		(void)fprintf(stderr, "usage: load PORT CALLS RATE\n");
		return 2;
	}
	port  = (unsigned)strtoul(argv[1], NULL, 10);
	calls = (unsigned)strtoul(argv[2], NULL, 10);
	rate  = (unsigned)strtoul(argv[3], NULL, 10);
	salt  = (unsigned)getpid();
	took  = calloc(calls ? calls : 1, sizeof(*took));
	fd    = socket(AF_INET, SOCK_DGRAM, 0);

	to.sin_addr.s_addr = self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)port);
	if (!took || !rate || fd < 0 ||
	    bind(fd, (struct sockaddr *)&self, len) ||
	    getsockname(fd, (struct sockaddr *)&self, &len) ||
	    connect(fd, (struct sockaddr *)&to, sizeof(to)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
		       sizeof(timeout))) {
		perror("load");
		return 1;
	}
	local = ntohs(self.sin_port);

	next = now_ns();
	for (i = 0; i < calls; i++) {
		struct timespec due;
		int64_t start;

		due.tv_sec  = next / NS_PER_S;
		due.tv_nsec = next % NS_PER_S;
		(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due,
				      NULL);
		next += NS_PER_S / rate;

		n = request(buf, "INVITE", "", port, local, i, salt);
		start = now_ns();
		if (send(fd, buf, (size_t)n, 0) != n)
			continue;
		code = final_response(fd, salt, i, tag, sizeof(tag));
		if (!code)
			continue;
		took[answered++] = now_ns() - start;

		n = request(buf, "ACK", tag, port, local, i, salt);
		(void)send(fd, buf, (size_t)n, 0);
	}

	qsort(took, answered, sizeof(*took), compare);
	printf("{\"calls\": %u, \"answered\": %zu, \"code\": %u, "
	       "\"p50_us\": %.1f, \"p99_us\": %.1f}\n",
	       calls, answered, code,
	       answered ? (double)took[answered / 2] / 1000 : 0.0,
	       answered ? (double)took[answered * 99 / 100] / 1000 : 0.0);
	free(took);
	(void)close(fd);

	return answered == calls ? 0 : 1;
}
