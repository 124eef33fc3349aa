/**
 * @file tests/unit/policy/phonenumber_oracle.cc  Google's libphonenumber, in C
 */
#include "tests/unit/policy/phonenumber_oracle.h"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

static const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();


static void text_set(char *dst, size_t size, const std::string &s)
{
	(void)std::snprintf(dst, size, "%s", s.c_str());
}


size_t oracle_regions(char v[ORACLE_REGIONS_MAX][ORACLE_REGION_MAX])
{
	std::set<std::string> regions;
	size_t n = 0;

	util.GetSupportedRegions(&regions);
	for (const std::string &region : regions) {
		if (n == ORACLE_REGIONS_MAX)
			break;
		text_set(v[n++], ORACLE_REGION_MAX, region);
	}

	return n;
}


void oracle_code(oracle_text code, const char *region)
{
	text_set(code, ORACLE_TEXT_MAX,
		 std::to_string(util.GetCountryCodeForRegion(region)));
}


bool oracle_main_region(char region[ORACLE_REGION_MAX], const char *code)
{
	std::string s;

	util.GetRegionCodeForCountryCode(std::atoi(code), &s);
	text_set(region, ORACLE_REGION_MAX, s);

	return s != "ZZ" && s != "001";
}


void oracle_prefixes(oracle_text trunk, oracle_text international,
		     const char *region)
{
	std::string ndd, out;
	PhoneNumber foreign;

	util.GetNddPrefixForRegion(region, true, &ndd);
	text_set(trunk, ORACLE_TEXT_MAX, ndd);

	/* How a number of another country is dialled there, up to the first
	   blank; "+49" where there is no one way */
	util.GetExampleNumber(
		util.GetCountryCodeForRegion(region) == 49 ? "FR" : "DE",
		&foreign);
	util.FormatOutOfCountryCallingNumber(foreign, region, &out);
	out = out.substr(0, out.find(' '));
	if (out[0] == '+')
		out = "";
	while (out.find('~') != std::string::npos)
		out.erase(out.find('~'), 1);
	text_set(international, ORACLE_TEXT_MAX, out);
}


bool oracle_example(oracle_text e164, const char *region, unsigned type)
{
	PhoneNumber number;
	std::string s;

	if (!util.GetExampleNumberForType(
		    region,
		    static_cast<PhoneNumberUtil::PhoneNumberType>(type),
		    &number))
		return false;

	util.Format(number, PhoneNumberUtil::E164, &s);
	text_set(e164, ORACLE_TEXT_MAX, s);
	return true;
}


bool oracle_parse(oracle_text e164, const char *dialled, const char *region)
{
	PhoneNumber number;
	std::string s;

	if (util.Parse(dialled, region, &number) !=
	    PhoneNumberUtil::NO_PARSING_ERROR)
		return false;

	util.Format(number, PhoneNumberUtil::E164, &s);
	text_set(e164, ORACLE_TEXT_MAX, s);
	return util.IsValidNumber(number);
}


static bool format(oracle_text text, const char *e164,
		   PhoneNumberUtil::PhoneNumberFormat how)
{
	PhoneNumber number;
	std::string s;

	if (util.Parse(e164, "ZZ", &number) !=
	    PhoneNumberUtil::NO_PARSING_ERROR)
		return false;

	util.Format(number, how, &s);
	text_set(text, ORACLE_TEXT_MAX, s);
	return true;
}


bool oracle_national(oracle_text text, const char *e164)
{
	return format(text, e164, PhoneNumberUtil::NATIONAL);
}


bool oracle_international(oracle_text text, const char *e164)
{
	return format(text, e164, PhoneNumberUtil::INTERNATIONAL);
}


bool oracle_is_emergency(const char *number, const char *region)
{
	static const ShortNumberInfo info;

	return info.IsEmergencyNumber(number, region);
}
