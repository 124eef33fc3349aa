/**
 * @file certificate.h  Certificates for tests, made while they run
 */
#ifndef PATCHES_CERTIFICATE_H
#define PATCHES_CERTIFICATE_H

/**
 * Write a fresh key and its self-signed certificate, in PEM
 *
 * @param path File, for a server as it is and for a client as authority
 * @param name Whom it names: "IP:127.0.0.1" or "DNS:example.org"
 */
void certificate_write(const char *path, const char *name);

#endif
