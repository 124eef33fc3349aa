/**
 * @file tests/bench/flood.c  Many callers at once, on a plain socket
 *
 *	flood SOURCE PORT closed SECONDS OUTSTANDING
 *	flood SOURCE PORT open SECONDS RATE
 *	flood SOURCE PORT burst PID CALLS
 *
 * Sends INVITEs from the address SOURCE to 127.0.0.1:PORT, takes final
 * responses and acknowledges each. "closed" keeps a number of calls in the
 * air, "open" sends at a rate whatever comes back, "burst" stops the process
 * PID, sends its calls, and lets the process go on: what it then answers is
 * what its socket has held. The callers' numbers are +4990 and seven digits,
 * a million of them. Shares nothing with what it measures.
 *
 * Prints one line of JSON: sent, answered, code, seconds, per_s, p50_us,
 * p99_us.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
	MESSAGE_MAX  = 2048,
	BATCH        = 64,
	NUMBERS      = 1000000,
	NUMBER_STEP  = 7919,     /* prime to NUMBER_RANGE: no number twice */
	NUMBER_RANGE = 10000000,
	TICK_NS      = 1000000,
	LOST_MS      = 500,      /* then another call takes its place */
	DRAIN_MS     = 500,
	NS_PER_S     = 1000000000,
	NS_PER_MS    = 1000000,
	NS_PER_US    = 1000,
	RECEIVE_BUFFER = 4 * 1024 * 1024,
	PER_MILLION  = 1000000,
};

/** Messages that leave with one system call */
struct outbox {
	char buf[BATCH][MESSAGE_MAX];
	struct iovec iov[BATCH];
	struct mmsghdr hdr[BATCH];
	unsigned n;
};

struct flood {
	int fd;
	unsigned port, local, salt, code;
	const char *source;
	int64_t *sent_ns;  /**< of each call, 0: answered or not sent  */
	uint32_t *took_us; /**< of each that was answered              */
	size_t calls, callc, answered;
	struct outbox out;
	char in[BATCH][MESSAGE_MAX];
};

static struct flood flood;


static int64_t now_ns(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);

	return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}


static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}


static void out_flush(struct flood *f)
{
	unsigned done = 0;

	while (done < f->out.n) {
		const int n = sendmmsg(f->fd, &f->out.hdr[done],
				       f->out.n - done, 0);

		if (n > 0)
			done += (unsigned)n;
		else if (errno != EAGAIN && errno != ECONNREFUSED &&
			 errno != EINTR)
			break;
	}
	f->out.n = 0;
}


static void out_add(struct flood *f, const char *method, const char *tag,
		    size_t tag_len, size_t call)
{
	struct outbox *out = &f->out;
	char *buf = out->buf[out->n];
	const unsigned number = (unsigned)(call % NUMBERS * NUMBER_STEP %
					   NUMBER_RANGE);
	int len;

	len = snprintf(buf, MESSAGE_MAX,
		       "%s sip:204@127.0.0.1:%u SIP/2.0\r\n"
		       "Via: SIP/2.0/UDP %s:%u;branch=z9hG4bKf%u-%zu\r\n"
		       "From: <sip:+4990%07u@%s>;tag=f%zu\r\n"
		       "To: <sip:204@127.0.0.1>%s%.*s\r\n"
		       "Call-ID: flood-%u-%zu@%s\r\n"
		       "CSeq: 1 %s\r\n"
		       "Max-Forwards: 70\r\n"
		       "Contact: <sip:flood@%s:%u>\r\n"
		       "Content-Length: 0\r\n\r\n",
		       method, f->port, f->source, f->local, f->salt, call,
		       number, f->source, call, tag_len ? ";tag=" : "",
		       (int)tag_len, tag_len ? tag : "", f->salt, call,
		       f->source, method, f->source, f->local);

	out->iov[out->n].iov_base = buf;
	out->iov[out->n].iov_len = (size_t)len;
	out->hdr[out->n].msg_hdr.msg_iov = &out->iov[out->n];
	out->hdr[out->n].msg_hdr.msg_iovlen = 1;
	if (++out->n == BATCH)
		out_flush(f);
}


static void call_start(struct flood *f)
{
	if (f->callc == f->calls)
		return;

	f->sent_ns[f->callc] = now_ns();
	out_add(f, "INVITE", NULL, 0, f->callc++);
}


/** @return whether it is the first final response of a call */
static bool take(struct flood *f, char *buf, size_t len)
{
	char id[48], *p;
	unsigned code;
	size_t call;

	buf[len] = '\0';
	if (sscanf(buf, "SIP/2.0 %u", &code) != 1 || code < 200)
		return false;

	(void)snprintf(id, sizeof(id), "\r\nCall-ID: flood-%u-", f->salt);
	p = strstr(buf, id);
	if (!p)
		return false;
	call = strtoul(p + strlen(id), NULL, 10);
	if (call >= f->callc)
		return false;

	p = strstr(buf, "\r\nTo:");
	p = p ? strstr(p, ";tag=") : NULL;
	if (p) {
		p += strlen(";tag=");
		out_add(f, "ACK", p, strcspn(p, ";\r\n"), call);
	}

	if (!f->sent_ns[call])
		return false;

	f->took_us[f->answered++] =
		(uint32_t)((now_ns() - f->sent_ns[call]) / NS_PER_US);
	f->sent_ns[call] = 0;
	f->code = code;

	return true;
}


