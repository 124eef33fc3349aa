"""A thousand callers who give up at once."""

from support import UNLIMITED, WireTest, unittest

from phone.phone import sanitized

CALLS = 1000
KEPT = 100                  # entries of the history
GROWTH_MAX_KIB = 24 * 1024  # transactions live on for 32 s, then go


class Storm(WireTest):
    MORE = UNLIMITED

    def test_a_thousand_calls_cancelled_within_a_millisecond(self):
        self.assert_rings()
        before = self.phone.rss_kib
        gaps = []
        for n in range(CALLS):
            call = self.call(from_user=f"9{n:04}")
            call.cancel()
            self.assertEqual(call.final().status, 487, f"call {n}")
            sent = [e for e in self.peer.log[-8:] if e.sent
                    and call.mine(e.message)]
            gaps.append(sent[1].at - sent[0].at)
        self.assertLess(sorted(gaps)[CALLS // 2], 0.001)
        if not sanitized():
            self.assertLess(self.phone.rss_kib - before, GROWTH_MAX_KIB)
        show = self.phone.wait(lambda s: s["missed"] == CALLS + 1)
        self.assertNotEqual(show["state"], "incoming")
        calls = self.phone.calls()
        self.assertEqual(len(calls), KEPT)
        self.assertEqual({(c["code"], c["decided_by"], c["missed"])
                          for c in calls}, {(487, "caller", True)})
        self.assertEqual([c["number"] for c in calls],
                         [f"9{n:04}" for n in
                          range(CALLS - 1, CALLS - 1 - KEPT, -1)])
        self.assert_alive()
        self.assert_rings()


if __name__ == "__main__":
    unittest.main()
