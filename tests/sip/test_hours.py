"""Business hours: declined outside, with the exact second of the opening.

Each row's distance is that of its two times, both written with their offset
from UTC, so no time zone is reckoned here.
"""

import datetime
import time

from support import WireTest, unittest

OFFICE = "Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00"
SLACK_S = 0.05      # of the clock's setting and the call's way


def hours(schedule, outside="reject"):
    return (f"[hours]\ntimezone = Europe/Berlin\nopen = {schedule}\n"
            f"outside = {outside}\n")


def seconds_between(begin, end):
    return (datetime.datetime.fromisoformat(end)
            - datetime.datetime.fromisoformat(begin)).total_seconds()


class HoursTest(WireTest):
    def call_at(self, when):
        """Set the clock, call; gives the call and how late it can be."""
        self.phone.clock(when)
        begin = time.monotonic()
        call = self.call()
        return call, lambda: time.monotonic() - begin + SLACK_S

    def check_opening(self, now, opening):
        call, late = self.call_at(now)
        answer = call.final()
        self.assert_declined(answer)
        self.assertNotIn(180, call.statuses())
        if opening is None:
            self.assertEqual(answer.all("Retry-After"), [])
        else:
            exact = seconds_between(now, opening)
            first = -int(-(exact - late()) // 1)
            last = -int(-exact // 1)
            self.assertIn(int(answer.get("Retry-After")),
                          range(first, last + 1))
        self.assertNotIn(b"ours", answer.raw)
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["decided_by"], entry["code"],
                          entry["rule"], entry["line"]),
                         ("hours", 603, None, None))

    def check_rings(self, now):
        self.phone.hangup()
        call, _ = self.call_at(now)
        call.wait(180)
        call.cancel()
        call.final()

    def check(self, rows):
        for now, opening in rows:
            with self.subTest(now):
                if opening == "rings":
                    self.check_rings(now)
                else:
                    self.check_opening(now, opening)


class Office(HoursTest):
    MORE = hours(OFFICE)

    def test_retry_after_is_exact(self):
        self.check([
            # a working day's edges
            ("2026-11-20T08:59:50+01:00", "2026-11-20T09:00:00+01:00"),
            ("2026-11-20T09:00:00+01:00", "rings"),
            ("2026-11-20T12:29:50+01:00", "rings"),
            ("2026-11-20T12:30:00+01:00", "2026-11-20T13:30:00+01:00"),
            ("2026-11-20T13:30:00+01:00", "rings"),
            ("2026-11-20T18:00:00+01:00", "2026-11-21T10:00:00+01:00"),
            # the same moment, told in UTC
            ("2026-11-20T17:00:00Z", "2026-11-21T10:00:00+01:00"),
            # over a weekend
            ("2026-11-21T14:00:00+01:00", "2026-11-23T09:00:00+01:00"),
            # rounded up
            ("2026-11-23T08:59:58.500+01:00", "2026-11-23T09:00:00+01:00"),
            # over a year's end, and a leap day
            ("2026-12-31T18:30:00+01:00", "2027-01-01T09:00:00+01:00"),
            ("2028-02-28T18:00:00+01:00", "2028-02-29T09:00:00+01:00"),
            # over the night in which clocks go forward, then back
            ("2026-03-28T18:30:00+01:00", "2026-03-30T09:00:00+02:00"),
            ("2026-10-24T18:30:00+02:00", "2026-10-26T09:00:00+01:00"),
            # beyond the year that 32 bits reach
            ("2040-07-06T18:00:00+02:00", "2040-07-07T10:00:00+02:00"),
        ])

    def test_the_clock_not_set_means_that_it_rings_and_says_so(self):
        self.phone.clock("2026-11-20T20:00:00+01:00")
        shut = " ".join(self.phone.show()["lines"])
        self.assertNotIn("not set", shut)
        self.phone.clock("unset")
        show = self.phone.wait(
            lambda s: "not set" in " ".join(s["lines"]),
            what="a word about the clock")
        self.assertEqual(show["state"], "idle")
        self.assert_rings()
        self.assertIsNone(self.phone.calls()[0]["start"])
        self.phone.clock("2026-11-20T20:00:00+01:00")
        self.assertEqual(self.call().final().status, 603)

    def test_history_has_the_set_time(self):
        self.phone.clock("2026-11-20T20:00:00+01:00")
        self.call().final()
        start = self.phone.wait_calls(1)[0]["start"]
        self.assertLess(seconds_between("2026-11-20T19:00:00+00:00",
                                        start.replace("Z", "+00:00")), 3)

    def test_a_step_of_the_clock_ends_no_ringing(self):
        self.phone.clock("2026-11-20T10:00:00+01:00")
        call = self.ring()
        self.phone.clock("2026-11-27T10:00:00+01:00")
        time.sleep(0.2)
        self.assertEqual(self.phone.state, "incoming")
        self.phone.clock("2019-01-01T10:00:00+01:00")
        time.sleep(0.2)
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("reject")
        self.assertEqual(call.final().status, 603)


class Night(HoursTest):
    MORE = hours("Fr 22:00-02:00; Su 02:30-04:00")

    def test_over_midnight_and_on_the_days_when_clocks_change(self):
        self.check([
            ("2026-11-20T21:59:00+01:00", "2026-11-20T22:00:00+01:00"),
            ("2026-11-20T22:00:00+01:00", "rings"),
            ("2026-11-21T01:59:50+01:00", "rings"),
            ("2026-11-21T02:00:00+01:00", "2026-11-22T02:30:00+01:00"),
            # 02:30 is not on this day's clocks: open from 03:00
            ("2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"),
            ("2026-03-29T03:00:00+02:00", "rings"),
            ("2026-03-29T04:00:00+02:00", "2026-04-03T22:00:00+02:00"),
            # 02:30 comes twice: open at the first
            ("2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T04:00:00+01:00", "2026-10-30T22:00:00+01:00"),
        ])


class Swallowed(HoursTest):
    MORE = hours("Su 02:15-02:45")

    def test_a_range_that_the_clock_skips_is_no_opening(self):
        self.check([
            ("2026-03-29T01:30:00+01:00", "2026-04-05T02:15:00+02:00"),
        ])


class Never(HoursTest):
    MORE = hours("off")

    def test_without_an_opening_there_is_no_retry_after(self):
        self.check([("2026-11-20T10:00:00+01:00", None)])


class OutsideRing(HoursTest):
    MORE = hours(OFFICE, "ring")

    def test_outside_may_ring(self):
        self.check([("2026-11-20T20:00:00+01:00", "rings")])


class OutsideSilence(HoursTest):
    MORE = hours(OFFICE, "silence")

    def test_outside_may_be_silent(self):
        self.phone.clock("2026-11-20T20:00:00+01:00")
        self.ring()
        self.assertEqual(self.phone.show()["tone"], "none")


class RuleFirst(HoursTest):
    MORE = hours(OFFICE) + ("[rule vip]\nnumber = 100\naction = ring\n"
                            "[rule spam]\nnumber = 666\n"
                            "action = reject\n")

    def test_a_rule_overrides_hours_both_ways(self):
        self.check_rings("2026-11-20T20:00:00+01:00")
        self.phone.hangup()
        answer = self.call(from_user="666").final()
        self.assert_declined(answer)
        self.assertIsNone(answer.get("Retry-After"))


if __name__ == "__main__":
    unittest.main()
