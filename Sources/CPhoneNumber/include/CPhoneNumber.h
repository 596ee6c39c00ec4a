// libphonenumber behind a plain C surface.
#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One telephone number found in a text. Offsets and lengths are in bytes.
typedef struct {
  int32_t offset;
  int32_t length;
  /// 1 if the number is valid in its region, 0 if it is only possible.
  int32_t isValid;
  /// The number in E.164, ended by NUL.
  char e164[24];
} PhoneNumberFinding;

/// Finds telephone numbers in UTF-8 text.
///
/// `region` is two capital letters, or "ZZ" where no country is assumed: then only numbers in
/// international form are found. Writes at most `capacity` findings and returns how many.
int32_t phone_numbers_find(
    const char *text, int32_t length, const char *region, PhoneNumberFinding *findings,
    int32_t capacity);

/// Writes the region that an E.164 number belongs to, two letters and NUL; 0 if there is none.
int32_t phone_number_region(const char *e164, char *region);

#ifdef __cplusplus
}
#endif

#endif
