"""What why says is what the phone does.

Calls are made up, with a seed; each is asked of `ringfence why`, of the phone
that runs, and is then called. Every answer is the same: on the wire, in the
history, and on paper. A seed that fails is printed; SEED sets it.
"""

import json
import math
import os
import pathlib
import random
import re
import subprocess
import tempfile
import time

from support import Endpoint, OutgoingCall, RegisterTest, WireTest, unittest

from peer.message import parse
from phone.phone import ROOT, program

CALLS = 120             # of each configuration
HISTORY = 100           # calls that the phone remembers
LINE_MAX = 1024
STRANGER = "127.0.0.2"
OTHERS = 2
FEATURE_607 = "*;+sip.607"

BOOK = """BEGIN:VCARD
VERSION:3.0
FN:Zoë Ångström
TEL;TYPE=home:030 555-01
CATEGORIES:Family
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Workshop
TEL;VALUE=uri:tel:+49-40-777
UID:urn:uuid:workshop
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Suppliers
MEMBER:urn:uuid:workshop
END:VCARD
"""

HOLIDAYS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Holidays//EN
BEGIN:VEVENT
UID:1@holidays.example.com
DTSTART;VALUE=DATE:20200101
SUMMARY:New Year
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:2@holidays.example.com
DTSTART;VALUE=DATE:20201003
RRULE:FREQ=YEARLY
SUMMARY:Unity
END:VEVENT
END:VCALENDAR
"""

SPAM = "number\n+49305559*\n0301999\n+44 20 555\n"

COMMON = """
[account home]
uri = sip:205@127.0.0.1
register = no
[dialplan]
country_code = 49
[contacts]
file = {more}/book.vcf
[limits]
source_per_min = 0
all_per_min = 0
[hours]
timezone = Europe/Berlin
holidays = {more}/holidays.ics
open = Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00; We[1] 14:00-18:00; \
Dec 24,31 09:00-12:00; easter-2-easter+1 off; PH off
[hours lunch]
open = Mo-Fr 12:00-13:30
[hours night]
open = Mo-Su 22:00-06:00
"""

RULES = """
[rule machine]
number = 300
action = answer
[rule family]
group = family
action = ring
tone = 2
lamp = green
[rule bad number]
verstat = failed
action = reject 607
[rule chief]
asserted = 040 888*
action = ring
[rule hidden]
anonymous = yes
action = reject 433
[rule prize]
name = *prize*, b?nk
not.contact = yes
action = reject
[rule spam]
list = {more}/spam.list
number = 0900*, +4930444..+4930446
not.group = suppliers
action = reject 480
[rule private line]
account = home
when = closed
action = redirect sip:mail@pbx.example.com;transport=tcp
[rule sent on]
diverted = 030 999
action = reject 486
[rule again]
called_before_min = 5
not.when = night
contact = no
action = silence
[rule abroad]
not.number = +49*
not.domain = *.example.com
action = redirect tel:+4930123
[rule lunch]
when = lunch
not.diverted = yes
action = reject 404
[rule verified]
not.verstat = none
action = ring
"""

OTHER_RULES = """
[rule office]
number = 2??, 3*
not.account = home
action = ring
lamp = amber
[rule not verified]
not.verstat = passed
asserted = +4*, 0*
action = reject
[rule example]
domain = *.example.com, 127.0.0.?
anonymous = no
not.name = zoe*, "
when = open
action = silence
[rule workshop]
group = suppliers
not.when = open
action = redirect sips:workshop@example.org
[rule passed on]
diverted = yes
not.asserted = +49*
action = reject
[rule others]
contact = no
not.called_before_min = 1
when = night
action = reject 600
[rule foreign]
number = 00*
action = reject 607
"""

# What stands beside the account in [phone] and [reject], and whose rules
CONFIGURATIONS = (
    ("", "", RULES),
    ("disclose = nothing\n",
     "[reject]\nbutton = auto\nrule = 600\n", OTHER_RULES),
    ("disclose = nothing\n",
     "[reject]\nbutton = 607\nhours = 480\ndnd = 486\n", RULES),
    ("", "[reject]\nhours = 404\nrule = 607\n", OTHER_RULES),
)

TIMES = ("2026-11-20T10:00:00+01:00", "2026-11-20T12:45:00+01:00",
         "2026-11-20T18:04:00+01:00", "2026-12-24T11:59:00+01:00",
         "2026-12-24T12:00:00+01:00", "2027-01-01T10:00:00+01:00",
         "2026-04-03T10:00:00+02:00", "2026-10-25T02:30:00+01:00",
         "2026-12-02T13:45:00+01:00", "2026-11-21T23:30:00Z", "unset")

USERS = ("+493055501", "0305550-1", "004930555.01", "%2B493055501",
         "03055501;phone-context=example.com",
         "55501;phone-context=+4930", "+49305559123", "0301999",
         "0044(20)555", "+4940777", "0900123", "+4930445", "301", "300",
         "0", "*21#", "alice", "anonymous", "%41lice", "+4930666",
         "030 999".replace(" ", ""), "+4977", "49305551")

HOSTS = ("127.0.0.1", "pbx.example.com", "PBX.Example.COM.", "example.org",
         "anonymous.invalid", "[2001:db8::1]", "10.0.0.1:5070")

NAMES = ("", '"Zoe"', '"Zo\u00eb \\"the prize\\" \u00c5."', "Bank of Prize",
         "BANK", '""', '"  "', '"a, <b>;c"', '"' + "x" * 90 + '"')

HEADERS = (
    ("Privacy", "id"), ("Privacy", "user;critical"), ("Privacy", "none"),
    ("P-Asserted-Identity", "<sip:+49408881@pbx.example.com>"),
    ("P-Asserted-Identity", "<tel:+49408889>, "
     "\"x\" <sip:+4930777@example.org>"),
    ("P-Asserted-Identity", "<tel:+4930777;verstat=TN-Validation-Passed-A>"),
    ("P-Asserted-Identity",
     "<sip:+44123;verstat=TN-Validation-Failed@example.org;user=phone>"),
    ("P-Asserted-Identity", "<sip:alice@example.org>"),
    ("Diversion", "<sip:+4930999@pbx.example.com>;reason=no-answer"),
    ("Diversion", "<tel:030-999>, <sip:jo@example.org>"),
    ("History-Info", "<sip:+4930999@example.org>;index=1, "
     "<sip:204@127.0.0.1>;index=1.1"),
    ("Priority", "psap-callback"), ("Priority", "urgent"),
    ("Subject", 'a "quote", and; more'),
    ("X-Whatever", "<sip:+49900@example.org>"),
)


def why(*words):
    """`ringfence why`; gives (exit code, output, errors)."""
    done = subprocess.run([program(), "why", *map(str, words)],
                          capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def ask(*words):
    code, out, err = why(*words, "--json")
    if code:
        raise AssertionError(f"{words}: exit {code}: {err}")
    return json.loads(out)


class Folder:
    """Files that the configurations name, and the block list."""

    def __init__(self, test):
        self.path = pathlib.Path(test.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-why-")))
        self.state = self.path / "state"
        self.state.mkdir()
        (self.state / "blocked").write_text("# mine\n030-666 # him\n")
        (self.path / "book.vcf").write_text(BOOK)
        (self.path / "holidays.ics").write_text(
            HOLIDAYS.replace("\n", "\r\n"))
        (self.path / "plan.conf").write_text(
            "[dialplan]\ncountry_code = 49\n")
        (self.path / "spam.csv").write_text(SPAM)
        subprocess.run(
            [program(), "list", "import", "-c", self.path / "plan.conf",
             self.path / "spam.csv", self.path / "spam.list"],
            capture_output=True, check=True)

    def text(self, more):
        return more.replace("{more}", str(self.path))


class Generated(RegisterTest):
    REGISTRAR = {"others": [f"<sip:204@192.0.2.{n}>" for n in range(OTHERS)],
                 "features": [FEATURE_607]}
    ACCOUNT_MORE = "accept_from = lan\n"

    def setUp(self):
        self.made = Folder(self)
        more, reject, rules = CONFIGURATIONS[0]
        self.SETTINGS = {
            "phone_more": f"state = {self.made.state}\n" + more}
        self.MORE = self.made.text(COMMON + reject + rules)
        super().setUp()
        self.wait_registration("ok")
        self.stranger = self.enterContext(Endpoint(host=STRANGER))
        self.begin = self.phone.file.read_text()
        self.invite = self.phone.folder / "invite"
        self.called = []        # numbers, the newest last
        self.random = random.Random()

    def configure(self, more, reject, rules):
        """The same phone by another file."""
        first_more, first_reject, first_rules = CONFIGURATIONS[0]
        text = self.begin.replace(
            self.made.text(COMMON + first_reject + first_rules),
            self.made.text(COMMON + reject + rules))
        text = text.replace(f"state = {self.made.state}\n" + first_more,
                            f"state = {self.made.state}\n" + more)
        self.phone.file.write_text(text)
        self.phone.do("reload")

    def make(self):
        """A call that nobody has thought of, not sent yet."""
        pick = self.random.choice
        user, host, name = pick(USERS), pick(HOSTS), pick(NAMES)
        value = pick((f"{name} <sip:{user}@{host}>",
                      f"{name} <sip:{user}@{host};user=phone>;x=y",
                      f"{name} <tel:{user}>",
                      f"sip:{user}@{host}", f"{name}<sip:{host}>",
                      f"{name} <sips:{user}:secret@{host}?x=y>"))
        trusted = self.random.random() < 0.5
        account = pick(("204", "204", "205"))
        headers = self.random.sample(HEADERS, pick((0, 0, 1, 1, 2, 3)))
        peer = self.registrar.endpoint if trusted else self.stranger
        return OutgoingCall(peer, self.phone.address, user=account,
                            from_value=value, headers=headers), \
            trusted and account == "204"

    def options(self, trusted, dnd, account):
        words = ["--trusted"] if trusted else []
        if dnd:
            words.append("--dnd")
        if account == "204":
            words += ["--others", OTHERS, "--sip-607"]
        return words

    def wire(self, call):
        """What the phone does: (status line, headers), and lets it go."""
        answer = call.endpoint.wait_for(
            lambda m: m.is_response and call.mine(m) and m.status >= 180,
            start=call._start, what="answer").message
        if answer.status < 300:
            if answer.status == 180:
                call.cancel()
            answer = call.final()
            if answer.status == 487:
                return "ring", None
            self.assertEqual(answer.status, 200)
            call.bye()
            return "answer", None
        call.ack(answer)
        self.assertNotIn(180, call.statuses())
        return answer.start, {n: answer.get(n) for n in
                              ("Contact", "Reason", "Retry-After")
                              if answer.get(n) is not None}

    def compare(self, said, answered, late_s):
        start, headers = answered
        if said["action"] in ("reject", "redirect"):
            self.assertEqual(start, f"SIP/2.0 {said['code']} "
                                    f"{said['phrase']}")
            wanted = dict(said["headers"])
            if "Retry-After" in wanted:
                wait = int(wanted.pop("Retry-After"))
                self.assertIn(int(headers.pop("Retry-After")),
                              range(wait - late_s, wait + 1))
            wanted.pop("Content-Length")
            self.assertEqual(headers, wanted)
        else:
            self.assertEqual(start, "answer" if said["action"] == "answer"
                             else "ring")
            self.assertEqual((said["code"], said["phrase"],
                              said["headers"]), (0, "", {}))

    def compare_history(self, said):
        entry = self.phone.calls()[0]
        if said["action"] in ("reject", "redirect"):
            self.assertEqual(
                (entry["code"], entry["decided_by"], entry["rule"],
                 entry["line"]),
                (said["code"], said["decided_by"], said["rule"],
                 said["line"]))
        self.assertEqual(entry["uri"], said["uri"])

    def one(self):
        call, trusted = self.make()
        account = call.target.split(":")[1][:3]
        when = self.random.choice(TIMES)
        dnd = self.random.random() < 0.2
        self.invite.write_bytes(call.invite_bytes)

        self.phone.do("dnd", "on" if dnd else "off")
        self.phone.clock(when)
        begin = time.monotonic()
        ctl = self.phone.do("why", "--invite", self.invite,
                            *(["--trusted"] if trusted else []))
        answered = self.wire(call.invite())
        late_s = math.floor(time.monotonic() - begin)
        self.phone.wait(lambda s: s["state"] not in ("incoming", "talking"))

        words = ["-c", self.phone.file, "--invite", self.invite,
                 *self.options(trusted, dnd, account)]
        if when != "unset":
            words += ["--at", when]
        if ctl["number"] and ctl["number"] in self.called[-HISTORY:]:
            words += ["--called-before", 1]
        if when != "unset":
            said = ask(*words)
            if "Retry-After" in ctl["headers"]:
                self.assertIn(int(ctl["headers"]["Retry-After"]),
                              range(int(said["headers"]["Retry-After"])
                                    - late_s,
                                    int(said["headers"]["Retry-After"]) + 1))
                ctl["headers"].pop("Retry-After")
                plain = {**said, "headers": {
                    n: v for n, v in said["headers"].items()
                    if n != "Retry-After"}}
            else:
                plain = said
            if late_s:
                plain = {**plain, "at": ctl["at"]}
            self.assertEqual(ctl, plain)
        else:
            said = ctl
        self.compare(said, answered, late_s)
        self.compare_history(said)
        self.called.append(said["number"])
        return said

    def test_what_it_says_is_what_the_phone_does(self):
        said = []
        first = int(os.environ.get("SEED", "1"))
        for n, configuration in enumerate(CONFIGURATIONS):
            self.configure(*configuration)
            for i in range(CALLS):
                seed = first + n * CALLS + i
                self.random.seed(seed)
                try:
                    said.append(self.one())
                except Exception as error:
                    error.add_note(f"configuration {n}, seed {seed}:\n"
                                   + self.invite.read_text())
                    raise

        # It has asked what it was meant to ask
        self.assertEqual({s["action"] for s in said},
                         {"ring", "silence", "reject", "redirect",
                          "answer"})
        self.assertLessEqual({"none", "emergency", "block", "rule", "hours",
                              "dnd"}, {s["decided_by"] for s in said})
        self.assertGreater(len({s["rule"] for s in said}), 12)
        self.assertGreater(len({s["code"] for s in said}), 8)
        self.assertTrue(any("Retry-After" in s["headers"] for s in said))
        passed = {(p["key"], p["not"]) for s in said for p in s["passed"]}
        self.assertGreater(len(passed), 14, passed)


class OnPaper(unittest.TestCase):
    """`ringfence why`, where no phone runs."""

    MORE = ""

    def setUp(self):
        self.made = Folder(self)
        self.file = self.made.path / "phone.conf"
        self.write(f"state = {self.made.state}\n", "", RULES)

    def write(self, more, reject, rules):
        self.file.write_text(self.made.text(
            f"[phone]\n{more}[account office]\n"
            f"uri = sip:204@127.0.0.1\n{COMMON}{reject}{rules}"))

    def ask(self, *words):
        return ask("-c", self.file, *words)

    def refused(self, *words):
        code, out, err = why(*words)
        self.assertEqual((code, out), (1, ""), err)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertTrue(err.startswith("ringfence why: "), err)
        return err

    def line_of(self, text):
        return self.file.read_text().splitlines().index(text) + 1

    def test_the_answer_has_every_field_of_the_interface(self):
        answer = self.ask("--from", "0900 1", "--at", "2026-11-20T18:04")
        passed = answer.pop("passed")
        self.assertEqual(answer, {
            "ok": True, "action": "reject", "decided_by": "rule",
            "rule": "spam", "line": self.line_of("[rule spam]"),
            "file": str(self.file), "code": 480,
            "phrase": "Temporarily Unavailable",
            "headers": {"Reason": 'Q.850;cause=19;text="No Answer"',
                        "Content-Length": "0"},
            "uri": answer["uri"], "number": "+499001",
            "at": "2026-11-20T17:04:00Z"})
        self.assertEqual([p["rule"] for p in passed],
                         ["machine", "family", "bad number", "chief",
                          "hidden", "prize"])
        self.assertEqual(passed[0], {
            "rule": "machine", "line": self.line_of("[rule machine]"),
            "key": "number", "not": False,
            "key_line": self.line_of("number = 300")})

    def test_people_read_who_decides_where_what_goes_out_and_what_did_not(
            self):
        code, out, err = why("-c", self.file, "--from", "0900 1",
                             "--at", "2026-11-20T18:04")
        self.assertEqual((code, err), (0, ""))
        line = self.line_of("[rule spam]")
        for part in (f'reject 480 Temporarily Unavailable, decided by rule '
                     f'"spam"\n  {self.file}:{line}\n',
                     "compared as +499001", "2026-11-20 18:04:00 Europe",
                     "  SIP/2.0 480 Temporarily Unavailable\n",
                     f"  {self.file}:{self.line_of('number = 300')}: "
                     'rule "machine", number: '):
            self.assertIn(part, out)
        self.assertNotIn('rule "spam", ', out)

    def test_the_readme_shows_what_it_says(self):
        blocks = re.findall(r"```(\w*)\n(.*?)\n?```",
                            (ROOT / "README.md").read_text(), re.DOTALL)
        text, rules = (b for kind, b in blocks if kind == "ini")
        (shown,) = (b for _, b in blocks if b.startswith("$ ringfence why"))
        command, said = shown.split("\n", 1)
        folder = self.made.path
        (folder / "secret").write_text("x\n")
        (folder / "phone.ini").write_text(
            text.replace("/etc/ringfence/office.secret", "secret"))
        done = subprocess.run([program(), *command.split()[2:]], cwd=folder,
                              capture_output=True, encoding="utf-8")
        self.assertEqual(done.stdout, said + "\n", done.stderr)

        # The rules that it shows besides are sound behind it
        (folder / "contacts.vcf").write_text(
            "BEGIN:VCARD\nVERSION:4.0\nFN:Zoë\nCATEGORIES:family\n"
            "TEL:+49301234\nEND:VCARD\n")
        (folder / "more.ini").write_text(
            (folder / "phone.ini").read_text() + "\n" + rules)
        done = subprocess.run([program(), "check", "-c", "more.ini"],
                              cwd=folder, capture_output=True,
                              encoding="utf-8")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn(" warning: ", done.stderr)

    def test_from_is_the_same_as_the_invite_that_it_describes(self):
        rows = (
            ("sip:+49305551@example.org", "Zoë \"the\" \\ prize", "office",
             ()),
            ("tel:+49-30-555", "", "home", (("Privacy", "id"),)),
            ("0305551", None, "office",
             (("Diversion", "<sip:+4930999@example.org>"),
              ("P-Asserted-Identity", "<tel:+49408889>"))),
            ("sip:%41lice@pbx.example.com;user=phone", "B?nk", None,
             (("Priority", "psap-callback"), ("Subject", "a, b"))),
        )
        for source, name, account, headers in rows:
            user = "205" if account == "home" else "204"
            value = source if ":" in source else f"sip:{source}@127.0.0.1"
            quoted = "" if name is None else \
                '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '" '
            text = (f"INVITE sip:{user}@127.0.0.1 SIP/2.0\n"
                    f"Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\n"
                    f"From: {quoted}<{value}>;tag=x\n"
                    f"To: <sip:{user}@127.0.0.1>\n"
                    "Call-ID: x\nCSeq: 1 INVITE\n"
                    + "".join(f"{n}: {v}\n" for n, v in headers)
                    + "Content-Length: 0\n\n")
            invite = self.made.path / "invite"
            words = ["--from", source]
            words += ["--name", name] if name is not None else []
            words += ["--account", account] if account else []
            for header in headers:
                words += ["--header", ": ".join(header)]
            for more in ([], ["--trusted"]):
                for when in TIMES[:4]:
                    at = ["--at", when, *more]
                    with self.subTest(words + at):
                        for end in "\n", "\r\n":
                            invite.write_bytes(
                                text.replace("\n", end).encode())
                            self.assertEqual(
                                self.ask("--invite", invite, *at),
                                self.ask(*words, *at))

    def test_what_is_asserted_counts_from_who_is_trusted(self):
        words = ("--from", "sip:+44555@example.org", "--header",
                 "P-Asserted-Identity: <tel:+49408889>",
                 "--at", "2026-11-21T23:30:00Z")
        self.assertEqual(self.ask(*words)["rule"], "abroad")
        self.assertEqual(self.ask(*words, "--trusted")["rule"], "chief")

    def test_how_the_phone_stands_is_part_of_the_question(self):
        self.write("", "[reject]\nbutton = auto\n", "")
        open_ = ("--from", "+4930666", "--at", "2026-11-20T10:00")
        rows = (
            ((), "ring", "none", 0), (("--dnd",), "reject", "dnd", 480),
            (("--busy",), "reject", "busy", 486),
            (("--emergency", "--dnd"), "ring", "emergency", 0),
            (("--emergency", "--busy"), "reject", "busy", 486),
        )
        for words, action, by, code in rows:
            with self.subTest(words):
                answer = self.ask(*open_, *words)
                self.assertEqual(
                    (answer["action"], answer["decided_by"],
                     answer["code"]), (action, by, code))

        self.write("disclose = nothing\n", "[reject]\nbutton = auto\n",
                   "[rule r]\nnumber = +*\naction = reject 607\n")
        self.assertEqual(self.ask(*open_)["code"], 603)
        self.assertEqual(self.ask(*open_, "--others", 1)["code"], 486)
        self.write("", "", "[rule r]\nnumber = +*\naction = reject 607\n")
        self.assertEqual(self.ask(*open_)["code"], 603)
        self.assertEqual(self.ask(*open_, "--sip-607")["code"], 607)

    def test_called_before_is_counted_in_minutes(self):
        self.write("", "", "[rule again]\ncalled_before_min = 5\n"
                           "action = silence\n")
        for minutes, action in ((0, "ring"), (1, "silence"),
                                (5, "silence"), (6, "ring")):
            answer = self.ask("--from", "0301", "--at", "2026-11-20T10:00",
                              "--called-before", minutes)
            self.assertEqual(answer["action"], action, minutes)

    def test_a_time_without_an_offset_is_the_hours_own(self):
        rows = (("2026-11-20T18:04", "2026-11-20T17:04:00Z"),
                ("2026-07-20T18:04:30", "2026-07-20T16:04:30Z"),
                ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
                ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
                ("2026-11-20T18:04:00-03:00", "2026-11-20T21:04:00Z"))
        for at, utc in rows:
            self.assertEqual(self.ask("--from", "1", "--at", at)["at"], utc)

    def test_the_block_list_counts_and_its_folder_stays_as_it_is(self):
        at = ("--from", "030666", "--at", "2026-11-20T10:00")
        (self.made.state / "blocked.tmp-0123abcd").write_text("half")
        (self.made.state / "dnd").write_text("what is this\n")
        before = self.look()
        answer = self.ask(*at)
        self.assertEqual((answer["action"], answer["decided_by"],
                          answer["code"], answer["rule"]),
                         ("reject", "block", 603, None))
        self.assertEqual(self.look(), before)

        (self.made.state / "blocked").write_text("+4930666\nno number\n")
        before = self.look()
        code, out, err = why("-c", self.file, *at, "--json")
        self.assertEqual((code, json.loads(out)["action"]), (0, "ring"))
        self.assertRegex(err, rf"\A{self.made.state}/blocked:2:1: error: "
                              r"[^\n]*; nobody is blocked\n\Z")
        self.assertEqual(self.look(), before)

        self.write(f"state = {self.made.state}/nosuch\n", "", RULES)
        self.assertEqual(self.ask(*at)["action"], "ring")
        self.assertEqual(self.look(), before)

    def look(self):
        """All that can be seen of the folder."""
        seen = [(p.name, p.read_bytes(), p.stat().st_mtime_ns,
                 p.stat().st_ino) for p in self.made.state.iterdir()]
        return self.made.state.stat().st_mtime_ns, sorted(seen)

    def test_a_wrong_question_says_what_to_write(self):
        c = ("-c", self.file)
        many = ("--header", "A: b") * 33
        rows = (
            ((), "-c FILE"), (("--from", "1"), "-c FILE"),
            ((*c,), "--from"), ((*c, "--from"), "--from: a value"),
            ((*c, "--from", ""), "--from"),
            ((*c, "--nosuch", "1"), '"--nosuch"'),
            ((*c, "301"), '"301"'),
            ((*c, "--from", "1", "--at", "noon"), "2026-12-24T18:30"),
            ((*c, "--from", "1", "--at", "2026-02-30T10:00"), "--at"),
            ((*c, "--from", "1", "--others", "x"), "0 to 100"),
            ((*c, "--from", "1", "--others", "101"), "0 to 100"),
            ((*c, "--from", "1", "--called-before", "-1"), "0 to 1440"),
            ((*c, "--from", "1", "--header", "X"), "Name: value"),
            ((*c, "--from", "1", *many), "32 times"),
            ((*c, "--from", "1", "--header", "A: b\r\nTo: <sip:x>"),
             "Name: value"),
            ((*c, "--from", "1", "--name", "a\nb"), "more than one line"),
            ((*c, "--from", "1", "--header", "To: <sip:204@127.0.0.1>"),
             "has not already"),
            ((*c, "--from", "sip:"), "sip:USER@HOST"),
            ((*c, "--from", "1", "--name", "x" * 17000), "longer"),
            ((*c, "--from", "1", "--account", "nosuch"), "no account"),
            ((*c, "--invite", "/nosuch"), "/nosuch"),
            ((*c, "--invite", self.made.path), str(self.made.path)),
            ((*c, "--invite", self.file), "no SIP message"),
            ((*c, "--invite", "x", "--from", "1"), "leave out"),
        )
        for words, part in rows:
            with self.subTest(words[-3:]):
                self.assertIn(part, self.refused(*words))

    def test_what_no_phone_takes_is_told(self):
        invite = self.made.path / "invite"
        head = ("{} sip:{}@127.0.0.1 SIP/2.0\r\n"
                "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n"
                "From: <sip:1@127.0.0.1>;tag=x\r\nTo: <sip:1@127.0.0.1>\r\n"
                "Call-ID: x\r\nCSeq: 1 {}\r\n{}\r\n")
        rows = (("INVITE", "999", "", "404"),
                ("OPTIONS", "204", "", "no INVITE"),
                ("INVITE", "204", "Subject: " + "x" * 5000 + "\r\n",
                 "longer"),
                ("INVITE", "204", "x" * 16384, "File too large"))
        for method, user, more, part in rows:
            invite.write_text(head.format(method, user, method, more))
            self.assertIn(part, self.refused("-c", self.file, "--invite",
                                             invite))

    def test_a_wrong_configuration_is_told_as_by_check(self):
        self.file.write_text("[phone]\nnosuch = 1\n")
        code, out, err = why("-c", self.file, "--from", "1")
        self.assertEqual((code, out), (1, ""))
        checked = subprocess.run([program(), "check", "-c", self.file],
                                 capture_output=True, encoding="utf-8")
        self.assertEqual(err, checked.stderr)
        self.assertIn(f"{self.file}:2:1: error: ", err)


class Asked(WireTest):
    """A phone that runs is asked by ctl."""

    MORE = """[account home]
