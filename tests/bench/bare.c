/**
 * @file tests/bench/bare.c  The least that libre can do: answer 603
 *
 * The yardstick of the bench: a program whose only listener answers 603, with
 * a transaction (sip_treply) or without one (sip_reply). Prints its port.
 */
#include <re.h>

enum {
	HASH_SIZE = 16,
};

static struct sip *sip;
static bool stateless;


static bool request_handler(const struct sip_msg *msg, void *arg)
{
	(void)arg;

	if (!pl_strcmp(&msg->met, "ACK"))
		return true;

	if (stateless)
		(void)sip_reply(sip, msg, 603, "Decline");
	else
		(void)sip_treply(NULL, sip, msg, 603, "Decline");

	return true;
}


static void signal_handler(int sig)
{
	(void)sig;
	re_cancel();
}


int main(int argc, char *argv[])
{
	struct sip_lsnr *lsnr = NULL;
	struct sa laddr;
	int err;

	stateless = argc > 1 && !str_cmp(argv[1], "stateless");

	err = libre_init();
	if (err)
		return 1;

	(void)sa_set_str(&laddr, "127.0.0.1", 0);
	err = sip_alloc(&sip, NULL, HASH_SIZE, HASH_SIZE, HASH_SIZE, "bare",
			NULL, NULL);
	if (!err)
		err = sip_transp_add(sip, SIP_TRANSP_UDP, &laddr);
	if (!err)
		err = sip_listen(&lsnr, sip, true, request_handler, NULL);
	if (!err)
		err = sip_transp_laddr(sip, &laddr, SIP_TRANSP_UDP, NULL);
	if (!err) {
		(void)re_printf("%u\n", sa_port(&laddr));
		(void)fflush(stdout);
		err = re_main(signal_handler);
	}

	mem_deref(lsnr);
	sip_close(sip, true);
	mem_deref(sip);
	libre_close();

	return err ? 1 : 0;
}
