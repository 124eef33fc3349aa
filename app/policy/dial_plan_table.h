/**
 * @file app/policy/dial_plan_table.h  The countries, one by one
 *
 * How numbers are usually dialled there; what is done with it says
 * dial_plan.h.
 */
#ifndef RINGFENCE_DIAL_PLAN_TABLE_H
#define RINGFENCE_DIAL_PLAN_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct dial_plan_country {
	const char *code;          /**< "49" */
	const char *trunk;         /**< "0", "" if there is none */
	const char *international; /**< "00" */
	uint8_t min_national;      /**< as of struct dial_plan */
	const char *emergency;     /**< separated by ", "      */
};

/** @return the country of a code, NULL if the ITU has not assigned it */
const struct dial_plan_country *dial_plan_country_find(const char *code);

/** @return the i-th country, from 0, NULL behind the last */
const struct dial_plan_country *dial_plan_country_at(size_t i);

#endif