/** Take what has come; @return how many calls had their answer */
static unsigned receive(struct flood *f)
{
	struct mmsghdr hdr[BATCH];
	struct iovec iov[BATCH];
	unsigned done = 0;
	int n, i;

	memset(hdr, 0, sizeof(hdr));
	for (i = 0; i < BATCH; i++) {
		iov[i].iov_base = f->in[i];
		iov[i].iov_len = MESSAGE_MAX - 1;
		hdr[i].msg_hdr.msg_iov = &iov[i];
		hdr[i].msg_hdr.msg_iovlen = 1;
	}

	n = recvmmsg(f->fd, hdr, BATCH, MSG_DONTWAIT, NULL);
	for (i = 0; i < n; i++)
		done += take(f, f->in[i], hdr[i].msg_len);

	return done;
}


static void wait_ns(const struct flood *f, int64_t ns)
{
	struct pollfd pfd = {.fd = f->fd, .events = POLLIN};
	const struct timespec ts = {
		.tv_sec = ns / NS_PER_S,
		.tv_nsec = ns % NS_PER_S,
	};

	(void)ppoll(&pfd, 1, &ts, NULL);
}


static void drain(struct flood *f)
{
	const int64_t end = now_ns() + (int64_t)DRAIN_MS * NS_PER_MS;

	while (f->answered < f->callc && now_ns() < end) {
		wait_ns(f, NS_PER_MS);
		(void)receive(f);
		out_flush(f);
	}
}


static void closed(struct flood *f, unsigned seconds, unsigned outstanding)
{
	const int64_t end = now_ns() + (int64_t)seconds * NS_PER_S;
	int64_t last = now_ns();
	unsigned i;

	for (i = 0; i < outstanding; i++)
		call_start(f);
	out_flush(f);

	while (now_ns() < end && f->callc < f->calls) {
		unsigned done;

		wait_ns(f, TICK_NS);
		done = receive(f);
		if (done)
			last = now_ns();

		/* Nothing comes any more: what was in the air is lost */
		if (now_ns() - last > (int64_t)LOST_MS * NS_PER_MS) {
			last = now_ns();
			done = outstanding;
		}
		for (i = 0; i < done; i++)
			call_start(f);
		out_flush(f);
	}
}


static void open_loop(struct flood *f, unsigned seconds, unsigned rate)
{
	const int64_t start = now_ns();
	const int64_t end = start + (int64_t)seconds * NS_PER_S;
	int64_t now;

	while ((now = now_ns()) < end) {
		const size_t due = (size_t)((double)(now - start) * rate /
					    NS_PER_S);

		while (f->callc < due && f->callc < f->calls)
			call_start(f);
		out_flush(f);
		while (receive(f))
			out_flush(f);
		out_flush(f);
		wait_ns(f, TICK_NS / 4);
	}
}


static int socket_open(struct flood *f)
{
	struct sockaddr_in to = {.sin_family = AF_INET}, self = to;
	socklen_t len = sizeof(self);
	const int size = RECEIVE_BUFFER;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)f->port);
	f->fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (f->fd < 0 || inet_pton(AF_INET, f->source, &self.sin_addr) != 1 ||
	    bind(f->fd, (struct sockaddr *)&self, len) ||
	    getsockname(f->fd, (struct sockaddr *)&self, &len) ||
	    connect(f->fd, (struct sockaddr *)&to, sizeof(to)))
		return errno;

	/* The answers must not be lost here */
	if (setsockopt(f->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		(void)setsockopt(f->fd, SOL_SOCKET, SO_RCVBUF, &size,
				 sizeof(size));
	f->local = ntohs(self.sin_port);

	return 0;
}


static void report(struct flood *f, int64_t ns)
{
	qsort(f->took_us, f->answered, sizeof(*f->took_us), compare);
	printf("{\"sent\": %zu, \"answered\": %zu, \"code\": %u, "
	       "\"seconds\": %.3f, \"per_s\": %.0f, \"p50_us\": %u, "
	       "\"p99_us\": %u}\n",
	       f->callc, f->answered, f->code, (double)ns / NS_PER_S,
	       (double)f->answered * NS_PER_S / (double)ns,
	       f->answered ? f->took_us[f->answered / 2] : 0,
	       f->answered ? f->took_us[f->answered * 99 / 100] : 0);
}


int main(int argc, char *argv[])
{
	struct flood *f = &flood;
	unsigned a, b;
	int64_t start;

	if (argc != 6) {
		(void)fprintf(stderr, "usage: flood SOURCE PORT "
				      "closed|open|burst A B\n");
		return 2;
	}
	f->source = argv[1];
	f->port = (unsigned)strtoul(argv[2], NULL, 10);
	f->salt = (unsigned)getpid();
	a = (unsigned)strtoul(argv[4], NULL, 10);
	b = (unsigned)strtoul(argv[5], NULL, 10);
	f->calls = strcmp(argv[3], "open") ? (size_t)4 * PER_MILLION
					   : (size_t)a * b;
	f->sent_ns = calloc(f->calls + 1, sizeof(*f->sent_ns));
	f->took_us = calloc(f->calls + 1, sizeof(*f->took_us));
	if (!f->sent_ns || !f->took_us || socket_open(f)) {
		perror("flood");
		return 1;
	}

	start = now_ns();
	if (!strcmp(argv[3], "closed")) {
		closed(f, a, b);
	}
	else if (!strcmp(argv[3], "open")) {
		open_loop(f, a, b);
	}
	else {
		(void)kill((pid_t)a, SIGSTOP);
		for (f->calls = b; f->callc < f->calls;)
			call_start(f);
		out_flush(f);
		(void)kill((pid_t)a, SIGCONT);
	}
	start = now_ns() - start;
	drain(f);
	report(f, start);

	free(f->sent_ns);
	free(f->took_us);
	(void)close(f->fd);

	return 0;
}
