"""Calls, both ways: who sends what, with the tags and branches that belong.

OutgoingCall is ours to the phone, IncomingCall the phone's to us. Nothing is
sent that was not asked for, but `final` and `established` acknowledge unless
told otherwise. Every request's bytes are kept to be sent again.
"""

import itertools
import secrets

from . import message as sip
from . import sdp

REASONS = {
    100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK",
    302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized",
    403: "Forbidden", 404: "Not Found", 407: "Proxy Authentication Required",
    480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist",
    486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
    500: "Server Internal Error", 503: "Service Unavailable",
    600: "Busy Everywhere", 603: "Decline",
}


def new_branch():
    return "z9hG4bK" + secrets.token_hex(8)


def new_tag():
    return secrets.token_hex(6)


def via(endpoint, transport, branch):
    return (f"SIP/2.0/{transport.upper()} {endpoint.host}:{endpoint.port}"
            f";branch={branch};rport")


def reply_headers(request, to_tag):
    """What every response copies (RFC 3261 8.2.6.2)."""
    to = request.get("To") or ""
    if to_tag and not sip.tag(to):
        to += f";tag={to_tag}"
    headers = [("Via", v) for v in request.all("Via")]
    headers += [("Record-Route", v) for v in request.all("Record-Route")]
    return headers + [("From", request.get("From") or ""), ("To", to),
                      ("Call-ID", request.call_id),
                      ("CSeq", request.get("CSeq") or "")]


def reply_to(endpoint, entry, status, reason=None, headers=(), body=b"",
             to_tag=None):
    """Answer a request where it came from; gives the bytes."""
    if reason is None:
        reason = REASONS.get(status, "Answer")
    response = sip.Message.response(
        status, reason, reply_headers(entry.message, to_tag), body)
    response.headers += list(headers)
    if body and response.get("Content-Type") is None:
        response.headers.append(("Content-Type", "application/sdp"))
    return endpoint.send(response, entry.peer, entry.transport)


class Dialog:
    """What both ends of a call have in common, once it has tags."""

    def __init__(self, endpoint, peer, transport, call_id):
        self.endpoint = endpoint
        self.peer = peer
        self.transport = transport
        self.call_id = call_id
        self.local = self.remote = ""   # From and To, as in our requests
        self.target = ""                # the far end's Contact
        self.cseq = 0
        self.rtp_port = 0
        self.codecs = (sdp.PCMU, sdp.PCMA)
        self._sdp_version = itertools.count(1)

    def mine(self, message):
        return message.call_id == self.call_id

    def contact(self):
        return f"<{self.endpoint.uri(transport=self.transport)}>"

    def description(self, direction="sendrecv"):
        return sdp.build(self.endpoint.host, self.rtp_port or 9,
                         self.codecs, direction, next(self._sdp_version))

    def request(self, method, headers=(), body=b"", cseq=None, branch=None):
        """A request within the dialog, not sent yet."""
        if cseq is None:
            self.cseq += 1
            cseq = self.cseq
        base = [("Via", via(self.endpoint, self.transport,
                            branch or new_branch())),
                ("Max-Forwards", "70"), ("From", self.local),
                ("To", self.remote), ("Call-ID", self.call_id),
                ("CSeq", f"{cseq} {method}"), ("Contact", self.contact())]
        message = sip.Message.request(method, self.target,
                                      base + list(headers), body)
        if body and message.get("Content-Type") is None:
            message.headers.append(("Content-Type", "application/sdp"))
        return message

    def send(self, message):
        return self.endpoint.send(message, self.peer, self.transport)

    def transact(self, message, timeout=3.0):
        """Send a request within the dialog, give its final response."""
        start = self.endpoint.mark()
        self.send(message)
        number, method = message.cseq
        return self.endpoint.wait_for(
            lambda m: m.is_response and self.mine(m) and m.status >= 200
            and m.cseq == (number, method),
            timeout, start, f"answer to {method}").message

    def bye(self, timeout=3.0):
        """Hang up; gives the phone's answer."""
        return self.transact(self.request("BYE"), timeout)

    def wait_request(self, method, timeout=3.0, start=0):
        """A request of this call from the phone; gives its Entry."""
        return self.endpoint.wait_for(
            lambda m: m.is_request and m.method == method and self.mine(m),
            timeout, start, f"{method} of this call")

    def wait_bye(self, timeout=3.0, answer=True):
        """Wait until the phone hangs up, and say 200 to it."""
        entry = self.wait_request("BYE", timeout)
        if answer:
            reply_to(self.endpoint, entry, 200)
        return entry

    def reinvite(self, direction="sendrecv", timeout=3.0):
        """Offer again within the call; gives the acknowledged answer."""
        message = self.request("INVITE", body=self.description(direction))
        answer = self.transact(message, timeout)
        branch = message.branch if answer.status >= 300 else None
        self.send(self.request("ACK", cseq=self.cseq, branch=branch))
        return answer

    def answer_reinvite(self, timeout=3.0, start=0, direction=None):
        """Take a re-INVITE of the phone; gives what it offers."""
        entry = self.wait_request("INVITE", timeout, start)
        offer = sdp.Media(entry.message.body)
        mirror = {"sendonly": "recvonly", "recvonly": "sendonly"}
        way = direction or mirror.get(offer.direction, offer.direction)
        reply_to(self.endpoint, entry, 200, headers=[
            ("Contact", self.contact())], body=self.description(way))
        self.wait_request("ACK", timeout, start)
        return offer


