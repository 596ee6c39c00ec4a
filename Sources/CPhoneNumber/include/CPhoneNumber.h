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
  /// 1 for a line that may be a mobile one, 2 for one that is fixed, 0 for others.
  int32_t line;
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

/// Reads a number that stands alone; 0 if it is none that is valid. `finding` gets its line and E.164.
int32_t phone_number_read(const char *text, const char *region, PhoneNumberFinding *finding);

/// The parts of an E.164 number.
typedef struct {
  int32_t calling_code;
  /// Two letters, ended by NUL; empty for numbers of no country.
  char region[4];
  /// Digits without the calling code, ended by NUL.
  char national[24];
} PhoneNumberParts;

/// Takes an E.164 number apart; 0 if it is none.
int32_t phone_number_parts(const char *e164, PhoneNumberParts *parts);

#ifdef __cplusplus
}
#endif

#endif
