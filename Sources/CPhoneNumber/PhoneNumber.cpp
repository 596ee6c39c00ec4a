#include "CPhoneNumber.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

static bool describe(const PhoneNumber &number, PhoneNumberFinding *finding) {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  std::string e164;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  if (e164.size() >= sizeof(finding->e164)) return false;
  std::memcpy(finding->e164, e164.c_str(), e164.size() + 1);
  switch (util.GetNumberType(number)) {
    case PhoneNumberUtil::MOBILE:
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: finding->line = 1; break;
    case PhoneNumberUtil::FIXED_LINE: finding->line = 2; break;
    default: finding->line = 0;
  }
  return true;
}

extern "C" int32_t phone_numbers_find(
    const char *text, int32_t length, const char *region, PhoneNumberFinding *findings,
    int32_t capacity) {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  const std::string content(text, static_cast<size_t>(length));
  PhoneNumberMatcher matcher(util, content, region, PhoneNumberMatcher::VALID, 16);
  int32_t count = 0;
  while (count < capacity && matcher.HasNext()) {
    PhoneNumberMatch match;
    if (!matcher.Next(&match)) break;
    if (!describe(match.number(), &findings[count])) continue;
    findings[count].offset = match.start();
    findings[count].length = match.length();
    count += 1;
  }
  return count;
}

extern "C" int32_t phone_number_read(
    const char *text, const char *region, PhoneNumberFinding *finding) {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  return util.IsValidNumber(number) && describe(number, finding) ? 1 : 0;
}

extern "C" int32_t phone_number_parts(const char *e164, PhoneNumberParts *parts) {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  std::string code, national;
  util.GetRegionCodeForNumber(number, &code);
  util.GetNationalSignificantNumber(number, &national);
  if (national.size() >= sizeof parts->national) return 0;
  parts->calling_code = number.country_code();
  std::memset(parts->region, 0, sizeof parts->region);
  if (code.size() == 2) std::memcpy(parts->region, code.c_str(), 2);
  std::memcpy(parts->national, national.c_str(), national.size() + 1);
  return 1;
}