uri = sip:205@127.0.0.1
register = no
[rule prize]
name = *prize*
action = reject
[rule again]
called_before_min = 5
action = silence
"""

    def ctl(self, *words, cwd=None):
        """By the program, which puts words into quotes."""
        done = subprocess.run(
            [program(), "ctl", "-s", self.phone.socket, "why", *words],
            capture_output=True, encoding="utf-8", cwd=cwd, timeout=10)
        return done.returncode, json.loads(done.stdout)

    def refusal(self, *words):
        code, answer = self.ctl(*words)
        self.assertEqual((code, answer["ok"]), (1, False), answer)
        return answer["error"]

    def test_words_may_have_blanks_quotes_and_backslashes(self):
        name = 'Zoë "the prize" \\ & co'
        words = ("--from", "sip:100@example.org", "--name", name,
                 "--header", 'Subject: a  "b" c', "--at",
                 "2026-11-20T10:00")
        code, answer = self.ctl(*words)
        self.assertEqual((code, answer["rule"]), (0, "prize"))
        self.assertEqual(answer, ask("-c", self.phone.file, *words))
        line = (r'why --from sip:100@example.org '
                r'--name "the \"prize\" of" --at "2026-11-20T10:00"')
        self.phone.control.send(line)
        self.assertEqual(self.phone.control.read()["rule"], "prize")
        code, answer = self.ctl("--from", "100", "--name", "")
        self.assertEqual((code, answer["action"]), (0, "ring"))

    def test_forty_words_and_more(self):
        words = ["--from", "100", "--name", "prize"]
        for n in range(18):
            words += ["--header", f"X-{n}: {n}"]
        self.assertEqual(len(words), 40)
        self.assertEqual(self.ctl(*words)[1]["rule"], "prize")
        words += ["--trusted"] * 39
        self.assertEqual(self.ctl(*words)[1]["rule"], "prize")
        self.assertIn("usage", self.refusal(*words, "--trusted"))

    def test_a_line_over_the_limit_is_refused_and_the_next_is_taken(self):
        header = f' --header "X: {"y" * 400}"'
        fits = f"why --from 100{header}{header}".ljust(LINE_MAX)
        self.phone.control.send(fits)
        self.assertIs(self.phone.control.read()["ok"], True)
        self.phone.control.send(fits + " ")
        answer = self.phone.control.read()
        self.assertIs(answer["ok"], False)
        self.assertIn(str(LINE_MAX), answer["error"])
        self.assertIn(str(LINE_MAX),
                      self.refusal("--from", "100", "--name", "x" * 2000))
        self.assertEqual(self.phone.state, "idle")

    def test_what_is_for_a_phone_that_does_not_run_is_refused(self):
        for word in ("--dnd", "--busy", "--emergency", "--sip-607",
                     "--json", "-c", "--others", "--called-before"):
            self.assertIn(f'"{word}"', self.refusal("--from", "1", word))

    def test_a_file_is_named_from_where_one_stands(self):
        call = self.call(from_name="The prize")
        call.final()
        folder = self.phone.folder / "not the phone's"
        folder.mkdir()
        (folder / "an invite").write_bytes(call.invite_bytes)
        code, answer = self.ctl("--invite", "an invite", cwd=folder)
        self.assertEqual((code, answer.get("rule")), (0, "prize"), answer)

    def test_nothing_rings_nothing_changes_and_nobody_waits(self):
        os.mkfifo(self.phone.folder / "pipe")
        before = self.phone.show(), self.phone.calls()
        self.ctl("--from", "100")
        self.ctl("--from", "100", "--name", "prize")
        self.ctl("--from", "100", "--account", "home")
        self.assertIn("no file", self.refusal(
            "--invite", str(self.phone.folder / "pipe")))
        self.refusal("--invite", "/nosuch")
        self.assertEqual((self.phone.show(), self.phone.calls()), before)

    def test_what_is_answered_before_any_rule_is_told(self):
        """And is answered so."""
        rows = (("From", None, 400), ("To", None, 400),
                ("Call-ID", None, 400), ("CSeq", None, 400),
                ("CSeq", "1 OPTIONS", 400), ("From", "?", None),
                ("To", "<sip:204@127.0.0.1>;tag=x", 481),
                ("Extra", None, 400), ("Via", None, None))
        invite = self.phone.folder / "invite"
        for name, value, status in rows:
            with self.subTest(name=name, value=value):
                call = OutgoingCall(self.peer, self.phone.address)
                message = parse(call.invite_bytes)
                message.headers = [
                    (n, value if n == name else v)
                    for n, v in message.headers
                    if n != name or value is not None]
                if name == "Extra":
                    message.headers += [("To", "<sip:1@127.0.0.1>")]
                invite.write_bytes(message.to_bytes())
                wrong = self.refusal("--invite", str(invite))
                self.assertIn(str(status) if status else "dropped", wrong)
                begin = self.peer.mark()
                self.peer.send(message, self.phone.address)
                if status:
                    self.peer.wait_for(lambda m: m.status == status,
                                       start=begin)
        self.assertEqual(self.phone.calls(), [])

    def test_it_knows_how_the_phone_stands(self):
        def by(*words):
            answer = self.phone.do("why", "--from", "100", *words)
            return answer["action"], answer["decided_by"], answer["code"]

        self.assertEqual(by(), ("ring", "none", 0))
        call = self.ring()
        self.assertEqual(by(), ("reject", "busy", 486))
        call.cancel()
        call.final()
        self.phone.hangup()
        self.assertEqual(by(), ("silence", "rule", 0))
        answer = self.phone.do("why", "--from", "101")
        self.assertEqual(answer["passed"][-1]["key"], "called_before_min")

        self.phone.clock("2026-11-20T10:00:00Z")
        self.phone.do("dnd", "on", "2026-11-20T11:00:00Z")
        answer = self.phone.do("why", "--from", "101")
        self.assertEqual((answer["decided_by"], answer["at"][:16]),
                         ("dnd", "2026-11-20T10:00"))
        answer = self.phone.do("why", "--from", "101", "--at",
                               "2026-11-20T11:00:00Z")
        self.assertEqual(answer["decided_by"], "none")


if __name__ == "__main__":
    unittest.main()
