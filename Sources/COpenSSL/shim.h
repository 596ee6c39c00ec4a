// OpenSSL: AES-GCM that streams, HMAC, MD5.
#include <openssl/evp.h>
#include <openssl/hmac.h>
