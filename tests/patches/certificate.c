/**
 * @file certificate.c  Certificates for tests, made while they run
 */
#include <stdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include "tests/patches/certificate.h"
#include "tests/patches/loop.h"

enum {
	X509_V3     = 2,
	VALID_S     = 3600,
};


static void name_add(X509 *cert, const char *name)
{
	X509_EXTENSION *ext;

	ext = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, name);
	assert_non_null(ext);
	assert_int_equal(X509_add_ext(cert, ext, -1), 1);
	X509_EXTENSION_free(ext);
}


void certificate_write(const char *path, const char *name)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509_NAME *subject = X509_NAME_new();
	X509 *cert = X509_new();
	FILE *f = fopen(path, "w");

	assert_non_null(key);
	assert_non_null(subject);
	assert_non_null(cert);
	assert_non_null(f);

	assert_int_equal(X509_NAME_add_entry_by_txt(subject, "CN",
		MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0), 1);
	assert_int_equal(X509_set_version(cert, X509_V3), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(cert), 1), 1);
	assert_non_null(X509_gmtime_adj(X509_getm_notBefore(cert), 0));
	assert_non_null(X509_gmtime_adj(X509_getm_notAfter(cert), VALID_S));
	assert_int_equal(X509_set_subject_name(cert, subject), 1);
	assert_int_equal(X509_set_issuer_name(cert, subject), 1);
	assert_int_equal(X509_set_pubkey(cert, key), 1);
	name_add(cert, name);
	assert_true(X509_sign(cert, key, EVP_sha256()) > 0);

	assert_int_equal(PEM_write_X509(f, cert), 1);
	assert_int_equal(PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL,
					      NULL), 1);
	assert_int_equal(fclose(f), 0);

	X509_free(cert);
	X509_NAME_free(subject);
	EVP_PKEY_free(key);
}