class OutgoingCall(Dialog):
    """Our call to the phone. Each part of the INVITE can be replaced."""

    def __init__(self, endpoint, phone, user="204", transport="udp",
                 from_user="100", from_name=None, from_value=None,
                 headers=(), body=None, request_uri=None, rtp_port=0,
                 codecs=(sdp.PCMU, sdp.PCMA)):
        super().__init__(endpoint, phone, transport,
                         secrets.token_hex(8) + "@peer")
        self.rtp_port = rtp_port
        self.codecs = codecs
        self.cseq = 1
        self.branch = new_branch()
        self.target = request_uri or f"sip:{user}@{phone[0]}:{phone[1]}"
        if from_value is None:
            name = f'"{from_name}" ' if from_name else ""
            from_value = f"{name}<sip:{from_user}@{endpoint.host}>"
        self.local = f"{from_value};tag={new_tag()}"
        self.remote = f"<sip:{user}@{phone[0]}>"
        invite = self.request("INVITE", headers,
                              self.description() if body is None else body,
                              cseq=1, branch=self.branch)
        self.invite_bytes = invite.to_bytes()
        self.media = None
        self._start = endpoint.mark()

    def invite(self):
        """Send the INVITE; again, it is a retransmission, byte for byte."""
        self.send(self.invite_bytes)
        return self

    def responses(self, method="INVITE"):
        """Every response to a request of this call so far, in order."""
        return self.endpoint.received(
            lambda m: m.is_response and self.mine(m)
            and m.cseq[1] == method, self._start)

    def statuses(self, method="INVITE"):
        return [m.status for m in self.responses(method)]

    def wait(self, status, timeout=3.0, method="INVITE"):
        """The first response with that status."""
        return self.endpoint.wait_for(
            lambda m: m.status == status and self.mine(m)
            and m.cseq[1] == method,
            timeout, self._start, f"{status} to {method}").message

    def final(self, timeout=3.0, ack=True):
        """The INVITE's final response, acknowledged."""
        answer = self.endpoint.wait_for(
            lambda m: m.status >= 200 and self.mine(m)
            and m.cseq == (1, "INVITE"),
            timeout, self._start, "final response").message
        self.remote = answer.get("To")
        if answer.status < 300:
            self.target = sip.uri_of(answer.get("Contact") or self.target)
            if answer.body:
                self.media = sdp.Media(answer.body)
        if ack:
            self.ack(answer)
        return answer

    def ack(self, answer):
        """Acknowledge: in the transaction for a refusal, beyond it for 200."""
        self.remote = answer.get("To")
        branch = self.branch if answer.status >= 300 else None
        self.send(self.request("ACK", cseq=1, branch=branch))

    def cancel(self):
        """Send the CANCEL; its answer is in statuses("CANCEL")."""
        message = self.request("CANCEL", cseq=1, branch=self.branch)
        message.headers = [(n, v) for n, v in message.headers
                           if n != "Contact"]
        message.set("To", sip.parse(self.invite_bytes).get("To"))
        return self.send(message)


