"""The time-stamps of a bundle: over the text of the head, and over the signature of the CMS."""

from . import der, stamp
from .certificates import read_root
from .report import INCOMPLETE, NOTE, TAMPERED

QUERY, REPLY, ROOT = "checkpoint.tsq", "checkpoint.tsr", "keys/tsa-root.pem"


def _token_in(reply):
    """The token in an answer that says `granted` and nothing else."""
    try:
        token = der.members(der.single(reply), least=2)[1].whole
    except der.NotDer as error:
        raise stamp.Refused("cannot be read, or holds more than what is signed") from error
    if stamp.answer(token) != reply:
        raise stamp.Refused("cannot be read, or holds more than what is signed")
    return token


def check_stamped(files, head, signed, pinned, report):
    """`signed`: the signature of the CMS and the token over it, or None. `pinned`: roots of the authority."""
    there = any(map(files.exists, (QUERY, REPLY, ROOT)))
    if not there and pinned:
        report.add(INCOMPLETE, REPLY, "is missing, although a root of its authority is pinned")
    if not there and (signed is None or signed[1] is None):
        return
    query, reply, pem = map(files.small, (QUERY, REPLY, ROOT))
    if query is None or reply is None or pem is None:
        return
    try:
        root = read_root(pem)
    except ValueError:
        report.add(TAMPERED, ROOT, "is not one root certificate")
        return
    text = head.text.encode()
    try:
        data = _token_in(reply)
        token = stamp.open_token(data, text, [root])
    except stamp.Refused as error:
        report.add(TAMPERED, REPLY, str(error))
        return
    if token.nonce is None or stamp.question(text, token.nonce) != query:
        report.add(TAMPERED, QUERY, "is not the question that the time-stamp answers")
    if not pinned:
        report.add(NOTE, REPLY, "no root of its authority is pinned: whose time-stamp it is was not judged")
    else:
        try:
            stamp.open_token(data, text, pinned)
        except stamp.Refused:
            report.add(TAMPERED, REPLY, "does not come from the pinned root of its authority")
    if signed is None:
        return
    signature, second = signed
    if second is None:
        report.add(INCOMPLETE, "checkpoint.p7s", "carries no time-stamp, although the text of the head has one")
        return
    try:
        stamp.open_token(second, signature, [root])
    except stamp.Refused as error:
        report.add(TAMPERED, "checkpoint.p7s", f"of the time-stamp in it: {error}")
