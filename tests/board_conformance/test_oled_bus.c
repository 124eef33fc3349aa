/**
 * @file tests/board_conformance/test_oled_bus.c  A bus that fails
 *
 * Errors anywhere, glasses that go and come, and the kernel's own bus.
 */
#include "tests/board_conformance/fake_i2c.h"
#include "tests/board_conformance/oled_glass.h"

#include <errno.h>
#include <unistd.h>

#include <linux/i2c.h>


enum {
	FAILURES = 400,
};


/* Whichever transaction fails, nobody sees what was in there: not after
   power-up, nor, once the first was taken, what another program left */
static void it_stays_dark_until_the_noise_is_gone(void **state)
{
	(void)state;

	for (unsigned i = 2; i < FAILURES; i++) {
		const struct oled_config config = config_of(&glass_kinds[0]);
		struct oled *o = NULL;
		int err;

		glass_init(&glass, &glass_kinds[0]);
		if (i % 2)
			glass_disturb(&glass);
		glass.fail_at = i / 2 + 1;
		glass.fail_err = EIO;
		err = oled_open_bus(&o, &config, glass_receive, &glass);
		assert_dark();
		oled_close(o);
		if (!err)
			return; /* it has fewer than i / 2 + 1 */
		assert_int_equal(err, EIO);
		assert_null(o);
	}
	fail_msg("it sends without end");
}


/* Mostly within a page or two, sometimes within the start that follows */
static unsigned fail_soon(uint32_t *seed)
{
	static const unsigned within[] = {8, 8, 60};
	const unsigned which = conformance_random(seed) % 4;

	return which < ROWS(within)
		       ? 1 + conformance_random(seed) % within[which]
		       : 0;
}


/* Errors and lost power anywhere in any sequence: the first flush that works
   shows everything, also what those that failed were to show */
static void after_an_error_the_next_flush_shows_everything(void **state)
{
	(void)state;

	for (size_t kind = 0; kind < GLASS_KIND_COUNT; kind++) {
		struct oled *o = open_glass(&glass_kinds[kind]);
		uint32_t seed = 0xbad + (uint32_t)kind;
		unsigned failed = 0;
		struct screen s;

		screen_init(&s);
		for (unsigned i = 0; i < FAILURES; i++) {
			const struct fb_rect dirty =
				conformance_rect(&seed, &s.fb);
			int err;

			conformance_scribble(&seed, &s.fb, &dirty);
			glass.fail_err = i % 2 ? EIO : ETIMEDOUT;
			glass.fail_at = fail_soon(&seed);
			err = oled_flush(o, &s.fb, &dirty);
			if (!err) {
				assert_glass(&s.fb);
				continue;
			}
			assert_int_equal(err, glass.fail_err);
			failed++;
			if (conformance_random(&seed) % 2)
				glass_power_cycle(&glass);
			else
				glass_disturb(&glass);
		}
		assert_true(failed > FAILURES / 10);

		glass.fail_at = 0;
		assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
		assert_glass(&s.fb);
		oled_close(o);
	}
}


static void an_unplugged_glass_comes_back_with_the_next_flush(void **state)
{
	const struct fb_rect corner = {0, 0, 1, 1};
	struct oled *o = open_glass(&glass_kinds[0]);
	uint32_t seed = 7;
	struct screen s;

	(void)state;

	screen_init(&s);
	conformance_scribble(&seed, &s.fb, &whole);
	assert_int_equal(oled_flush(o, &s.fb, &whole), 0);

	glass.made.address = 0; /* nobody at ours */
	fb_set(&s.fb, 0, 0, !fb_get(&s.fb, 0, 0));
	assert_int_equal(oled_flush(o, &s.fb, &corner), ENXIO);
	assert_int_equal(oled_flush(o, &s.fb, &corner), ENXIO);
	assert_int_equal(oled_contrast(o, 10), ENXIO);

	glass.made.address = glass_kinds[0].address;
	glass_power_cycle(&glass);
	assert_int_equal(oled_flush(o, &s.fb, &corner), 0);
	assert_glass(&s.fb);
	assert_in_range(glass.contrast, 25, 26); /* 10 % of 255 */

	/* Or with the next change of its light */
	glass.fail_at = 1;
	glass.fail_err = EIO;
	assert_int_equal(oled_contrast(o, 20), EIO);
	glass_power_cycle(&glass);
	assert_int_equal(oled_contrast(o, 20), 0);
	assert_glass(&s.fb);
	oled_close(o);
}


struct bus_row {
	const char *name;
	const char *path;
	struct fake_i2c bus; /* without the glass */
	uint8_t address;     /* where the glass is */
	int err;
};

static const struct bus_row buses[] = {
	{"a glass", "/dev/null", {NULL, I2C_FUNC_I2C, EREMOTEIO, 0}, 0x3c, 0},
	{"no bus",
	 "/nowhere/i2c-1",
	 {NULL, I2C_FUNC_I2C, EREMOTEIO, 0},
	 0x3c,
	 ENOENT},
	{"a bus of a PC, which can only do SMBus",
	 "/dev/null",
	 {NULL, I2C_FUNC_SMBUS_EMUL, EREMOTEIO, 0},
	 0x3c,
	 ENOTSUP},
	{"nobody there, by one name",
	 "/dev/null",
	 {NULL, I2C_FUNC_I2C, EREMOTEIO, 0},
	 0x3d,
	 ENXIO},
	{"nobody there, by another",
	 "/dev/null",
	 {NULL, I2C_FUNC_I2C, ENXIO, 0},
	 0x3d,
	 ENXIO},
	{"no bus behind the file",
	 "/dev/null",
	 {NULL, 0, 0, ENOTTY},
	 0x3c,
	 ENOTTY},
};


static unsigned descriptors(void)
{
	unsigned n = 0;

	for (int fd = 0; fd < 64; fd++) {
		const int copy = dup(fd);

		if (copy < 0)
			continue;
		(void)close(copy);
		n++;
	}

	return n;
}


static void a_bus_of_the_kernel_is_opened_or_says_why_not(void **state)
{
	const unsigned before = descriptors();

	(void)state;

	for (size_t i = 0; i < ROWS(buses); i++) {
		const struct oled_config config = config_of(&glass_kinds[0]);
		uint32_t seed = 3;
		struct oled *o = NULL;
		struct screen s;
		int err;

		glass_init(&glass, &glass_kinds[0]);
		glass.made.address = buses[i].address;
		fake_i2c = buses[i].bus;
		fake_i2c.glass = &glass;

		err = oled_open(&o, buses[i].path, &config);
		if (err != buses[i].err)
			fail_msg("%s: %s", buses[i].name, strerror(err));
		if (err) {
			assert_null(o);
			continue;
		}

		screen_init(&s);
		conformance_scribble(&seed, &s.fb, &whole);
		assert_int_equal(oled_flush(o, &s.fb, &whole), 0);
		assert_glass(&s.fb);
		oled_close(o);
	}
	assert_int_equal(descriptors(), before);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stays_dark_until_the_noise_is_gone),
		cmocka_unit_test(
			after_an_error_the_next_flush_shows_everything),
		cmocka_unit_test(
			an_unplugged_glass_comes_back_with_the_next_flush),
		cmocka_unit_test(
			a_bus_of_the_kernel_is_opened_or_says_why_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