class IncomingCall(Dialog):
    """The phone's call to us, made from the Entry of its INVITE."""

    def __init__(self, endpoint, entry, rtp_port=0):
        invite = entry.message
        super().__init__(endpoint, entry.peer, entry.transport,
                         invite.call_id)
        self.entry = entry
        self.invite = invite
        self.rtp_port = rtp_port
        self.tag = new_tag()
        self.local = f"{invite.get('To')};tag={self.tag}"
        self.remote = invite.get("From")
        self.target = sip.uri_of(invite.get("Contact") or "")
        self.offer = sdp.Media(invite.body) if invite.body else None

    @classmethod
    def wait(cls, endpoint, timeout=3.0, start=0, **more):
        """The next call of the phone."""
        return cls(endpoint, endpoint.wait_request("INVITE", timeout, start),
                   **more)

    def reply(self, status, reason=None, headers=(), body=b""):
        """Answer the INVITE; gives the bytes."""
        headers = [("Contact", self.contact())] + list(headers) \
            if not any(n.lower() == "contact" for n, _ in headers) \
            else list(headers)
        return reply_to(self.endpoint, self.entry, status, reason, headers,
                        body, self.tag)

    def answer(self):
        """200 with an answer that takes the first G.711 codec offered."""
        known = (sdp.PCMU, sdp.PCMA)
        offered = self.offer.codecs if self.offer else known
        self.codecs = [c for c in offered if c in known][:1]
        self.reply(200, body=self.description())
        return self.wait_ack()

    def wait_ack(self, timeout=3.0):
        return self.wait_request("ACK", timeout)

    def refuse(self, status, reason=None, headers=()):
        """A final response; waits for its ACK."""
        self.reply(status, reason, headers)
        return self.wait_ack()

    def wait_cancel(self, timeout=3.0):
        """The phone's CANCEL: 200 to it, 487 to the INVITE."""
        entry = self.wait_request("CANCEL", timeout)
        reply_to(self.endpoint, entry, 200, to_tag=self.tag)
        self.refuse(487)
        return entry


def options(endpoint, phone, user="204", transport="udp", timeout=3.0):
    """Ask OPTIONS; gives the answer and the seconds that it took."""
    call_id = secrets.token_hex(8)
    uri = f"sip:{user}@{phone[0]}:{phone[1]}"
    message = sip.Message.request("OPTIONS", uri, [
        ("Via", via(endpoint, transport, new_branch())),
        ("Max-Forwards", "70"),
        ("From", f"<{endpoint.uri()}>;tag={new_tag()}"),
        ("To", f"<{uri}>"), ("Call-ID", call_id), ("CSeq", "1 OPTIONS"),
        ("Contact", f"<{endpoint.uri(transport=transport)}>"),
        ("Accept", "application/sdp")])
    start = endpoint.mark()
    endpoint.send(message, phone, transport)
    sent = endpoint.log[start].at
    entry = endpoint.wait_for(
        lambda m: m.is_response and m.call_id == call_id and m.status >= 200,
        timeout, start, "answer to OPTIONS")
    return entry.message, entry.at - sent
