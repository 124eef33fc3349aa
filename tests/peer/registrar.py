"""A registrar with digest authentication (RFC 3261 10.3, 22.4; RFC 2617).

It answers REGISTER by itself and leaves everything else to the test.
"""

import hashlib
import re
import secrets

from .dialog import new_tag, reply_to
from .endpoint import Endpoint


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def digest_fields(value):
    """An Authorization header's parameters as a dictionary."""
    fields = re.findall(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', value)
    return {name.lower(): quoted or plain for name, quoted, plain in fields}


def digest_holds(value, method, user, password, realm, nonce):
    """Whether an Authorization value proves the password for our nonce."""
    f = digest_fields(value)
    if (f.get("username"), f.get("realm"), f.get("nonce")) \
            != (user, realm, nonce):
        return False
    one = md5(f"{user}:{realm}:{password}")
    two = md5(f"{method}:{f.get('uri', '')}")
    if "qop" in f:
        middle = f"{nonce}:{f.get('nc')}:{f.get('cnonce')}:{f['qop']}"
    else:
        middle = nonce
    return f.get("response") == md5(f"{one}:{middle}:{two}")


class Registrar:
    """`refuse` set to (status, reason) refuses everyone who proves it.

    `others` are contacts of others at the same address, `features` the
    values of Feature-Caps, and `expires` is the most that is granted.
    """

    def __init__(self, user="204", password="secret", realm="pbx.test",
                 refuse=None, host="127.0.0.1", port=0, others=(),
                 features=(), expires=3600):
        self.user, self.password, self.realm = user, password, realm
        self.refuse = refuse
        self.others = list(others)
        self.features = list(features)
        self.expires = expires
        self.nonce = secrets.token_hex(16)
        self.contacts = []      # of the registrations that were accepted
        self.removed = False    # a registration with Expires: 0 came
        self.endpoint = Endpoint(on_message=self._on_message, host=host,
                                 port=port)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.endpoint.__exit__(*exc)

    @property
    def uri(self):
        return f"sip:{self.endpoint.host}:{self.endpoint.port}"

    def registers(self):
        """Every REGISTER that came, in order."""
        return self.endpoint.received(
            lambda m: m.is_request and m.method == "REGISTER")

    def _on_message(self, endpoint, entry):
        message = entry.message
        if message.is_response or message.method != "REGISTER":
            return
        proof = message.get("Authorization")
        if not proof or not digest_holds(
                proof, "REGISTER", self.user, self.password, self.realm,
                self.nonce):
            challenge = (f'Digest realm="{self.realm}", '
                         f'nonce="{self.nonce}", algorithm=MD5, qop="auth"')
            reply_to(endpoint, entry, 401, to_tag=new_tag(),
                     headers=[("WWW-Authenticate", challenge)])
            return
        if self.refuse:
            status, reason = self.refuse
            reply_to(endpoint, entry, status, reason, to_tag=new_tag())
            return
        contact = message.get("Contact") or ""
        expires = re.search(r";expires=(\d+)", contact, re.IGNORECASE)
        seconds = int(expires.group(1)) if expires \
            else int(message.get("Expires") or 3600)
        if seconds == 0:
            self.removed = True
            reply_to(endpoint, entry, 200, to_tag=new_tag())
            return
        self.contacts.append(contact)
        contact = re.sub(r";expires=\d+", "", contact)
        seconds = min(seconds, self.expires)
        reply_to(endpoint, entry, 200, to_tag=new_tag(), headers=[
            *(("Contact", other) for other in self.others),
            ("Contact", f"{contact};expires={seconds}"),
            *(("Feature-Caps", f) for f in self.features)])
