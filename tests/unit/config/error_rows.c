/**
 * @file tests/unit/config/error_rows.c  Files with errors, and what is told
 */
#include "tests/unit/config/error_rows.h"


#define X16 "xxxxxxxxxxxxxxxx"
#define X64 X16 X16 X16 X16

const struct error_row error_rows[] = {
	/* The file and its sections */
	{"no account", "[phone]\n", "0:0 write [account NAME]"},
	{"an empty file", "", "0:0 no account"},
	{"a key before any section", "x = 1\n" ACCOUNT,
	 "1:1 before any section"},
	{"an unknown section", ACCOUNT "[phoney]\nx = 1\n",
	 "3:2 unknown section: perhaps [phone]; there are [phone], [sip], "
	 "[account NAME], [reject], [hours], [rule NAME], [audio], [control], "
	 "[board]"},
	{"one that is like none", ACCOUNT "[network]\n",
	 "3:2 unknown section: there are [phone]"},
	{"capitals", ACCOUNT "[SIP]\n", "3:2 perhaps [sip]"},
	{"what may have been the account is not missed",
	 "[acount office]\nuri = sip:a@b\n", "1:2 perhaps [account]"},
	{"an unterminated section; its keys belong to nobody",
	 "[account office\nuri = sip:a@b\nbogus = 1\n", "1:16 write \"]\""},
	{"text behind ]", ACCOUNT "[phone] # mine\n", "3:9 behind \"]\""},
	{"a section without a name", ACCOUNT "[]\n", "3:2 no name"},
	{"a section given twice", ACCOUNT "[phone]\n[sip]\n [phone]\n",
	 "5:3 given twice, first on line 3"},
	{"an account without a name", "[account]\nuri = sip:a@b\n",
	 "1:9 write [account NAME]"},
	{"a rule without a name",
	 ACCOUNT "[rule ]\nnumber = 1\naction = ring\n",
	 "3:7 write [rule NAME]"},
	{"a name where none belongs", ACCOUNT "[phone front desk]\n",
	 "3:8 [phone] takes no name"},
	{"a name of 32 bytes", "[account " X16 "x" X16 "]\nuri = sip:a@b\n",
	 "1:41 at most 31"},
	{"an account's name twice", ACCOUNT "[phone]\n" ACCOUNT,
	 "4:10 [account] of this name is given twice, first on line 1"},
	{"a rule's name twice, and again",
	 ACCOUNT "[rule b]\nnumber=1\naction=ring\n"
		 "[rule a]\nnumber=1\naction=ring\n"
		 "[rule b]\nnumber=1\naction=ring\n"
		 "[rule b]\nnumber=1\naction=ring\n",
	 "9:7 given twice, first on line 3\n"
	 "12:7 given twice, first on line 3"},
	{"names that are too long are not the same",
	 ACCOUNT "[rule " X64 "]\nnumber=1\naction=ring\n[rule " X64
		 "]\nnumber=1\naction=ring\n",
	 "3:38 too long\n6:38 too long"},
	{"two accounts too many",
	 "[account a]\nuri=sip:a@h\n[account b]\nuri=sip:b@h\n"
	 "[account c]\nuri=sip:c@h\n[account d]\nuri=sip:d@h\n"
	 "[account e]\nuri=sip:e@h\n[account f]\nuri=sip:f@h\n"
	 "[account g]\nuri=sip:g@h\n[account h]\nuri=sip:h@h\n"
	 "[account i]\nuri=sip:i@h\n[account j]\nuri=sip:\n",
	 "17:2 at most 8\n19:2 at most 8\n20:9 uri: no \"@\""},

	/* The board's, which tests/unit/config/board.c is asked about */
	{"a board's key, value and whole",
	 ACCOUNT "[board]\nlamp = on\n lmap = on\nkey  =  up\nleft = 1\n"
		 "right =\n",
	 "0:0 [board]: left and right are one\n"
	 "5:2 lmap: unknown key: there are key, lamp\n"
	 "6:10 key: write \"on\" or \"off\""},
	{"a board's key twice",
	 ACCOUNT "[board]\nlamp = on\nkey = on\nlamp = off\n",
	 "6:1 lamp is given twice, first on line 4"},
	{"a board's key twice, and the section, too",
	 ACCOUNT "[board]\nlamp = on\n[board]\nlamp = off\n",
	 "5:2 given twice, first on line 3\n6:1 lamp is given twice"},
	{"the board's errors stand among the others",
	 ACCOUNT "[board]\nlamp = red\n[phone]\nnotice = maybe\n",
	 "4:9 lamp: write\n6:10 notice: write"},
	{"a line of the board that is none", ACCOUNT "[board]\nlamp\n",
	 "4:1 no \"=\""},
	{"a board with a name", ACCOUNT "[board pi]\n", "3:8 takes no name"},

	/* Keys */
	{"an unknown key", ACCOUNT "[phone]\nring_timeout = 5\n",
	 "4:1 unknown key: perhaps \"ring_timeout_s\"; [phone] has "
	 "display_name, ring_timeout_s, notice"},
	{"one that is like none", ACCOUNT "password = tiger\n",
	 "3:1 unknown key: [account] has uri, auth_user, password_file, "
	 "registrar, register"},
	{"a key of another section", ACCOUNT "[sip]\nopen = 24/7\n",
	 "4:1 unknown key: [sip] has listen, dns"},
	{"a key that is very long", ACCOUNT X64 " = 1\n", "3:1 unknown key"},
	{"a key given twice",
	 ACCOUNT "[phone]\nnotice = no\ndisplay_name = x\n  notice = no\n",
	 "6:3 notice is given twice, first on line 4"},
	{"the second is looked at, too",
	 ACCOUNT "[phone]\nnotice = no\nnotice = maybe\n",
	 "5:1 given twice\n5:10 notice: write \"yes\" or \"no\""},
	{"in another section of the kind it is another key",
	 ACCOUNT "[account b]\nuri = sip:204@pbx.example.com\nuri = sip:x\n",
	 "5:1 uri is given twice, first on line 4\n5:11 uri: no \"@\""},
	{"a rule's numbers given twice",
	 ACCOUNT "[rule a]\nnumber=1,2\nnumber=3\naction=ring\n"
		 "[rule b]\nnumber=4\naction=ring\n",
	 "5:1 number is given twice"},
	{"no =", ACCOUNT "register\n", "3:1 no \"=\""},
	{"a line that lacks = counts as its key", "[account a]\nuri sip:a@b\n",
	 "2:1 no \"=\""},
	{"one that is no key is told once", ACCOUNT "hello world\n",
	 "3:1 no \"=\""},
	{"a needed key is missed at its section", "\n [account a]\n\n[sip]\n",
	 "2:3 [account] lacks \"uri\": write e.g. uri = sip:"},
	{"two needed keys", ACCOUNT "[rule a]\n[hours]\noutside = ring\n",
	 "3:2 lacks \"number\": write e.g. number = +4990*\n"
	 "3:2 lacks \"action\": write e.g. action = reject\n"
	 "4:2 lacks \"timezone\"\n4:2 lacks \"open\""},
	{"what is missing stands before what is wrong behind it",
	 ACCOUNT "[rule a]\naction = no\n[phone]\nx=1\n",
	 "3:2 lacks \"number\"\n4:10 action: write \"ring\"\n6:1 unknown"},
	{"a wrong value is not missed", "[account a]\nuri = x\n",
	 "2:7 no SIP address"},

	/* Bytes */
	{"Latin-1", ACCOUNT "[phone]\ndisplay_name = Zo\xeb\n",
	 "4:18 not UTF-8"},
	{"a key whose value can't be read counts as given",
	 "[account a]\nuri = sip:\xff@b\n", "2:11 not UTF-8"},
	{"a control character", ACCOUNT "[phone]\ndisplay_name = a\x1b[2J\n",
	 "4:17 control character"},
	{"a carriage return that smuggles a header",
	 ACCOUNT "[phone]\ndisplay_name = a\rVia: x\n",
	 "4:17 carriage return"},

	/* [phone], [sip], [audio], [control] */
	{"a display name of 64 bytes",
	 ACCOUNT "[phone]\ndisplay_name = " X64 "\n",
	 "4:79 display_name: too long: at most 63 bytes"},
	{"quotes in it", ACCOUNT "[phone]\ndisplay_name = \"Front desk\"\n",
	 "4:16 without them"},
	{"no display name", ACCOUNT "[phone]\ndisplay_name =\n",
	 "4:15 no value"},
	{"no time", ACCOUNT "[phone]\nring_timeout_s =\n",
	 "4:17 write 1-3600"},
	{"a time of 0", ACCOUNT "[phone]\nring_timeout_s = 0\n",
	 "4:18 write 1-3600"},
	{"a time of 3601", ACCOUNT "[phone]\nring_timeout_s = 3601\n",
	 "4:18 out of range"},
	{"a time past all bounds",
	 ACCOUNT "[phone]\nring_timeout_s = 4294967297\n",
	 "4:18 out of range"},
	{"a time with a unit", ACCOUNT "[phone]\nring_timeout_s = 60 s\n",
	 "4:20 not a number"},
	{"a negative time", ACCOUNT "[phone]\nring_timeout_s = -1\n",
	 "4:18 not a number"},
	{"a time in base 16", ACCOUNT "[phone]\nring_timeout_s = 0x10\n",
	 "4:19 not a number"},
	{"yes in other words", ACCOUNT "[phone]\nnotice = true\n",
	 "4:10 write \"yes\" or \"no\""},
	{"Yes", ACCOUNT "[phone]\nnotice = Yes\n", "4:10 write \"yes\""},
	{"no listen", ACCOUNT "[sip]\nlisten =\n", "4:9 write ADDRESS:PORT"},
	{"listen without a port", ACCOUNT "[sip]\nlisten = 127.0.0.1\n",
	 "4:19 no port"},
	{"listen with an empty port", ACCOUNT "[sip]\nlisten = 127.0.0.1:\n",
	 "4:20 a port is 0-65535"},
	{"listen with a port too high",
	 ACCOUNT "[sip]\nlisten = 127.0.0.1:65536\n", "4:20 0-65535"},
	{"listen with a port that overflows",
	 ACCOUNT "[sip]\nlisten = 127.0.0.1:4294972356\n", "4:20 0-65535"},
	{"listen on a name", ACCOUNT "[sip]\nlisten = localhost:5060\n",
	 "4:10 no address in numbers"},
	{"listen on a port alone", ACCOUNT "[sip]\nlisten = :5060\n",
	 "4:10 no address in numbers"},
	{"listen on 256", ACCOUNT "[sip]\nlisten = 127.0.0.256:5060\n",
	 "4:10 no address"},
	{"listen on IPv6 without brackets",
	 ACCOUNT "[sip]\nlisten = ::1:5060\n", "4:10 brackets"},
	{"listen on half a bracket", ACCOUNT "[sip]\nlisten = [::1:5060\n",
	 "4:19 no \"]\""},
	{"listen on brackets alone", ACCOUNT "[sip]\nlisten = [::1]\n",
	 "4:15 no port"},
	{"listen on no IPv6", ACCOUNT "[sip]\nlisten = [1.2.3.4]:5060\n",
	 "4:11 no IPv6"},
	{"listen with a comment",
	 ACCOUNT "[sip]\nlisten = 127.0.0.1:5060 ; mine\n",
	 "4:24 only the port"},
	{"a device that is too long", ACCOUNT "[audio]\ndevice = " X64 "\n",
	 "4:73 at most 63"},
	{"a socket path of 108 bytes",
	 ACCOUNT "[control]\nsocket = /" X64 X16 X16 "0123456789a\n",
	 "4:117 at most 107"},
	{"no socket", ACCOUNT "[control]\nsocket = \n", "4:9 no value"},

	/* [account] */
	{"an uri without sip:", "[account a]\nuri = 204@h\n",
	 "2:7 uri: no SIP address: write sip:user@host"},
	{"sips", "[account a]\nuri = sips:204@h\n", "2:7 no SIP address"},
	{"no host", "[account a]\nuri = sip:204@\n", "2:15 no host"},
	{"no user", "[account a]\nuri = sip:@h\n", "2:11 no user"},
	{"no @", "[account a]\nuri = sip:h\n", "2:11 no \"@\""},
	{"parameters", "[account a]\nuri = sip:204@h;transport=tcp\n",
	 "2:16 only \":\" and a port"},
	{"port 0", "[account a]\nuri = sip:204@h:0\n", "2:17 1-65535"},
	{"a port of letters", "[account a]\nuri = sip:204@h:sip\n",
	 "2:17 in digits"},
	{"a name with an underscore", "[account a]\nuri = sip:204@my_pbx\n",
	 "2:17 behind the host"},
	{"a name with an empty part", "[account a]\nuri = sip:204@a..b\n",
	 "2:17 no empty part"},
	{"a name that starts with a dot", "[account a]\nuri = sip:204@.b\n",
	 "2:15 no empty part"},
	{"a name with - at its end", "[account a]\nuri = sip:204@a-.b\n",
	 "2:16 only within"},
	{"a part of 64 bytes", "[account a]\nuri = sip:204@" X64 ".de\n",
	 "2:15 at most 63"},
	{"an address that is none", "[account a]\nuri = sip:204@1.2.3\n",
	 "2:15 no IPv4"},
	{"a blank in the user", "[account a]\nuri = sip:2 04@h\n",
	 "2:12 can't stand"},
	{"half an escape", "[account a]\nuri = sip:2%2@h\n", "2:12 base 16"},
	{"% before @", "[account a]\nuri = sip:2%@h\n", "2:12 base 16"},
	{"a user of 96 bytes", "[account a]\nuri = sip:" X64 X16 X16 "@h\n",
	 "2:106 at most 95"},
	{"a registrar without sip:", ACCOUNT "registrar = pbx\n",
	 "3:13 registrar: no SIP address"},
	{"a registrar with a user", ACCOUNT "registrar = sip:204@pbx\n",
	 "3:17 no user"},
	{"a user to log in with quotes", ACCOUNT "auth_user = \"204\"\n",
	 "3:13 quotes"},
	{"no password file", ACCOUNT "password_file = /nonexistent/secret\n",
	 "3:17 No such file"},
	{"a folder", ACCOUNT "password_file = /\n", "3:17 Is a directory"},
	{"an empty password", ACCOUNT "password_file = /dev/null\n",
	 "3:17 first line is empty"},
	{"a password of NULs", ACCOUNT "password_file = /dev/zero\n",
	 "3:17 too long"},

	/* [reject], [hours], [rule] */
	{"codes that ask for something else",
	 ACCOUNT "[reject]\nbutton = 401\nrule = 407\nhours = 421\n"
		 "dnd = 423\nbusy = 487\nno_answer = 494\n",
	 "4:10 button: 401\n5:8 rule: \n6:9 hours: \n7:7 dnd: \n8:8 busy: \n"
	 "9:13 no_answer: "},
	{"codes that are none",
	 ACCOUNT "[reject]\nbutton = 399\nrule = 700\nhours = 200\n"
		 "dnd = 6030\nbusy = busy\nno_answer =\n",
	 "4:10 400-699\n5:8 400-699\n6:9 400-699\n7:7 400-699\n8:8 400-699\n"
	 "9:12 400-699"},
	{"a time zone that is not there",
	 ACCOUNT "[hours]\ntimezone = Europe/Berln\nopen = 24/7\n",
	 "4:12 no such time zone in /usr/share/zoneinfo: write e.g. "
	 "Europe/Berlin"},
	{"a folder of zones",
	 ACCOUNT "[hours]\ntimezone = Europe\nopen = 24/7\n",
	 "4:12 no such time zone"},
	{"a way out of the folder",
	 ACCOUNT "[hours]\ntimezone = ../../etc/passwd\nopen = 24/7\n",
	 "4:12 not part of"},
	{"a way out further on",
	 ACCOUNT "[hours]\ntimezone = Europe/../../passwd\nopen = 24/7\n",
	 "4:19 not part of"},
	{"an absolute path",
	 ACCOUNT "[hours]\ntimezone = /etc/passwd\nopen = 24/7\n",
	 "4:12 only between"},
	{"two slashes",
	 ACCOUNT "[hours]\ntimezone = Europe//Berlin\nopen = 24/7\n",
	 "4:19 only between"},
	{"a slash at the end",
	 ACCOUNT "[hours]\ntimezone = Europe/Berlin/\nopen = 24/7\n",
	 "4:25 only between"},
	{"a file that is no zone",
	 ACCOUNT "[hours]\ntimezone = zone.tab\nopen = 24/7\n",
	 "4:16 not part of"},
	{"a zone's name that is too long",
	 ACCOUNT "[hours]\ntimezone = " X64 "\nopen = 24/7\n",
	 "4:59 so long a name"},
	{"no time zone", ACCOUNT "[hours]\ntimezone =\nopen = 24/7\n",
	 "4:11 no time zone: write"},
	{"a POSIX rule is no name",
	 ACCOUNT "[hours]\ntimezone = CET-1CEST,M3.5.0\nopen = 24/7\n",
	 "4:21 not part of"},
	{"the column within a schedule",
	 ACCOUNT "[hours]\ntimezone = UTC\n"
		 "open = Mo-Fr 09:00-12:30,13:30-18:60; Sa 10:00-14:00\n",
	 "5:35 open: minutes are 00 to 59"},
	{"a day that is none",
	 ACCOUNT "[hours]\ntimezone = UTC\nopen = Mo-Xx 09:00-12:30\n",
	 "5:11 no day"},
	{"an empty schedule", ACCOUNT "[hours]\ntimezone = UTC\nopen =\n",
	 "5:7 no hours"},
	{"outside with a code",
	 ACCOUNT "[hours]\ntimezone = UTC\nopen = off\n"
		 "outside = reject 603\n",
	 "6:18 \"hours\" of [reject]"},
	{"the column within a list of numbers",
	 ACCOUNT "[rule a]\nnumber = +4990*, 12x4\naction = reject\n",
	 "4:20 not part of a number"},
	{"an empty place in the list",
	 ACCOUNT "[rule a]\nnumber = 1,,2\naction = reject\n",
	 "4:12 no number"},
	{"a number that is too long",
	 ACCOUNT "[rule a]\nnumber = 5, 1234567890123456789012345678901234567"
		 "89012345678\naction = reject\n",
	 "4:60 at most 47"},
	{"an action that is none",
	 ACCOUNT "[rule a]\nnumber = 1\naction = block\n",
	 "5:10 action: write \"ring\""},
	{"an action with a code that is none",
	 ACCOUNT "[rule a]\nnumber = 1\naction = reject 487\n", "5:17 487"},
	{"ring with a code",
	 ACCOUNT "[rule a]\nnumber = 1\naction = ring 486\n",
	 "5:15 only \"reject\""},

	{"all of them, in the file's order",
	 "oops\n"
	 "[phone]\nring_timeout_s = 0\nbogus = 1\n"
	 "[sip]\nlisten = nowhere\n"
	 "[account a]\nregister = perhaps\n"
	 "[account b]\nuri = http:x\n"
	 "[bogus]\nx = 1\n"
	 "[hours\n"
	 "[rule a]\naction = ring\n"
	 "[rule a]\nnumber = x\naction = x\n"
	 "[control]\nsocket\n",
	 "1:1 no \"=\"\n3:18 ring_timeout_s\n4:1 unknown key\n6:10 listen\n"
	 "7:2 lacks \"uri\"\n8:12 register\n10:7 uri\n11:2 unknown section\n"
	 "13:7 write \"]\"\n14:2 lacks \"number\"\n16:7 given twice\n"
	 "17:10 number\n18:10 action\n20:1 no \"=\""},
};

const size_t error_rowc = sizeof(error_rows) / sizeof(error_rows[0]);
