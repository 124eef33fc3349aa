"""A far end for SIP phones: sockets, messages, calls, RTP, a registrar.

Plain Python, standard library only, and no line shared with the phone: what
it knows of SIP it knows from the RFCs. It is strict in what it sends unless
told otherwise, tolerant in what it reads, and keeps every message with its
bytes, so that a test can say what was on the wire and in which order.

    message    a SIP message from bytes and to bytes
    endpoint   a UDP and TCP socket on 127.0.0.1 with a log
    dialog     calls, both ways, and requests outside of calls
    sdp        an offer or answer of G.711
    rtp        G.711 both ways, with a tone
    registrar  a registrar with digest authentication
    nameserver a name server that knows no name
    ping       OPTIONS in a steady beat, to notice a stall
"""
