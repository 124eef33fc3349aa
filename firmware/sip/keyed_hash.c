/**
 * @file firmware/sip/keyed_hash.c  A number that strangers can't foretell
 */
#include "firmware/sip/keyed_hash.h"

#include <errno.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <re.h>

enum {
	KEY_SIZE = 16,
};

struct keyed_hash {
	EVP_MAC *mac;
	EVP_MAC_CTX *ctx;
	uint8_t key[KEY_SIZE];
};


static void destructor(void *arg)
{
	struct keyed_hash *kh = arg;

	EVP_MAC_CTX_free(kh->ctx);
	EVP_MAC_free(kh->mac);
	OPENSSL_cleanse(kh->key, sizeof(kh->key));
}


int keyed_hash_alloc(struct keyed_hash **khp)
{
	struct keyed_hash *kh;
	size_t size = sizeof(uint64_t);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
		OSSL_PARAM_construct_end(),
	};
	int err = ENOSYS;

	kh = mem_zalloc(sizeof(*kh), destructor);
	if (!kh)
		return ENOMEM;

	kh->mac = EVP_MAC_fetch(NULL, OSSL_MAC_NAME_SIPHASH, NULL);
	if (!kh->mac || RAND_bytes(kh->key, sizeof(kh->key)) != 1)
		goto out;

	kh->ctx = EVP_MAC_CTX_new(kh->mac);
	if (!kh->ctx || !EVP_MAC_CTX_set_params(kh->ctx, params))
		goto out;

	err = 0;

out:
	if (err)
		mem_deref(kh);
	else
		*khp = kh;

	return err;
}


int keyed_hash(struct keyed_hash *kh, uint64_t *hash,
	       const struct keyed_part *partv, size_t partc)
{
	uint8_t out[sizeof(*hash)];
	size_t i, len;

	if (!EVP_MAC_init(kh->ctx, kh->key, sizeof(kh->key), NULL))
		return ENOMEM;

	for (i = 0; i < partc; i++) {
		const struct keyed_part *part = &partv[i];

		if (!EVP_MAC_update(kh->ctx, (const uint8_t *)&part->len,
				    sizeof(part->len)) ||
		    (part->len &&
		     !EVP_MAC_update(kh->ctx, part->p, part->len)))
			return ENOMEM;
	}

	if (!EVP_MAC_final(kh->ctx, out, &len, sizeof(out)) ||
	    len != sizeof(out))
		return ENOMEM;

	memcpy(hash, out, sizeof(*hash));

	return 0;
}
