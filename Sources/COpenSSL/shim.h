#pragma once
/* Only what OpenSSL 3.0 does not call deprecated can be seen from Swift. */
#define OPENSSL_API_COMPAT 30000
#define OPENSSL_NO_DEPRECATED
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* Macros that Swift cannot import, and readers that take every byte or nothing. */

static inline void chancery_free(void *memory) { OPENSSL_free(memory); }

#define CHANCERY_READER(name, type, read, release)                             \
    static inline type *name(const unsigned char *bytes, long count) {         \
        const unsigned char *end = bytes;                                      \
        type *value = read(NULL, &end, count);                                 \
        if (value != NULL && end != bytes + count) {                           \
            release(value);                                                    \
            return NULL;                                                       \
        }                                                                      \
        return value;                                                          \
    }
CHANCERY_READER(chancery_read_certificate, X509, d2i_X509, X509_free)
CHANCERY_READER(chancery_read_revocation_list, X509_CRL, d2i_X509_CRL, X509_CRL_free)
CHANCERY_READER(chancery_read_public_key, EVP_PKEY, d2i_PUBKEY, EVP_PKEY_free)
CHANCERY_READER(chancery_read_encrypted_key, X509_SIG, d2i_X509_SIG, X509_SIG_free)
#undef CHANCERY_READER

static inline STACK_OF(X509) *chancery_certificates_new(void) { return sk_X509_new_null(); }
static inline int chancery_certificates_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline int chancery_certificates_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *chancery_certificates_at(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}
/* Frees the stack, not what it holds. */
static inline void chancery_certificates_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

static inline int chancery_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
/* The text of a name of kind URI, or NULL. */
static inline const ASN1_STRING *chancery_names_uri(const GENERAL_NAMES *names, int index) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    return name != NULL && name->type == GEN_URI ? name->d.uniformResourceIdentifier : NULL;
}

static inline int chancery_points_count(const CRL_DIST_POINTS *points) { return sk_DIST_POINT_num(points); }
/* The full name of a distribution point, or NULL. */
static inline const GENERAL_NAMES *chancery_point_name(const DIST_POINT_NAME *name) {
    return name != NULL && name->type == 0 ? name->name.fullname : NULL;
}
static inline const GENERAL_NAMES *chancery_points_name(const CRL_DIST_POINTS *points, int index) {
    const DIST_POINT *point = sk_DIST_POINT_value(points, index);
    return point != NULL ? chancery_point_name(point->distpoint) : NULL;
}

static inline int chancery_usages_count(const EXTENDED_KEY_USAGE *usages) { return sk_ASN1_OBJECT_num(usages); }
static inline const ASN1_OBJECT *chancery_usages_at(const EXTENDED_KEY_USAGE *usages, int index) {
    return sk_ASN1_OBJECT_value(usages, index);
}

static inline long chancery_buffer_bytes(BIO *buffer, char **bytes) { return BIO_get_mem_data(buffer, bytes); }

/* RFC 4514 text with UTF-8 left readable. */
static inline unsigned long chancery_name_flags(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }

/* Begins HMAC-SHA-256 under `key`; 1 when done. In C for the reason of `chancery_scrypt`. */
static inline int chancery_hmac_sha256(EVP_MAC_CTX *context, const unsigned char *key, size_t key_count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA2-256", 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, key_count, parameters);
}

/* scrypt (RFC 7914) into `key`; 1 when done. Parameters are named by pointers that must outlive the call, which Swift's
   texts do not. */
static inline int chancery_scrypt(EVP_KDF *method, const unsigned char *password, size_t password_count,
                                  const unsigned char *salt, size_t salt_count, uint64_t n, uint32_t r, uint32_t p,
                                  uint64_t memory, unsigned char *key, size_t key_count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)password, password_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(method);
    int result = context != NULL ? EVP_KDF_derive(context, key, key_count, parameters) : 0;
    EVP_KDF_CTX_free(context);
    return result;
}
